"""Who holds an upload back: whoever sent it, unasked. Who destroys what is held: the administrator."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "scanning.hold": tuple(Role),
    "scanning.let_go": (Role.ADMINISTRATOR,),
}

PHRASES = {
    "scanning.hold": "sent a file that was not let in, because {finding} was found in it",
    "scanning.let_go": "destroyed a file in quarantine in which {finding} was found",
}
