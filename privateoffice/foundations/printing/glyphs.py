"""Which characters our fonts can show, so that any text at all can be printed."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# A right-to-left override turns text round so that it reads as something else.
OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e")
LINE_ENDS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\t": " "}


def printable(text: str) -> str:
    """The text with every character that no font of ours has written out as its number: [U+1F600]."""
    for end, line in LINE_ENDS.items():
        text = text.replace(end, line)
    text = unicodedata.normalize("NFC", text)
    return text if _is_plain(text) else "".join(map(_shown, text))


def _is_plain(text: str) -> bool:
    return all(character == "\n" or character in covered() for character in set(text))


@cache
def _shown(character: str) -> str:
    if character in OVERRIDES or character == "\ufeff":
        return ""
    if character == "\n" or character in covered() or _is_unseen(character):
        return character
    return f"[U+{ord(character):04X}]"


def _is_unseen(character: str) -> bool:
    """Joiners, isolates and variation selectors: they need no glyph and are carried along."""
    return character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069" or (
        "\ufe00" <= character <= "\ufe0f"
    )


@cache
def covered() -> frozenset[str]:
    """Every character that a font in `fonts/` has a glyph for, private use and controls aside."""
    codes: set[int] = set()
    for path in FONTS.glob("*.ttf"):
        codes |= _characters(path.read_bytes())
    kept = (chr(code) for code in codes)
    return frozenset(c for c in kept if unicodedata.category(c) not in ("Cc", "Cs", "Co", "Cn")) - OVERRIDES


def _characters(font: bytes) -> set[int]:
    """The codes in the `cmap` of a TrueType file: formats 4 and 12 are all that our fonts use."""
    count = struct.unpack_from(">H", font, 4)[0]
    entries = [struct.unpack_from(">4sIII", font, 12 + 16 * n) for n in range(count)]
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    tables = struct.unpack_from(">H", font, start + 2)[0]
    codes: set[int] = set()
    for n in range(tables):
        at = start + struct.unpack_from(">I", font, start + 8 + 8 * n)[0]
        kind = struct.unpack_from(">H", font, at)[0]
        codes |= {4: _short, 12: _long}.get(kind, lambda *_: set())(font, at)
    return codes


def _short(font: bytes, at: int) -> set[int]:
    """Format 4: segments of the basic plane; a code is there if its glyph is not 0."""
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    row = f">{segments}H"
    ends = struct.unpack_from(row, font, at + 14)
    starts = struct.unpack_from(row, font, at + 16 + 2 * segments)
    deltas = struct.unpack_from(row, font, at + 16 + 4 * segments)
    ranges_at = at + 16 + 6 * segments
    ranges = struct.unpack_from(row, font, ranges_at)
    codes = set()
    for n in range(segments):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            glyph = code
            if ranges[n]:
                glyph = struct.unpack_from(">H", font, ranges_at + 2 * n + ranges[n] + 2 * (code - starts[n]))[0]
            if glyph and (glyph + deltas[n]) & 0xFFFF:
                codes.add(code)
    return codes


def _long(font: bytes, at: int) -> set[int]:
    """Format 12: groups of codes over all planes."""
    codes: set[int] = set()
    for n in range(struct.unpack_from(">I", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, at + 16 + 12 * n)
        codes.update(range(first, last + 1))
    return codes
