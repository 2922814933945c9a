"""Rich text: Outlook's compressed form opened, and its words or the HTML wrapped in it taken out."""

import re
import struct
from dataclasses import dataclass, replace

from privateoffice.connectors.mail.charsets import codec_of

LONGEST = 8 * 1024 * 1024
_DEEPEST = 1_000
_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_SILENT = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "themedata", "generator",
    "listtable", "listoverridetable", "rsidtbl", "xmlnstbl", "datastore", "latentstyles", "fldinst", "pntext",
}  # fmt: skip
_SYMBOLS = {b"~": b"\xa0", b"_": b"-", b"-": b"", b"\\": b"\\", b"{": b"{", b"}": b"}"}
_SPOKEN = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "row": "\n", "tab": "\t", "cell": "\t",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—",
}  # fmt: skip


def unpacked(raw: bytes) -> bytes:
    """The rich text inside a PR_RTF_COMPRESSED value (MS-OXRTFCP). Raises ValueError if it is not one."""
    if len(raw) < 16:
        raise ValueError("too short")
    _, size, kind, _ = struct.unpack("<IIII", raw[:16])
    if kind == 0x414C454D:
        return raw[16 : 16 + min(size, LONGEST)]
    if kind != 0x75465A4C:
        raise ValueError("not compressed rich text")
    return _inflated(raw[16:], min(size, LONGEST))


def _inflated(packed: bytes, size: int) -> bytes:
    """Each control byte says of the next eight items whether they are a byte or a place in the last 4,096."""
    out = bytearray(_START)
    place = 0
    while place < len(packed) and len(out) - len(_START) < size:
        flags, place = packed[place], place + 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += packed[place : place + 1]
                place += 1
                continue
            if place + 2 > len(packed):
                return bytes(out[len(_START) :])
            word = packed[place] << 8 | packed[place + 1]
            place += 2
            back = (len(out) - (word >> 4)) % 4096
            if not back:
                return bytes(out[len(_START) :])
            for _ in range((word & 15) + 2):
                out.append(out[-back] if back <= len(out) else 32)
    return bytes(out[len(_START) : len(_START) + size])


def words_of(rich: bytes) -> tuple[str, bool]:
    """The words, and whether they are HTML that Outlook had wrapped in rich text."""
    is_html = b"\\fromhtml" in rich[:2000]
    return _Speaker(rich[:LONGEST], is_html).words().strip("\n\x00"), is_html


@dataclass
class _Group:
    """What holds inside one pair of braces."""

    is_silent: bool = False
    is_starred: bool = False
    is_dressing: bool = False  # between \\htmlrtf and \\htmlrtf0: what only a rich text reader is to see
    after_unicode: int = 1  # how many letters stand in for one \\u letter


class _Speaker:
    """Goes through rich text once and keeps what a reader would see."""

    def __init__(self, rich: bytes, is_html: bool):
        named = re.search(rb"\\ansicpg(\d{1,5})", rich[:2000])
        self.codec = (codec_of(f"cp{named[1].decode()}") if named else None) or "cp1252"
        self.rich, self.is_html = rich, is_html
        self.out: list[str] = []
        self.run = bytearray()
        self.outer: list[_Group] = []
        self.now = _Group()
        self.skip = self.too_deep = 0

    def words(self) -> str:
        """All of it. Letters outside the first plane come as two \\u words and are put together."""
        for found in _TOKEN.finditer(self.rich):
            word, number, hexed, symbol, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word.decode(), int(number) if number else None)
            elif symbol == b"*":
                self.now.is_starred = True
            elif not (self.now.is_silent or self.now.is_dressing):
                self._letters(bytes([int(hexed, 16)]) if hexed else _SYMBOLS.get(symbol, text or b""))
        self._flush()
        return "".join(self.out).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> None:
        if brace == b"{" and len(self.outer) < _DEEPEST:
            self.outer.append(self.now)
            self.now = replace(self.now, is_starred=False)
        elif brace == b"{":
            self.too_deep += 1
        elif self.too_deep:
            self.too_deep -= 1
        else:
            self.now = self.outer.pop() if self.outer else _Group()

    def _word(self, name: str, number: int | None) -> None:
        now = self.now
        if name in _SILENT or (now.is_starred and name != "htmltag"):
            now.is_silent = True
        elif now.is_starred:
            now.is_silent = now.is_dressing = False
        elif name == "htmlrtf":
            now.is_dressing = self.is_html and number != 0
        elif name == "uc":
            now.after_unicode = max(number or 0, 0)
        elif not (now.is_silent or now.is_dressing):
            self._say(name, number)
        now.is_starred = False

    def _say(self, name: str, number: int | None) -> None:
        self._flush()
        if name == "u" and number is not None:
            self.out.append(chr(number % 65536))
            self.skip = self.now.after_unicode
        else:
            self.out.append(_SPOKEN.get(name, ""))

    def _letters(self, raw: bytes) -> None:
        self.run += raw[self.skip :]
        self.skip = max(0, self.skip - len(raw))

    def _flush(self) -> None:
        self.out.append(self.run.decode(self.codec, "replace"))
        self.run.clear()
