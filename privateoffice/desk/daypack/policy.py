"""Who reads the day pack and has it made."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "daypack.view": OFFICE,
    "daypack.make": OFFICE,
}

PHRASES = {
    "daypack.make": "made the day pack for {day}",
}
