"""From one thing that was found to what is kept of it: read in the child, and judged."""

import hashlib
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from privateoffice.connectors.mail.markings import SECRET, SENSITIVE
from privateoffice.connectors.mail.parse import NOT_A_MESSAGE
from privateoffice.connectors.mail.sources import TOO_LARGE, Found
from privateoffice.foundations.quarantine.reader import Reader, Unreadable
from privateoffice.foundations.records.markings import (
    AboveOurCeiling,
    Marking,
    marking_of_subject,
    refuse_above_ceiling,
    without_marking,
)
from privateoffice.spine.correspondence.models import ImportItem

READS = "privateoffice.connectors.mail.showing:digest_of_message"
MAIL = ("eml", "mbox", "maildir", "msg")
BY_THE_SENDER = "As marked by the sender"
OUTSIDE = "It is marked SECRET or above. It was not kept here: held outside, call security."
NO_SUBJECT = "No subject"
UNREAD_TITLE = "A message that could not be read"

Outcome = ImportItem.Outcome


@dataclass
class Item:
    """One thing found: what it is made of, what was read from it, and why it is listed if it is."""

    found: Found
    digest: str = ""
    told: dict[str, Any] | None = None
    outcome: str = ""
    reasons: list[str] = field(default_factory=list)

    @property
    def is_kept(self) -> bool:
        """Whether its bytes are kept: all but what is marked above our ceiling and what has none."""
        return has_bytes(self.found) and self.outcome != Outcome.HELD_OUTSIDE

    @property
    def marking(self) -> Marking:
        told = self.told or {}
        above = marking_of_subject(told.get("subject", ""))
        is_sensitive = told.get("marking") == SENSITIVE or (above and above.marking == Marking.OFFICIAL_SENSITIVE)
        return Marking.OFFICIAL_SENSITIVE if is_sensitive else Marking.OFFICIAL

    @property
    def handling(self) -> str:
        """How the sender says it is to be handled. What is sensitive always says something."""
        said = (self.told or {}).get("handling", "")[:200]
        if self.marking == Marking.OFFICIAL:
            return ""
        return said if said and _may_be_written(said) else BY_THE_SENDER

    @property
    def title(self) -> str:
        """The subject without what stands in front of it as a marking."""
        if self.outcome == Outcome.UNREAD:
            return UNREAD_TITLE
        title = without_marking((self.told or {}).get("subject", ""))[:200].strip() or NO_SUBJECT
        return title if _may_be_written(title) else NO_SUBJECT


def has_bytes(found: Found) -> bool:
    """Whether there is anything to keep: a link that was not followed has nothing."""
    return found.raw is not None or found.trouble == TOO_LARGE


def digest_of(found: Found) -> str:
    """The digest of the bytes, however many they are; of what has none, that of its place and its trouble."""
    if found.raw is not None:
        return hashlib.sha256(found.raw).hexdigest()
    if not has_bytes(found):
        return hashlib.sha256(f"{found.place}\n{found.trouble}".encode()).hexdigest()
    digest = hashlib.sha256()
    for piece in found.pieces():
        digest.update(piece)
    return digest.hexdigest()


def read(found: Found, digest: str, reader: Reader) -> Item:
    """Read one thing. Whatever is wrong with it is said of it alone."""
    item = Item(found, digest)
    if not has_bytes(found):
        item.outcome, item.reasons = Outcome.UNREAD, [found.trouble]
        return item
    try:
        item.told = reader.read(_readable(found), format=found.format)
    except Unreadable as fault:
        item.reasons = [str(fault)]
    _judge(item)
    return item


def _readable(found: Found) -> bytes:
    """All of it, or of what is too large the beginning: that says at least from whom it is and about what."""
    return found.raw if found.raw is not None else b"".join(islice(found.pieces(), 1))


def _judge(item: Item) -> None:
    if item.told is None:
        item.outcome = Outcome.UNREAD
        item.told = dict(UNTOLD) if item.found.format in MAIL else None
    elif _is_above_ceiling(item.told):
        item.told, item.outcome, item.reasons = None, Outcome.HELD_OUTSIDE, [OUTSIDE]
        return
    elif item.found.format not in MAIL and NOT_A_MESSAGE in item.told["faults"]:
        item.told, item.outcome, item.reasons = None, Outcome.NO_MESSAGE, [NOT_A_MESSAGE]
        return
    if item.found.trouble == TOO_LARGE:
        item.outcome, item.reasons = Outcome.TOO_LARGE, [TOO_LARGE]
        item.told = {**(item.told or UNTOLD), "text": "", "has_html": False, "attachments": []}
    elif item.told and item.told["faults"]:
        item.outcome, item.reasons = Outcome.DAMAGED, item.told["faults"]
    if item.told:
        item.told["faults"] = item.reasons


def _is_above_ceiling(told: dict[str, Any]) -> bool:
    found = marking_of_subject(told["subject"])
    return told["marking"] == SECRET or bool(found and found.is_above_ceiling)


def _may_be_written(text: str) -> bool:
    try:
        refuse_above_ceiling(text)
    except AboveOurCeiling:
        return False
    return True


UNTOLD: dict[str, Any] = {
    **dict.fromkeys(["subject", "text", "date_claimed", "message_id", "auto_submitted", "handling"], ""),
    **dict.fromkeys(["from", "date", "arrived", "marking", "protected"]),
    **{
        name: []
        for name in ["to", "cc", "in_reply_to", "references", "attachments", "invitations", "sender_warnings"]
    },
    "faults": [],
    "is_automatic": False,
    "has_html": False,
    "remote_pictures": 0,
    "list_id": "",
}
"""What is known of a message that could not be read: nothing."""
