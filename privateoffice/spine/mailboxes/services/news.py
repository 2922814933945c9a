"""What mailboxes tell the house: mail that came, and where mail that is known lies now."""

from dataclasses import dataclass

from privateoffice.foundations.records.models import Original
from privateoffice.spine.mailboxes.models import Mailbox

ANSWERED, DELETED = "answered", "deleted"


@dataclass(frozen=True)
class Posted:
    """One message as it lies in a mailbox. Of one that is too large the original is its header only."""

    mailbox: Mailbox
    folder: str
    use: str
    original: Original
    size: int
    is_whole: bool


@dataclass(frozen=True)
class Whereabouts:
    """Where a message lies now, and whether it was answered or deleted there."""

    original_id: int
    folder: str
    standing: str
