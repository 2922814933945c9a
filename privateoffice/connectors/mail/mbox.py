"""Where the messages begin and end in an mbox file of any size, of any of its dialects.

A message begins at a line `From someone, some day, some time`. Programs differ in whether they put `>` before
such words in a text, whether a blank line stands before, and whether they count the length instead; so a line
is believed by its shape, by what stands before and after, and by a stated length that ends where one begins.
"""

import os
import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 20
_CONTEXT = 1200
_DATED = re.compile(
    rb"From [^\n]{0,400}?\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?[ ]+"
    rb"(?:[A-Z][a-z]{2}[ ]+\d{1,2}|\d{1,2}[ -][A-Z][a-z]{2})\b[^\n]{0,40}?\d{1,2}:\d\d[^\n]{0,80}(?:\r?\n|\Z)"
)
_BARE = re.compile(
    rb"From (?:-|\S{1,300}@\S{1,300}|MAILER-DAEMON)(?:[ \t][^\n]{0,80}\d{1,2}:\d\d[^\n]{0,80})?[ \t]*\r?\n"
)
_FIELD = re.compile(rb">?(?:[!-9;-~]{1,80}:|From )")
_LENGTH = re.compile(rb"(?mi)^Content-Length:[ \t]*(\d{1,12})[ \t]*\r?$")
_HEADER_END = re.compile(rb"\r?\n\r?\n")


def slices(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Start and end of each message, without its `From` line and the blank line that parts it from the next.

    What stands before the first `From` line is a message too, so that together they leave nothing out.
    """
    handle = file.fileno()
    begun: int | None = None
    counted = 0
    for place, after in _separators(handle, size):
        if place < counted:
            continue
        if begun is not None or os.pread(handle, place, 0).strip():
            yield begun or 0, _end(handle, begun or 0, place)
        begun, counted = after, _counted_end(handle, after, size)
    if begun is not None or size:
        yield begun or 0, _end(handle, begun or 0, size)


def begins_one(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an mbox."""
    line = head.lstrip(b"\r\n")
    return bool(line.startswith(b"From ") and (_DATED.match(line) or _is_followed_by_header(line)))


def has_one(file: BinaryIO, size: int) -> bool:
    """Whether a message begins anywhere in the file."""
    return next(_separators(file.fileno(), size), None) is not None


def _separators(handle: int, size: int) -> Iterator[tuple[int, int]]:
    """Each line that parts messages: where it begins, and where the next line does."""
    for place in _candidates(handle, size):
        before = os.pread(handle, min(place, 4), place - min(place, 4))
        context = os.pread(handle, _CONTEXT, place)
        is_apart = not before.strip(b"\r\n") or before.endswith((b"\n\n", b"\n\r\n", b"\r\r\n"))
        dated, bare = _DATED.match(context), _BARE.match(context)
        follows = _is_followed_by_header(context)
        if (dated and (is_apart or follows)) or (bare and is_apart and follows):
            line_end = context.find(b"\n")
            yield place, place + line_end + 1 if line_end >= 0 else size


def _candidates(handle: int, size: int) -> Iterator[int]:
    mark = b"\nFrom "
    if os.pread(handle, 5, 0) == b"From ":
        yield 0
    place = 0
    while place < size:
        piece = os.pread(handle, _CHUNK + len(mark) - 1, place)
        found = piece.find(mark)
        while found >= 0:
            yield place + found + 1
            found = piece.find(mark, found + 1)
        place += _CHUNK


def _is_followed_by_header(context: bytes) -> bool:
    line_end = context.find(b"\n")
    return line_end >= 0 and bool(_FIELD.match(context, line_end + 1))


def _end(handle: int, start: int, place: int) -> int:
    """The end without one blank line, which belongs to the file and not to the message."""
    tail = os.pread(handle, min(4, place - start), max(start, place - 4))
    if tail.endswith(b"\r\n\r\n"):
        return place - 2
    return place - 1 if tail.endswith(b"\n\n") else place


def _counted_end(handle: int, start: int, size: int) -> int:
    """The end that the message states for itself, if another begins there or the file ends; else its start."""
    head = os.pread(handle, 16_384, start)
    blank = _HEADER_END.search(head)
    stated = _LENGTH.search(head, 0, blank.end()) if blank else None
    if not blank or not stated:
        return start
    end = start + blank.end() + int(stated[1])
    rest = os.pread(handle, 9, end) if end <= size else b"x"
    return end if not rest.strip(b"\r\n") or rest.lstrip(b"\r\n").startswith(b"From ") else start
