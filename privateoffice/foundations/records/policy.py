"""Which roles may do what with records of any kind."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)
EVERYONE = (*OFFICE, Role.SLT_MEMBER, Role.READER)

ROLES = {
    "records.matters.view": EVERYONE,
    "records.open_matter": OFFICE,
    "records.revise_matter": OFFICE,
    "records.close_matter": OFFICE,
    "records.reopen_matter": OFFICE,
    "records.put_on": OFFICE,
    "records.take_off": OFFICE,
    "records.link": (*OFFICE, Role.SLT_MEMBER),
    "records.mark": OFFICE,
    "records.narrow": OFFICE,
    "records.widen": OFFICE,
    "records.bar": OFFICE,
    "records.hold": OFFICE,
    "records.lift": (Role.STAFF_OFFICER, Role.COMMANDER),
    "records.dispose": (Role.STAFF_OFFICER, Role.COMMANDER),
}

PHRASES = {
    "records.open_matter": "opened {record}",
    "records.revise_matter": "changed {record}",
    "records.close_matter": "closed {record}",
    "records.reopen_matter": "opened {record} again",
    "records.put_on": "put {record} on a matter",
    "records.take_off": "took {record} off the matter {matter}",
    "records.link": "linked {record}: it {how} {other}",
    "records.mark": "changed the marking of {record} from {before} to {after}",
    "records.narrow": "named the readers of {record}: {readers}",
    "records.widen": "opened {record} to the whole office",
    "records.bar": "kept {record} from {person}",
    "records.hold": "placed a hold on {record}",
    "records.lift": "lifted a hold on {record}",
    "records.dispose": "decided on the disposal of {record}: {decision}",
    "records.read": "opened {record}",
    "edge.refuse": "was refused: {wanted}",
    "edge.turn_away": "was turned away: {wanted}",
}
