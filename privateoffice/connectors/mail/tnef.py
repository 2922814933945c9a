"""winmail.dat opened: the message and files that Outlook packed in its own way (MS-OXTNEF)."""

import struct
from dataclasses import dataclass, field
from typing import Any

from privateoffice.connectors.mail import mapi
from privateoffice.connectors.mail.charsets import decoded
from privateoffice.connectors.mail.letter import Enclosure, Letter
from privateoffice.foundations.quarantine.limits import MESSAGE_PARTS

SIGNATURE = b"\x78\x9f\x3e\x22"
DAMAGED = "The Outlook file inside (winmail.dat) is damaged: not all of it could be read."
_SUBJECT, _BODY, _CLASS, _PROPERTIES, _RECIPIENTS = 0x8004, 0x800C, 0x8008, 0x9003, 0x9004
_NEXT_FILE, _FILE_NAME, _FILE_DATA, _FILE_PROPERTIES, _CODE_PAGE = 0x9002, 0x8010, 0x800F, 0x9005, 0x9007
_SIZES = {0x02: 2, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 2, 0x14: 8, 0x40: 8, 0x48: 16}
_LONG = (0x0D, 0x1E, 0x1F, 0x102)
_EMBEDDED = 0x0D


@dataclass
class Packed:
    """What stands in a TNEF stream. `item` holds the message's properties."""

    item: mapi.Properties = field(default_factory=dict)
    recipients: list[mapi.Properties] = field(default_factory=list)
    files: list[tuple[mapi.Properties, bytes]] = field(default_factory=list)
    is_whole: bool = True


def read(raw: bytes, inside: str = "winmail.dat") -> Letter:
    """The letter in a TNEF stream. Never raises: what cannot be read is a fault."""
    packed = _opened(raw)
    letter = Letter(faults=[] if packed.is_whole else [DAMAGED])
    letter.header.fields = mapi.fields_of(packed.item, packed.recipients)
    mapi.body_into(letter, packed.item)
    letter.enclosures = [_enclosure(properties, content, inside) for properties, content in packed.files]
    return letter


def _enclosure(properties: mapi.Properties, content: bytes, inside: str) -> Enclosure:
    enclosure = mapi.enclosure_of(properties, content, inside)
    if content.startswith(SIGNATURE):
        enclosure.content_type = "application/ms-tnef"
        enclosure.name = enclosure.name or "message.tnef"
    return enclosure


def _opened(raw: bytes) -> Packed:
    packed = Packed(is_whole=raw.startswith(SIGNATURE))
    place = 6 if packed.is_whole else len(raw)
    charset = ""
    while place + 9 <= len(raw) and len(packed.files) <= MESSAGE_PARTS:
        _, kind, size = struct.unpack_from("<BII", raw, place)
        data = raw[place + 9 : place + 9 + size]
        if len(data) < size or raw[place] not in (1, 2):
            packed.is_whole = packed.is_whole and not raw[place:].strip(b"\x00\r\n\t ")
            break
        place += 9 + size + 2
        if kind & 0xFFFF == _CODE_PAGE and size >= 4:
            charset = mapi.charset_of(struct.unpack_from("<I", data)[0])
        try:
            _take(packed, kind & 0xFFFF, data, charset)
        except (struct.error, ValueError, IndexError):
            packed.is_whole = False
    return packed


def _take(packed: Packed, kind: int, data: bytes, charset: str) -> None:
    if kind == _SUBJECT:
        packed.item.setdefault(mapi.SUBJECT, _text(data, charset))
    elif kind == _BODY:
        packed.item.setdefault(mapi.BODY, _text(data, charset))
    elif kind == _PROPERTIES:
        packed.item |= _properties(data, 0, charset)[0]
    elif kind == _RECIPIENTS:
        packed.recipients = _rows(data, charset)
    elif kind == _NEXT_FILE:
        packed.files.append(({}, b""))
    elif kind in (_FILE_NAME, _FILE_DATA, _FILE_PROPERTIES):
        properties, content = packed.files.pop() if packed.files else ({}, b"")
        packed.files.append(_file_with(properties, content, kind, data, charset))


def _file_with(
    properties: mapi.Properties, content: bytes, kind: int, data: bytes, charset: str
) -> tuple[mapi.Properties, bytes]:
    if kind == _FILE_NAME:
        return {**properties, mapi.SHORT_NAME: _text(data, charset)}, content
    if kind == _FILE_DATA:
        return properties, data
    found = _properties(data, 0, charset)[0]
    held = found.pop(mapi.DATA, b"")
    return properties | found, content or (held[16:] if held[16:20] == SIGNATURE else held)


def _rows(data: bytes, charset: str) -> list[mapi.Properties]:
    (count,) = struct.unpack_from("<I", data)
    rows, place = [], 4
    for _ in range(min(count, 10_000)):
        row, place = _properties(data, place, charset)
        rows.append(row)
    return rows


def _properties(data: bytes, place: int, charset: str) -> tuple[mapi.Properties, int]:
    """A list of properties by number, and where it ends. Named ones are passed over."""
    (count,) = struct.unpack_from("<I", data, place)
    place += 4
    found: mapi.Properties = {}
    for _ in range(min(count, 20_000)):
        kind, number = struct.unpack_from("<HH", data, place)
        place += 4
        if number >= 0x8000:
            place = _after_name(data, place)
        values, place = _values(data, place, kind, charset)
        if values and number < 0x8000:
            found[number] = values[0]
    return found, place


def _after_name(data: bytes, place: int) -> int:
    (is_text,) = struct.unpack_from("<I", data, place + 16)
    if not is_text:
        return place + 24
    (size,) = struct.unpack_from("<I", data, place + 20)
    return place + 24 + _padded(size)


def _values(data: bytes, place: int, kind: int, charset: str) -> tuple[list[Any], int]:
    base, is_many = kind & 0x0FFF, bool(kind & 0x1000)
    count = 1
    if is_many or base in _LONG:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    if count > len(data):
        raise ValueError("more values than bytes")
    values = []
    for _ in range(count):
        if base in _LONG:
            (size,) = struct.unpack_from("<I", data, place)
            start, place = place + 4, place + 4 + _padded(size)
        elif base in _SIZES:
            size = _SIZES[base]
            start, place = place, place + _padded(size)
        else:
            raise ValueError("a kind of property that is not known")
        if start + size > len(data):
            raise ValueError("cut short")
        values.append(_value(data[start : start + size], base, charset))
    return values, place


def _value(raw: bytes, kind: int, charset: str) -> Any:
    if kind == 0x1E:
        return _text(raw, charset)
    if kind == 0x1F:
        return raw.decode("utf-16-le", "replace").rstrip("\x00")
    if kind in (0x02, 0x0B, 0x03):
        return int.from_bytes(raw, "little")
    if kind == 0x40:
        return mapi.moment_of(int.from_bytes(raw, "little"))
    return raw


def _text(raw: bytes, charset: str) -> str:
    return decoded(raw.rstrip(b"\x00"), charset)[0]


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4
