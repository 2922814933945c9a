"""The header of a message or part, read tolerantly: fields, encoded words, parameters."""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from privateoffice.connectors.mail.charsets import clean_line, codec_of, decoded

LONGEST_HEADER = 1024 * 1024

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_WORD = re.compile(r"=\?([^?\s*]{1,75})(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN_WORDS = re.compile(r"(=\?[^?\s]{1,120}\?[bBqQ]\?[^?\r\n]*\?=)[ \t\r\n]+(?==\?[^?\s]{1,120}\?[bBqQ]\?)")
_PARAMETER = re.compile(r';\s*([^\s=;"]+)\s*=\s*("(?:[^"\\]|\\.)*"?|[^;]*)', re.DOTALL)
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_NOT_LETTERS = bytes(set(range(256)) - set(_LETTERS))


@dataclass
class Header:
    """The fields of one header in their order, and what was wrong with it. Names are in lower case."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def first(self, name: str) -> str:
        """The first value of that name, undecoded, or an empty string."""
        return next((value for known, value in self.fields if known == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of that name, undecoded."""
        return [value for known, value in self.fields if known == name]

    def text(self, name: str) -> str:
        """The first value with its encoded words decoded, on one line."""
        return words(self.first(name), self.faults)


def split_header(raw: bytes, start: int = 0, end: int | None = None) -> tuple[Header, int]:
    """The header that begins at `start`, and the place where the body begins. Lines end in LF, with CR or not."""
    end = len(raw) if end is None else end
    last = min(end, start + LONGEST_HEADER)
    header, place = Header(), start
    held: list[list[bytes]] = []
    while place < last:
        stop = raw.find(b"\n", place, end)
        stop = end if stop < 0 else stop + 1
        line = raw[place : min(stop, last)].rstrip(b"\r\n")
        if not line:
            place = stop
            break
        if line[:1] in b" \t" and held:
            held[-1].append(line.strip())
        elif _FIELD.match(line):
            held.append([line])
        elif not (place == start and line[:6].lstrip(b">").startswith(b"From ")):
            if not _goes_on(raw, stop, end):
                break
            header.faults.append("A line of the header could not be understood.")
        place = stop
    else:
        if last < end:
            header.faults.append("Its header is too long: not all of it was read.")
            place = _after_blank_line(raw, place, end)
    header.fields = [_named(b" ".join(lines)) for lines in held]
    return header, place


def _after_blank_line(raw: bytes, place: int, end: int) -> int:
    found = re.compile(rb"\n\r?\n").search(raw, max(place - 1, 0), end)
    return found.end() if found else end


def _named(line: bytes) -> tuple[str, str]:
    found = _FIELD.match(line)
    assert found
    return found[1].decode("latin-1").lower(), _as_text(found[2].strip())


def _goes_on(raw: bytes, place: int, end: int) -> bool:
    """Whether a header line follows, so that one strange line is skipped and not taken for the body."""
    stop = raw.find(b"\n", place, min(end, place + 1000))
    return bool(re.match(rb"[A-Za-z][A-Za-z0-9-]{1,60}:", raw[place : stop if stop > 0 else place]))


def _as_text(value: bytes) -> str:
    if value.isascii() and b"\x1b" not in value:
        return value.decode("ascii")
    return decoded(value, "iso-2022-jp" if b"\x1b$" in value else "")[0]


def words(value: str, faults: list[str] | None = None) -> str:
    """The value with its encoded words decoded (RFC 2047 and what is near it), on one line."""
    if "=?" not in value:
        return clean_line(value)
    runs: list[tuple[str, bytes]] = []
    out, place = [], 0
    value = _BETWEEN_WORDS.sub(r"\1", value)
    for found in _WORD.finditer(value):
        if found.start() > place:
            out.append(_spoken(runs, faults))
            out.append(value[place : found.start()])
            runs = []
        runs.append((found[1].lower(), _word_bytes(found[2], found[3], found[1])))
        place = found.end()
    return clean_line("".join([*out, _spoken(runs, faults), value[place:]]))


def _spoken(runs: list[tuple[str, bytes]], faults: list[str] | None) -> str:
    """Neighbouring words are joined before decoding: many programs cut a letter of several bytes in two."""
    joined: list[tuple[str, bytes]] = []
    for charset, raw in runs:
        if joined and joined[-1][0] == charset:
            raw = joined.pop()[1] + raw
        joined.append((charset, raw))
    pieces = []
    for charset, raw in joined:
        text, fault = decoded(raw, charset)
        pieces.append(text)
        if fault and faults is not None:
            faults.append(fault.replace("The text", "A line of the header"))
    return "".join(pieces)


def _word_bytes(kind: str, text: str, charset: str) -> bytes:
    """Letters that should have been encoded and were not are taken back to the bytes that they came from."""
    raw = text.encode("ascii" if text.isascii() else codec_of(charset) or "utf-8", "replace")
    if kind in "bB":
        return from_base64(raw)[0]
    return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)


def from_base64(raw: bytes) -> tuple[bytes, bool]:
    """The bytes, and whether all of it was sound. Line ends and blanks do not count; the rest is skipped."""
    try:
        return base64.b64decode(raw, validate=False) if _is_even(raw) else _mended(raw), True
    except binascii.Error:
        return _mended(raw), False


def _is_even(raw: bytes) -> bool:
    return b"=" not in raw.rstrip(b"= \t\r\n")


def _mended(raw: bytes) -> bytes:
    """Each run up to its padding by itself: some programs join several encoded pieces into one."""
    pieces = []
    for run in re.split(rb"=+", raw, maxsplit=10_000):
        letters = run.translate(None, _NOT_LETTERS)
        letters = letters[:-1] if len(letters) % 4 == 1 else letters
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces)


def parameters(value: str) -> dict[str, str]:
    """The parameters of a field such as Content-Type, by lower-case name: quoted, bare, continued or extended."""
    found: dict[str, str] = {}
    pieces: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAMETER.finditer(value[value.find(";") :] if ";" in value else ""):
        name, _, number = match[1].lower().partition("*")
        text = _unquoted(match[2].strip())
        if not number and not match[1].endswith("*"):
            found.setdefault(name, text if name == "boundary" else words(text))  # its blanks count
        else:
            digits = number.rstrip("*")
            extended = match[1].endswith("*")
            pieces.setdefault(name, []).append((int(digits) if digits.isdecimal() else 0, extended, text))
    return found | {name: _joined(sorted(parts, key=lambda one: one[0])) for name, parts in pieces.items()}


def _joined(parts: Iterable[tuple[int, bool, str]]) -> str:
    charset, raw = "", b""
    for position, (_, extended, text) in enumerate(parts):
        if extended and position == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        raw += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    return words(decoded(raw, charset)[0])


def _unquoted(text: str) -> str:
    if text[:1] != '"':
        return text
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    return re.sub(r'\\(["\\])', r"\1", inner)
