"""Who reads the ledger and the board, and who checks it."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "ledger.view": OFFICE,
    "board.view": OFFICE,
    "ledger.check": (Role.PA, Role.STAFF_OFFICER),
}

PHRASES = {
    "ledger.check": "checked the ledger: {undealt} not dealt with, {adrift} without owner or date",
}
