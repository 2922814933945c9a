"""Who sets mailboxes up, and who reads them in."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "mailboxes.view": (Role.ADMINISTRATOR,),
    "mailboxes.add": (Role.ADMINISTRATOR,),
    "mailboxes.settle": (Role.ADMINISTRATOR,),
    "mailboxes.try_out": (Role.ADMINISTRATOR,),
    "mailboxes.pause": (Role.ADMINISTRATOR,),
    "mailboxes.take_up": (Role.ADMINISTRATOR,),
    "mailboxes.pull": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
}

PHRASES = {
    "mailboxes.add": "added the mailbox {address}",
    "mailboxes.settle": "changed how the mailbox {address} is reached",
    "mailboxes.try_out": "tried the mailbox {address}: {outcome}",
    "mailboxes.pause": "paused the mailbox {address}",
    "mailboxes.take_up": "took up the mailbox {address} again",
    "mailboxes.pull": "read the mailbox {address}: {new} new, {gone} gone, {noted} noted",
}
