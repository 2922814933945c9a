"""Who may search. What each finds is decided by their scope."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "search.view": (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER, Role.SLT_MEMBER, Role.READER),
}
