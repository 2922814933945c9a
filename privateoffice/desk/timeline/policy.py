"""Which roles may do what at the desk of matters."""

from privateoffice.foundations.offices.roles import Role

ROLES = {"timeline.print_story": (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)}

PHRASES = {"timeline.print_story": "printed the whole story of {record}"}
