"""Who sees to jobs that went wrong: the administrator, and the machine by itself."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "jobs.take_up_again": (Role.ADMINISTRATOR,),
    "jobs.put_away": (Role.ADMINISTRATOR,),
    "jobs.let_go": (Role.ADMINISTRATOR,),
    "jobs.let_all_go": (Role.ADMINISTRATOR,),
    "jobs.hold_owed": (Role.ADMINISTRATOR,),
}

PHRASES = {
    "jobs.take_up_again": "had a job that gave up tried again: {job}",
    "jobs.put_away": "put away a job: {job}",
    "jobs.let_go": "let a held job go: {job}",
    "jobs.let_all_go": "let {count} held jobs go",
    "jobs.hold_owed": "held {count} jobs that the backup of {made_at} still owed",
}
