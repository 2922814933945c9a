"""From a calendar file to its items: read in the child, each with its own bytes, its digest and its marking."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from privateoffice.connectors.calendars.slices import slices
from privateoffice.foundations.quarantine.reader import Reader, Unreadable
from privateoffice.foundations.records.markings import (
    AboveOurCeiling,
    Found,
    Marking,
    found_in,
    refuse_above_ceiling,
    without_marking,
)

READS = "privateoffice.connectors.calendars.parse:events"
NOT_IDENTITY = ("line", "calendar", "method", "dtstamp", "original", "faults", "needs_a_look", "uid_made")
"""What differs between two writings of the same item, and so does not make it another."""

BY_THE_SENDER = "As marked by the sender"
NO_TITLE = "No title"
PRIVATE_TITLE = "Private engagement"
SENSITIVE_TITLE = "An engagement marked OFFICIAL-SENSITIVE"

Fault = dict[str, Any]


@dataclass
class Item:
    """One item of a calendar file as it was read."""

    told: dict[str, Any]
    raw: bytes = field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The same for the same content, whenever it was written; of what is held outside, that of its bytes."""
        if self.is_above_ceiling:
            return hashlib.sha256(self.raw).hexdigest()
        said = {name: value for name, value in self.told.items() if name not in NOT_IDENTITY}
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @cached_property
    def key(self) -> tuple[str, str]:
        """By which the versions of one engagement are known: its name, and which instance it replaces."""
        uid, point = self.told["uid"], self.told["recurrence_id"]
        if len(uid) > 400:
            uid = f"{uid[:400]}-{hashlib.sha256(uid.encode()).hexdigest()}"
        if not point:
            return uid, ""
        at = point["at"] or point["wall"] or "unread"
        return uid, f"{at}{' and later' if point['and_future'] else ''}"[:80]

    @cached_property
    def found(self) -> Found | None:
        """The highest marking in the places where a marking stands."""
        said = self.told
        texts = filter(None, (said["summary"], said["location"], said["comment"]))
        found = [found_in(said["description"], subject=said["summary"]), *(found_in(text) for text in texts)]
        return max(filter(None, found), key=lambda one: one.height, default=None)

    @property
    def is_above_ceiling(self) -> bool:
        return self.found is not None and self.found.is_above_ceiling

    @property
    def is_private(self) -> bool:
        return bool(self.told["private"])

    @property
    def marking(self) -> Marking:
        return Marking(self.found.marking) if self.found and self.found.marking else Marking.OFFICIAL

    @property
    def handling(self) -> str:
        """How it is to be handled. What is sensitive always says something."""
        if self.marking == Marking.OFFICIAL or self.found is None:
            return ""
        return self.found.handling[:200] if _may_be_written(self.found.handling) else BY_THE_SENDER

    @cached_property
    def title(self) -> str:
        """The summary without what stands in front of it as a marking; of what is private, nothing of it."""
        if self.is_private:
            return PRIVATE_TITLE
        title = without_marking(self.told["summary"])[:200].strip()
        return title if _may_be_written(title) else NO_TITLE

    @property
    def open_title(self) -> str:
        """The title where everybody in the office may read it."""
        is_sensitive = self.marking > Marking.OFFICIAL and not self.is_private
        return SENSITIVE_TITLE if is_sensitive else self.title

    @property
    def faults(self) -> list[Fault]:
        """What was wrong with it. Of what is private the words may quote it, so they are not kept."""
        if not self.is_private:
            return list(self.told["faults"])
        return [{**one, "words": "Something here could not be read as it stands."} for one in self.told["faults"]]


def _may_be_written(text: str) -> bool:
    """Whether it says something that the office may keep."""
    try:
        refuse_above_ceiling(text)
    except AboveOurCeiling:
        return False
    return bool(text.strip())


@dataclass
class Reading:
    """Everything that a calendar file held, and what was wrong with the file itself."""

    name: str = ""
    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unread: list[tuple[bytes, str]] = field(default_factory=list)

    @property
    def may_be_kept(self) -> bool:
        """Whether the file may be kept whole: not with something in it that is held outside."""
        return not any(item.is_above_ceiling for item in self.items)


def read(raw: bytes) -> Reading:
    """Read a calendar file. A slice that cannot be read is read item by item: only what did it is lost to us."""
    with Reader(READS) as reader:
        pieces = list(slices(raw))
        try:
            return _gathered((piece, reader.read(piece)) for piece in pieces)
        except Unreadable:
            return _one_by_one(raw, reader)


def _one_by_one(raw: bytes, reader: Reader) -> Reading:
    unread: list[tuple[bytes, str]] = []

    def pieces() -> Iterator[tuple[bytes, dict[str, Any]]]:
        for piece in slices(raw, most_bytes=1):
            try:
                yield piece, reader.read(piece)
            except Unreadable as fault:
                unread.append((piece, str(fault)))

    found = _gathered(pieces())
    found.unread = unread
    return found


def _gathered(pieces: Iterator[tuple[bytes, dict[str, Any]]]) -> Reading:
    reading = Reading()
    for _, found in pieces:
        reading.name = reading.name or found["calendar"]["name"]
        reading.faults += [one for one in found["faults"] if one not in reading.faults]
        reading.items += [_item(told) for told in found["events"]]
    return reading


def _item(told: dict[str, Any]) -> Item:
    return Item(told, told.pop("original"))
