"""Who sets mailboxes up, and who reads them in."""

from privateoffice.foundations.offices.roles import Role

ROLES = {
    "mailboxes.view": (Role.ADMINISTRATOR,),
    "mailboxes.add": (Role.ADMINISTRATOR,),
    "mailboxes.settle": (Role.ADMINISTRATOR,),
    "mailboxes.try_out": (Role.ADMINISTRATOR,),
    "mailboxes.pause": (Role.ADMINISTRATOR,),
    "mailboxes.take_up": (Role.ADMINISTRATOR,),
    "mailboxes.probe": (Role.ADMINISTRATOR,),
    "mailboxes.sign_in": (Role.PA, Role.STAFF_OFFICER),
    "mailboxes.forget_sign_in": (Role.PA, Role.STAFF_OFFICER),
    "mailboxes.pull": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
}

PHRASES = {
    "mailboxes.add": "added the mailbox {address}",
    "mailboxes.settle": "changed how the mailbox {address} is reached",
    "mailboxes.try_out": "tried the mailbox {address}: {outcome}",
    "mailboxes.pause": "paused the mailbox {address}",
    "mailboxes.take_up": "took up the mailbox {address} again",
    "mailboxes.probe": "tried whether {address} keeps to its own mailbox: {outcome}",
    "mailboxes.sign_in": "signed in to Microsoft 365 as {account} to send from {address}",
    "mailboxes.forget_sign_in": "ended the sign-in to Microsoft 365 for {address}",
    "mailboxes.pull": "read the mailbox {address}: {new} new, {gone} gone, {noted} noted",
}
