"""Who may do what with an enquiry."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER)

ROLES = {
    "enquiries.view": (*OFFICE, Role.COMMANDER, Role.SLT_MEMBER, Role.READER),
    "enquiries.log": (*OFFICE, Role.COMMANDER),
    "enquiries.acknowledge": OFFICE,
    "enquiries.promise": OFFICE,
    "enquiries.reclassify": OFFICE,
    "enquiries.pass_on": OFFICE,
    "enquiries.note": (*OFFICE, Role.COMMANDER),
    "enquiries.resolve": (*OFFICE, Role.COMMANDER),
    "enquiries.redirect": OFFICE,
    "enquiries.accept": OFFICE,
    "enquiries.recall": OFFICE,
    "enquiries.chase": OFFICE,
    "enquiries.reopen": (*OFFICE, Role.COMMANDER),
    "enquiries.split": OFFICE,
    "enquiries.correct": OFFICE,
    "enquiries.take_back": OFFICE,
}

PHRASES = {
    "enquiries.log": "logged {record}, {channel}",
    "enquiries.acknowledge": "told the caller of {record} that we have it",
    "enquiries.promise": "changed the reply promised for {record} from {before} to {after}",
    "enquiries.reclassify": "changed the kind of {record} from {before} to {after}",
    "enquiries.pass_on": "passed {record} to {to}",
    "enquiries.note": "added a note to {record}",
    "enquiries.resolve": "answered {record}",
    "enquiries.redirect": "re-directed {record} to {unit}",
    "enquiries.accept": "recorded that {unit} accepted {record}",
    "enquiries.recall": "took {record} back from {unit}",
    "enquiries.chase": "chased {unit} for {record}, time {count}",
    "enquiries.reopen": "opened {record} again",
    "enquiries.split": "split {other} off {record}",
    "enquiries.correct": "corrected {record}",
    "enquiries.take_back": "took {record} back, which was handed over by mistake",
}
