"""Who sees the register of retention, and who decides."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "retention.view": (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER),
    "retention.decide": (Role.STAFF_OFFICER, Role.COMMANDER),
}

PHRASES = {
    "retention.decide": "went through the register of retention, {count} decided: {decision}",
}
