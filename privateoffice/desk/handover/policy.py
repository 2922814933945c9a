"""Who writes, reads and ends a handover."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "handover.view": OFFICE,
    "handover.make": OFFICE,
    "handover.write_down": OFFICE,
    "handover.hand_back": OFFICE,
    "handover.take_back": OFFICE,
}

PHRASES = {
    "handover.make": "wrote {record} for {coverer}",
    "handover.write_down": "wrote down what the {role} knows",
    "handover.hand_back": "handed back, with {record}",
    "handover.take_back": "took the work back: {record}",
}
