"""Who reads the office's mail, and who brings it in and hands it over."""

from privateoffice.foundations.offices.roles import Role

OFFICE = (Role.PA, Role.STAFF_OFFICER)

ROLES = {
    "correspondence.view": (*OFFICE, Role.COMMANDER),
    "correspondence.ask_for_pictures": (*OFFICE, Role.COMMANDER),
    "correspondence.merge": OFFICE,
    "correspondence.split_off": OFFICE,
    "correspondence.put_back": OFFICE,
    "correspondence.take_in": OFFICE,
    "correspondence.read_answers": OFFICE,
    "correspondence.decide_answer": OFFICE,
    "correspondence.look_at": OFFICE,
    "correspondence.hand_over": OFFICE,
    "correspondence.dispose": OFFICE,
    "correspondence.undo": OFFICE,
    "correspondence.put_off": OFFICE,
    "correspondence.split": OFFICE,
    "correspondence.bring_back": OFFICE,
    "correspondence.keep_rule": OFFICE,
    "correspondence.try_rule": OFFICE,
    "correspondence.switch_on": OFFICE,
    "correspondence.let_act_alone": OFFICE,
    "correspondence.switch_off": OFFICE,
    "correspondence.end_rule": OFFICE,
    "correspondence.commander.view": (*OFFICE, Role.COMMANDER),
    "correspondence.see": (Role.COMMANDER,),
    "correspondence.rule": (Role.COMMANDER,),
    "correspondence.keep_private": (Role.COMMANDER,),
}

PHRASES = {
    "correspondence.take_in": (
        "imported mail: {read} read, {new} new, {unchanged} unchanged, {needs_a_look} to look at, "
        "{outside} held outside"
    ),
    "correspondence.ask_for_pictures": "asked for the pictures on other machines that {record} names: {count}",
    "correspondence.merge": "merged {other} into {record}",
    "correspondence.merged_away": "merged {record} into {other}",
    "correspondence.split_off": "split {record} off from {other}",
    "correspondence.split_away": "split {other} off from {record}",
    "correspondence.put_back": "took back that mail was moved between {record} and {other}",
    "correspondence.read_answers": "read in {record} that {other} is: {said}",
    "correspondence.decide_answer": "decided that {record} says of {other}: {said}",
    "correspondence.look_at": "looked at what import {number} of mail listed",
    "correspondence.saw_answered": "saw that {record} was answered elsewhere",
    "correspondence.saw_deleted": "saw that {record} was deleted elsewhere",
    "correspondence.saw_put_back": "saw that {record} is back and waits again",
    "correspondence.saw_moved": "saw that {record} was moved to another folder of its mailbox",
    "correspondence.hand_over": "exported the originals of the mail: {count}",
    "correspondence.dispose": "settled what {record} asks: {way} {other}",
    "correspondence.undo": "opened again what {record} asks, which was {way}",
    "correspondence.put_off": "put {record} off until {until}",
    "correspondence.split": "split {record} into more than one ask",
    "correspondence.bring_back": "brought back what {record} asks: {way} until today",
    "correspondence.say_sent": "sent the answer to {record} in {draft}",
    "correspondence.see": "saw {record}",
    "correspondence.rule": "said what is to become of {record}",
    "correspondence.keep_rule": "kept the sorting rule “{name}”",
    "correspondence.try_rule": "tried the sorting rule “{name}” on past mail: {fitted} of {count}",
    "correspondence.switch_on": "let the sorting rule “{name}” propose",
    "correspondence.let_act_alone": "let the sorting rule “{name}” act alone",
    "correspondence.switch_off": "switched the sorting rule “{name}” off",
    "correspondence.end_rule": "ended the sorting rule “{name}”",
    "correspondence.keep_private": "kept {record} for themselves",
}
