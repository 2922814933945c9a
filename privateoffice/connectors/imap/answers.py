"""What an IMAP server says, taken apart: fetched items, flags, numbers, folders."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from imaplib import Internaldate2tuple
from time import mktime
from typing import Any

from privateoffice.connectors.imap import names
from privateoffice.connectors.ports.mailbox import Flag, Folder

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")
_MODSEQ = re.compile(rb"\bMODSEQ \((\d+)\)")
_LISTED = re.compile(rb'\(([^)]*)\) ("(?:[^"\\]|\\.)*"|NIL) (.*)', re.DOTALL)
_STATUS = re.compile(rb"([A-Z]+) (\d+)")
_MARKS = {
    b"\\seen": Flag.SEEN,
    b"\\answered": Flag.ANSWERED,
    b"\\flagged": Flag.FLAGGED,
    b"\\draft": Flag.DRAFT,
    b"\\deleted": Flag.DELETED,
}
_USES = {
    "\\sent": "sent",
    "\\drafts": "drafts",
    "\\junk": "junk",
    "\\trash": "deleted",
    "\\archive": "archive",
}
_USUAL = {
    "sent": "sent",
    "sent items": "sent",
    "sent messages": "sent",
    "drafts": "drafts",
    "junk": "junk",
    "spam": "junk",
    "junk email": "junk",
    "trash": "deleted",
    "deleted items": "deleted",
    "deleted messages": "deleted",
    "archive": "archive",
}


@dataclass(frozen=True)
class Fetched:
    """One message of an answer to FETCH. `literal` is what came as a literal, if anything did."""

    uid: int
    flags: Flag | None
    size: int
    arrived_at: datetime | None
    literal: bytes | None


def fetched(data: Sequence[Any]) -> Iterator[Fetched]:
    """The messages of an answer; what came unasked, without a UID, is passed over."""
    place = 0
    while place < len(data):
        item, literal = data[place], None
        if isinstance(item, tuple):
            head, literal = item
            place += 1
            tail = data[place] if place < len(data) and isinstance(data[place], bytes) else b""
            said = head + b" " + tail
        else:
            said = item or b""
        place += 1
        if uid := _UID.search(said):
            size = _SIZE.search(said)
            yield Fetched(int(uid[1]), flags_in(said), int(size[1]) if size else 0, _arrived(said), literal)


def flags_in(said: bytes) -> Flag | None:
    found = _FLAGS.search(said)
    return flags_of(found[1]) if found else None


def flags_of(words: bytes) -> Flag:
    flags = Flag(0)
    for word in words.lower().split():
        flags |= _MARKS.get(word, Flag(0))
    return flags


def _arrived(said: bytes) -> datetime | None:
    parts = Internaldate2tuple(said) if b"INTERNALDATE" in said else None
    return datetime.fromtimestamp(mktime(parts), UTC) if parts else None


def numbers_in(words: bytes) -> Iterator[range]:
    """The runs of a sequence set such as 1:4,7."""
    for piece in words.split(b","):
        first, _, last = piece.partition(b":")
        if first.isdigit():
            low, high = sorted((int(first), int(last) if last.isdigit() else int(first)))
            yield range(low, high + 1)


def as_set(uids: Sequence[int]) -> str:
    """Numbers in rising order as a sequence set, neighbours joined."""
    runs: list[list[int]] = []
    for uid in uids:
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def folders_in(data: Sequence[Any]) -> Iterator[Folder]:
    """The folders of an answer to LIST that can be opened."""
    for item in data:
        line = item[0].rsplit(b"{", 1)[0] + item[1] if isinstance(item, tuple) else item
        found = _LISTED.match(line or b"")
        if not found:
            continue
        marks = found[1].decode("ascii", "replace").lower().split()
        if {"\\noselect", "\\nonexistent"} & set(marks):
            continue
        name = _named(found[3])
        yield Folder(name, names.shown(name), _use_of(name, marks, found[2]))


def _use_of(name: str, marks: list[str], delimiter: bytes) -> str:
    if name.upper() == "INBOX":
        return "inbox"
    told = next((_USES[mark] for mark in marks if mark in _USES), "")
    last = name.rsplit(delimiter.strip(b'"').decode("ascii", "replace") or "\0", 1)[-1]
    return told or _USUAL.get(names.shown(last).lower(), "")


def _named(word: bytes) -> str:
    word = word.strip()
    if word.startswith(b'"') and word.endswith(b'"'):
        word = re.sub(rb"\\(.)", rb"\1", word[1:-1])
    return word.decode("utf-8", "surrogateescape")


def statuses_in(data: Sequence[Any]) -> Iterator[tuple[str, dict[str, int]]]:
    """Each folder's name and figures, of answers to STATUS."""
    for item in data:
        line = item[0].rsplit(b"{", 1)[0] + item[1] + b" " if isinstance(item, tuple) else item or b""
        name, _, figures = line.rpartition(b"(")
        if figures:
            yield _named(name), {word.decode(): int(number) for word, number in _STATUS.findall(figures)}
