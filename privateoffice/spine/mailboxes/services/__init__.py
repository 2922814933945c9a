"""What can be done with mailboxes: set them up, pause them, read them in, and tell the house of the news."""

from privateoffice.spine.mailboxes.services.copies import keep_copies
from privateoffice.spine.mailboxes.services.filing import file_news, has_news
from privateoffice.spine.mailboxes.services.pulling import pull, pull_due
from privateoffice.spine.mailboxes.services.setting_up import (
    NotPaused,
    PausedAlready,
    add,
    pause,
    settle,
    take_up,
    try_out,
)

__all__ = [
    "NotPaused",
    "PausedAlready",
    "add",
    "file_news",
    "has_news",
    "keep_copies",
    "pause",
    "pull",
    "pull_due",
    "settle",
    "take_up",
    "try_out",
]
