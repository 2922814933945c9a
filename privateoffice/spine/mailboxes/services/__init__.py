"""What can be done with mailboxes: set them up, pause them, read them in, and tell the house of the news."""

from privateoffice.spine.mailboxes.services.copies import keep_copies
from privateoffice.spine.mailboxes.services.filing import file_news, has_news
from privateoffice.spine.mailboxes.services.listening import Listener, listen
from privateoffice.spine.mailboxes.services.pulling import pull, pull_due
from privateoffice.spine.mailboxes.services.rights import (
    NothingToForget,
    NotOfThisKind,
    begin_sign_in,
    forget_sign_in,
    probe,
    sign_in,
    try_live,
)
from privateoffice.spine.mailboxes.services.setting_up import (
    NotPaused,
    PausedAlready,
    add,
    pause,
    settle,
    take_up,
    try_out,
)
from privateoffice.spine.mailboxes.services.subscribing import NoNotification, hear, keep_subscribed

__all__ = [
    "Listener",
    "NoNotification",
    "NotOfThisKind",
    "NotPaused",
    "NothingToForget",
    "PausedAlready",
    "add",
    "begin_sign_in",
    "file_news",
    "forget_sign_in",
    "has_news",
    "hear",
    "keep_copies",
    "keep_subscribed",
    "listen",
    "pause",
    "probe",
    "pull",
    "pull_due",
    "settle",
    "sign_in",
    "take_up",
    "try_live",
    "try_out",
]
