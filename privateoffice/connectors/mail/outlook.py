"""Outlook's .msg files: a small file system of numbered properties (MS-OXMSG), read stream by stream."""

import io
import struct

import olefile

from privateoffice.connectors.mail import mapi
from privateoffice.connectors.mail.charsets import clean
from privateoffice.connectors.mail.headers import split_header
from privateoffice.connectors.mail.letter import Enclosure, Letter
from privateoffice.connectors.mail.writing import Attached, rewritten
from privateoffice.foundations.quarantine.limits import MESSAGE_DEPTH, MESSAGE_PARTS

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "This Outlook file is damaged: not all of it could be read."
OBJECT = "It holds an embedded object that could not be taken out: open the original in Outlook."
_FIXED = {0x02: "<h", 0x03: "<i", 0x0B: "<?", 0x40: "<Q"}
Path = list[str]


class Store:
    """The streams of one file, each read by itself so that a broken one costs only itself."""

    def __init__(self, raw: bytes):
        self.faults: list[str] = []
        self._files = olefile.OleFileIO(io.BytesIO(raw), raise_defects=olefile.DEFECT_FATAL)
        self._paths = self._files.listdir(streams=True, storages=True)

    def below(self, place: Path) -> list[str]:
        """The names directly below a storage."""
        return [path[-1] for path in self._paths if path[:-1] == place]

    def bytes_at(self, place: Path) -> bytes:
        """A stream's bytes; empty, with a fault, if it cannot be read."""
        try:
            return bytes(self._files.openstream(place).read())
        except Exception:  # the library raises many kinds on a damaged file
            self.faults.append(DAMAGED)
            return b""

    def properties(self, place: Path, header: int) -> mapi.Properties:
        """The properties of a storage by number."""
        names = set(self.below(place))
        fixed = self.bytes_at([*place, "__properties_version1.0"]) if "__properties_version1.0" in names else b""
        found = _fixed_properties(fixed[header:])
        if _missing(fixed[header:], names):
            self.faults.append(DAMAGED)
        charset = mapi.charset_for(found)
        for name in sorted(names):
            if name.startswith("__substg1.0_") and len(name) == 20:
                number, kind = _number(name[12:16]), _number(name[16:])
                if kind in (0x1E, 0x1F, 0x102) and number < 0x8000:
                    found[number] = _value(self.bytes_at([*place, name]), number, kind, charset)
        return found


def read(raw: bytes) -> Letter:
    """The letter in a .msg file. A file that is no longer whole gives what is left, with a fault."""
    try:
        store = Store(raw)
    except Exception:  # as above
        return Letter(faults=[DAMAGED])
    letter = _letter(store, [], 32, 1)
    letter.faults += store.faults
    return letter


def _letter(store: Store, place: Path, header: int, depth: int) -> Letter:
    item = store.properties(place, header)
    below = store.below(place)
    people = [store.properties([*place, name], 8) for name in sorted(below) if name.startswith("__recip")]
    letter = Letter()
    if not item:
        letter.faults.append("This file is not an Outlook message.")
    came_with = split_header(mapi.text_in(item.get(mapi.HEADERS)).lstrip().encode("utf-8", "replace"))[0].fields
    known = {name for name, _ in came_with}
    letter.header.fields = [*came_with, *(one for one in mapi.fields_of(item, people) if one[0] not in known)]
    mapi.body_into(letter, item)
    for name in sorted(name for name in below if name.startswith("__attach"))[:MESSAGE_PARTS]:
        letter.enclosures.append(_enclosure(store, [*place, name], letter, depth))
    return letter


def _enclosure(store: Store, place: Path, letter: Letter, depth: int) -> Enclosure:
    properties = store.properties(place, 8)
    if "__substg1.0_3701000D" not in store.below(place):
        return mapi.enclosure_of(properties, properties.get(mapi.DATA) or b"")
    inner = [*place, "__substg1.0_3701000D"]
    enclosure = mapi.enclosure_of(properties, b"")
    if "__properties_version1.0" in store.below(inner) and depth < MESSAGE_DEPTH:
        enclosure.content = _as_internet_message(_letter(store, inner, 24, depth + 1))
        enclosure.content_type = "message/rfc822"
        enclosure.name = f"{enclosure.name or 'message'}.eml"
    else:
        letter.faults.append(OBJECT)
    return enclosure


def _as_internet_message(letter: Letter) -> bytes:
    """An item inside an item has no bytes of its own to give back, so it is written anew."""
    return rewritten(
        [(name, letter.header.text(name)) for name, _ in letter.header.fields],
        clean("\n\n".join(segment.plain for segment in letter.segments)),
        clean("".join(segment.html for segment in letter.segments)),
        [Attached(one.name, one.content_type, one.content) for one in letter.enclosures],
    )


def _fixed_properties(rows: bytes) -> mapi.Properties:
    found: mapi.Properties = {}
    for place in range(0, len(rows) - 15, 16):
        kind, number = struct.unpack_from("<HH", rows, place)
        if kind in _FIXED:
            (value,) = struct.unpack_from(_FIXED[kind], rows, place + 8)
            found[number] = mapi.moment_of(value) if kind == 0x40 else value
    return found


def _missing(rows: bytes, names: set[str]) -> bool:
    """Whether a text or value is announced that is not there."""
    for place in range(0, len(rows) - 15, 16):
        kind, number = struct.unpack_from("<HH", rows, place)
        (size,) = struct.unpack_from("<I", rows, place + 8)
        least = {0x1E: 1, 0x1F: 2, 0x102: 0}.get(kind)
        if least is not None and size > least and f"__substg1.0_{number:04X}{kind:04X}" not in names:
            return True
    return False


def _value(raw: bytes, number: int, kind: int, charset: str) -> object:
    if kind == 0x1F:
        return raw.decode("utf-16-le", "replace")
    return mapi.text_in(raw, charset) if kind == 0x1E and number != mapi.HTML else raw


def _number(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0xFFFF
