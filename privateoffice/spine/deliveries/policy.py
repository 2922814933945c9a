"""Which roles may do what with deliveries."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "deliveries.view": OFFICE,
    "deliveries.post": (*OFFICE, Role.SLT_MEMBER),
    "deliveries.withdraw": OFFICE,
    "deliveries.hold": OFFICE,
    "deliveries.hold_all": (Role.PA, Role.STAFF_OFFICER),
    "deliveries.release": (Role.PA, Role.STAFF_OFFICER),
    "deliveries.settle_uncertain": (Role.PA, Role.STAFF_OFFICER),
    "deliveries.send_again": (Role.PA, Role.STAFF_OFFICER),
    "deliveries.give_up": (Role.PA, Role.STAFF_OFFICER),
    "deliveries.see_to_bounce": (Role.PA, Role.STAFF_OFFICER),
}

PHRASES = {
    "deliveries.post": "put {record} in the outbox",
    "deliveries.withdraw": "called {record} back before it was sent",
    "deliveries.hold": "held {record}",
    "deliveries.hold_all": "held the whole outbox: {count} deliveries",
    "deliveries.release": "let {record} go",
    "deliveries.settle_uncertain": "settled that {record} {outcome}",
    "deliveries.send_again": "had {record} sent again to those who had refused it",
    "deliveries.give_up": "gave up on {record}",
    "deliveries.see_to_bounce": "saw to what came back of {record}",
    "deliveries.note_bounce": "was told that {record} {outcome}",
    "deliveries.let_go": "queued {record}, which is approved",
    "deliveries.send": "sent {record}: {outcome}",
}
