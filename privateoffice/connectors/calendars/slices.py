"""Cuts a large calendar file into small whole calendars, cheaply, without reading what is in the items.

Each slice has the calendar's own lines, the time zones it needs and some items, byte for byte. Marks keep the
line numbers of the whole file, so a fault is told with the line that a person would find it on.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from privateoffice.connectors.calendars.lines import LINE_MARK, as_utf8, lines

MOST_BYTES = 256 * 1024
MOST_ITEMS = 500
_SMALL_ZONES = 32 * 1024
_BEGIN = re.compile(
    rb"(?:\A|(?<=[\r\n])|(?<=END:VCALENDAR))BEGIN:[ \t]*(VCALENDAR|VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE)\b",
    re.I,
)
_END_ZONE = re.compile(rb"[\r\n]END:[ \t]*VTIMEZONE[ \t]*(?:\r\n|\r|\n|\Z)", re.I)
_END_CALENDAR = re.compile(rb"[\r\n]END:[ \t]*VCALENDAR", re.I)
_ZONE_NAME = re.compile(rb"[\r\n]TZID(?:;[^:\r\n]*)?:([^\r\n]*)", re.I)
_NAMED = re.compile(rb";[ \t]*TZID=\"?([^\":;\r\n]*)", re.I)


@dataclass
class _Piece:
    """Bytes of the file and the number of their first line."""

    raw: bytes
    line: int

    @property
    def marked(self) -> bytes:
        return LINE_MARK + str(self.line).encode() + b"\r\n" + self.raw


@dataclass
class _Slice:
    """One calendar's head and zones, and the items gathered so far."""

    head: _Piece
    zones: dict[bytes, _Piece] = field(default_factory=dict)
    items: list[_Piece] = field(default_factory=list)
    size: int = 0

    def add(self, piece: _Piece) -> None:
        self.items.append(piece)
        self.size += len(piece.raw)

    def full(self, more: int, most_bytes: int) -> bool:
        return bool(self.items) and (self.size + more > most_bytes or len(self.items) >= MOST_ITEMS)

    def joined(self, last: bool) -> bytes:
        body = b"\r\n".join(piece.marked for piece in self.items)
        zones = b"".join(b"\r\n" + piece.marked for piece in self._zones_of(body))
        whole = self.head.marked + zones + b"\r\n" + body
        return whole if last or _END_CALENDAR.search(body) else whole + b"\r\nEND:VCALENDAR\r\n"

    def _zones_of(self, body: bytes) -> list[_Piece]:
        if sum(len(piece.raw) for piece in self.zones.values()) <= _SMALL_ZONES:
            return list(self.zones.values())
        names = {name.strip() for name in _NAMED.findall(body)}
        return [piece for name, piece in self.zones.items() if name in names]


def slices(raw: bytes, most_bytes: int = MOST_BYTES) -> Iterator[bytes]:
    """The file as whole calendars of about 256 KB and 500 items at most; a single larger item stays whole."""
    raw = as_utf8(raw).removeprefix(codecs.BOM_UTF8)
    cuts = [(match.start(), match[1].upper()) for match in _BEGIN.finditer(raw)]
    if len(raw) <= most_bytes or not cuts:
        yield raw
        return
    cuts = [(0, b"VCALENDAR"), *cuts[1:]] if cuts[0][1] == b"VCALENDAR" else [(0, b"VCALENDAR"), *cuts]
    for calendar in _calendars(raw, cuts):
        yield from _of_calendar(calendar, most_bytes)


def _calendars(raw: bytes, cuts: list[tuple[int, bytes]]) -> Iterator[list[tuple[bytes, _Piece]]]:
    held: list[tuple[bytes, _Piece]] = []
    line = 1
    for (start, kind), (end, _) in zip(cuts, [*cuts[1:], (len(raw), b"")], strict=True):
        piece = _Piece(raw[start:end], line)
        line += _line_count(piece.raw)
        if kind == b"VCALENDAR" and held:
            yield held
            held = []
        held.append((kind, piece))
    yield held


def _line_count(raw: bytes) -> int:
    return raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")


def _of_calendar(pieces: list[tuple[bytes, _Piece]], most_bytes: int) -> Iterator[bytes]:
    zones: dict[bytes, _Piece] = {}
    items: list[_Piece] = []
    for kind, piece in pieces[1:]:
        if kind == b"VTIMEZONE" and _END_ZONE.search(piece.raw):
            piece, rest = _zone_and_rest(piece)
            name = _ZONE_NAME.search(piece.raw)
            zones.setdefault(name[1].strip() if name else b"", piece)
            if rest.raw.strip():
                items.append(rest)
        else:
            items.append(piece)
    current = _Slice(pieces[0][1], zones)
    for piece in items:
        if current.full(len(piece.raw), most_bytes):
            yield current.joined(last=False)
            current = _Slice(_only_begin(current.head), zones)
        current.add(piece)
    yield current.joined(last=True)


def _zone_and_rest(piece: _Piece) -> tuple[_Piece, _Piece]:
    """A time zone, and what stands between it and the next item."""
    match = _END_ZONE.search(piece.raw)
    end = match.end() if match else len(piece.raw)
    zone = piece.raw[:end]
    return _Piece(zone, piece.line), _Piece(piece.raw[end:], piece.line + _line_count(zone))


def _only_begin(head: _Piece) -> _Piece:
    """The calendar's own lines for a later slice: those that can be read, so that no fault is told twice."""
    found = [line for line in lines(head.raw) if line.name]
    begins = [at for at, line in enumerate(found) if line.name == "BEGIN"]
    own = found[begins[0] + 1 : begins[1] if len(begins) > 1 else None] if begins else found
    kept = [head.raw[line.start : line.end].rstrip(b"\r\n") for line in own if line.name != "END"]
    return _Piece(b"\r\n".join([b"BEGIN:VCALENDAR", *kept]), head.line)
