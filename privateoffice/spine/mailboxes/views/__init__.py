"""The pages of mailboxes: for the administrator, and for whoever sends by their own sign-in."""

from privateoffice.spine.mailboxes.views.notifications import notifications
from privateoffice.spine.mailboxes.views.pages import (
    add,
    mailbox,
    mailboxes,
    pause,
    settings,
    taking_up,
    trial,
)
from privateoffice.spine.mailboxes.views.signing_in import end_sign_in, own_sign_ins, signed_in
from privateoffice.spine.mailboxes.views.tenant import probe, tenant

__all__ = [
    "add",
    "end_sign_in",
    "mailbox",
    "mailboxes",
    "notifications",
    "own_sign_ins",
    "pause",
    "probe",
    "settings",
    "signed_in",
    "taking_up",
    "tenant",
    "trial",
]
