"""Which roles may do what with actions, and how the trail says it.

An SLT member does these things with an action of their own only: the services see to that.
"""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)
OWNERS = (*OFFICE, Role.SLT_MEMBER)
EVERYONE = (*OWNERS, Role.READER)

ROLES = {
    "actions.view": EVERYONE,
    "actions.mine.view": OWNERS,
    "actions.assign": OFFICE,
    "actions.revise": OFFICE,
    "actions.slip": OWNERS,
    "actions.pass_on": OFFICE,
    "actions.pass_on_all": OFFICE,
    "actions.say_at_risk": OWNERS,
    "actions.say_on_track": OWNERS,
    "actions.note_update": OWNERS,
    "actions.discharge": OWNERS,
    "actions.accept": OFFICE,
    "actions.send_back": OFFICE,
    "actions.withdraw": OFFICE,
    "actions.reopen": OFFICE,
    "actions.nudge": OFFICE,
    "actions.write_to_owner": OFFICE,
    "actions.pause_chasing": OFFICE,
    "actions.resume_chasing": OFFICE,
    "actions.climb": (Role.PA, Role.STAFF_OFFICER),
}

PHRASES = {
    "actions.assign": "assigned {record} to {owner}, due {due_on}",
    "actions.revise": "changed the words of {record}",
    "actions.slip": "moved {record} from {before} to {after}",
    "actions.pass_on": "passed {record} from {before} to {after}",
    "actions.pass_on_all": "passed on the actions of {person}: {how_many}",
    "actions.say_at_risk": "said that {record} is at risk",
    "actions.say_on_track": "said that {record} is on track again",
    "actions.note_update": "added a note to {record}",
    "actions.discharge": "said that {record} is done",
    "actions.accept": "accepted {record} as done",
    "actions.send_back": "sent {record} back to its owner",
    "actions.withdraw": "withdrew {record}",
    "actions.reopen": "opened {record} again",
    "actions.nudge": "nudged {to} about {record}",
    "actions.write_to_owner": "wrote to {to} about {record}",
    "actions.pause_chasing": "paused the chasing of {record} until {until}",
    "actions.resume_chasing": "let the chasing of {record} go on",
    "actions.climb": "chased {to} about {record}",
}
