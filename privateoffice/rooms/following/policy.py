"""Who keeps the clocks of letters, asks for contributions, and sees the figures."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER)

ROLES = {
    "following.view": (*OFFICE, Role.COMMANDER),
    "following.set_kind": OFFICE,
    "following.acknowledge": OFFICE,
    "following.promise": OFFICE,
    "following.say_only_acknowledged": OFFICE,
    "following.hold": OFFICE,
    "following.change_holding": OFFICE,
    "following.ask": OFFICE,
    "following.ask_again": OFFICE,
    "following.accept": OFFICE,
    "following.put_in": (*OFFICE, Role.COMMANDER),
    "following.take_in_contributions": OFFICE,
}

PHRASES = {
    "following.set_kind": "said that {record} is of the kind {after}, not {before}",
    "following.acknowledge": "told who wrote {record} that we have it, {how}",
    "following.promise": "moved the reply promised for {record} from {before} to {after}",
    "following.say_only_acknowledged": "said that our letter in {record} was no more than an acknowledgement",
    "following.hold": "began a holding reply to {record}: {draft}, a reply by {day}",
    "following.change_holding": "changed the day in the holding reply {draft} to {record}: {day}",
    "following.say_held": "saw that the holding reply {draft} to {record} was sent",
    "following.ask": "asked for a contribution to the reply in {record}: {other}",
    "following.ask_again": "asked for more of the contribution {other} to the reply in {record}",
    "following.accept": "accepted the contribution {other} to the reply in {record}",
    "following.put_in": "put a contribution into {record}",
    "following.take_in_contributions": "found what was sent for the contribution {other} to the reply in {record}",
}
