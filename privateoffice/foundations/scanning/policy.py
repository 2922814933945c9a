"""Who holds an upload back: whoever sent it, unasked. Who destroys what is held: the administrator."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "scanning.hold": tuple(Role),
    "scanning.let_go": (Role.ADMINISTRATOR,),
}

PHRASES = {
    "scanning.find": "found {finding} in a kept file by newer signatures; it is not given out any more",
    "scanning.clear": "no longer found {finding} in a kept file by newer signatures; it is given out again",
    "scanning.hold": "sent a file that was not let in, because {finding} was found in it",
    "scanning.let_go": "destroyed a file in quarantine in which {finding} was found",
}
