"""Who writes drafts, sends them, and changes what the office keeps for writing."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER)
WRITERS = (*OFFICE, Role.COMMANDER)

ROLES = {
    "letters.view": WRITERS,
    "letters.begin": WRITERS,
    "letters.write": WRITERS,
    "letters.attach": WRITERS,
    "letters.accept": WRITERS,
    "letters.dispatch": WRITERS,
    "letters.give_up": WRITERS,
    "letters.batch": OFFICE,
    "letters.keep_line": OFFICE,
    "letters.keep_template": OFFICE,
    "letters.keep_letterhead": OFFICE,
    "letters.settle_authority": (Role.STAFF_OFFICER, Role.COMMANDER),
}

PHRASES = {
    "letters.begin": "began {record}",
    "letters.write": "wrote on {record}, version {number}",
    "letters.attach": "changed what goes with {record}: {name}",
    "letters.accept": "let {record} go out in spite of a check: {check}",
    "letters.dispatch": "let {record} go: {how}",
    "letters.give_up": "gave up {record}",
    "letters.came_back": "had {record} back: {why}",
    "letters.say_sent": "recorded that {record} was sent",
    "letters.batch": "made {count} letters of one text, {stopped} of them stopped",
    "letters.keep_line": "kept the standard line {name}",
    "letters.keep_template": "kept the template {name}",
    "letters.keep_letterhead": "kept the Word template {name}",
    "letters.settle_authority": "settled who may write {name}: {leave}",
}
