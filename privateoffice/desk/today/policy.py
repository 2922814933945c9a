"""Who sees Today and may put its lines off."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "today.view": (*OFFICE, Role.SLT_MEMBER, Role.READER),
    "today.put_off": OFFICE,
    "today.bring_back": OFFICE,
}

PHRASES = {
    "today.put_off": "put a line of Today off until {until}",
    "today.bring_back": "brought a line of Today back",
}
