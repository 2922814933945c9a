"""Content lines of a calendar file: unfolded, numbered, with the place of each in the raw bytes."""

import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LINE_MARK = b"X-PRIVATE-OFFICE-LINE:"  # written by `slices`, so that line numbers stay those of the whole file

_PHYSICAL = re.compile(rb"([^\r\n]*)(\r\n|\n|\r|\Z)")
_HEAD = re.compile(r"\s*([A-Za-z0-9_.-]+)\s*(?=[;:])")
_CARET = re.compile(r"\^(.)", re.DOTALL)


@dataclass(slots=True)
class Line:
    """One property. `name` is upper case and empty when the line is none; `start` and `end` are byte places."""

    number: int
    start: int
    end: int
    name: str
    value: str
    params: dict[str, list[str]] = field(default_factory=dict)
    guessed: bool = False

    def param(self, name: str) -> str:
        """The first value of a parameter, or an empty text."""
        return (self.params.get(name) or [""])[0]


def as_utf8(raw: bytes) -> bytes:
    """The same bytes, unless the file says by its first mark that it is UTF-16 or UTF-32."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if raw.startswith(mark):
            return raw.decode(name, "replace").encode("utf-8", "replace")
    return raw


def lines(raw: bytes) -> Iterator[Line]:
    """Every logical line that is not blank. Folds are joined before decoding, so a fold may cut a character."""
    held: list[bytes] = []
    number = first = start = end = 0
    for match in _PHYSICAL.finditer(raw, 3 if raw.startswith(codecs.BOM_UTF8) else 0):
        body, number = match[1], number + 1
        if body.startswith(LINE_MARK):
            number = _marked(body, number)
            continue
        if not body or (body.isspace() and not held):
            continue
        if held and _goes_on(held):
            held[-1] = held[-1][:-1]
            held.append(body)
        elif held and body[0] in b" \t":
            held.append(body[1:])
        else:
            if held:
                yield _line(first, start, end, b"".join(held))
            held, first, start = [body], number, match.start()
        end = match.end()
    if held:
        yield _line(first, start, end, b"".join(held))


def _marked(body: bytes, number: int) -> int:
    digits = body[len(LINE_MARK) :].strip()
    return int(digits) - 1 if digits.isdigit() and len(digits) < 12 else number


def _goes_on(held: list[bytes]) -> bool:
    """Whether a quoted-printable value ends in a soft break, as vCalendar 1.0 folds."""
    if not held[-1].endswith(b"="):
        return False
    return b"QUOTED-PRINTABLE" in held[0].split(b":", 1)[0].upper()


def _line(number: int, start: int, end: int, body: bytes) -> Line:
    text, guessed = _decoded(body)
    head = _HEAD.match(text)
    if not head:
        return Line(number, start, end, "", text, guessed=guessed)
    line = Line(number, start, end, head[1].upper(), "", guessed=guessed)
    at = head.end()
    if text[at] == ":":
        line.value = text[at + 1 :]
    else:
        line.params, line.value = _params_and_value(text[at + 1 :])
    if line.params and line.param("ENCODING").upper() == "QUOTED-PRINTABLE":
        line.value, line.guessed = _printable(line)
    return line


def _decoded(body: bytes) -> tuple[str, bool]:
    try:
        return body.decode("utf-8"), False
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace"), True


def _printable(line: Line) -> tuple[str, bool]:
    raw = quopri.decodestring(line.value.encode("utf-8", "replace"))
    try:
        text = raw.decode(line.param("CHARSET") or "utf-8")
    except (LookupError, ValueError):
        return _decoded(raw)
    return text.replace("\r\n", "\n").replace("\n", "\\n"), line.guessed


def _params_and_value(rest: str) -> tuple[dict[str, list[str]], str]:
    """Parameters and value. Quotes that never close are taken as ordinary characters."""
    ends = _outside_quotes(rest, ":")
    if ends is None:
        ends = rest.find(":")
    if ends < 0:
        return _params(rest), ""
    return _params(rest[:ends]), rest[ends + 1 :]


def _outside_quotes(text: str, mark: str, at: int = 0) -> int | None:
    """Where the mark next stands outside quotes; each character is looked at once."""
    for match in re.compile(rf'{mark}|"[^"]*("|\Z)').finditer(text, at):
        if match[0] == mark:
            return match.start()
        if not match[1]:
            return None
    return None


def _params(text: str) -> dict[str, list[str]]:
    held: dict[str, list[str]] = {}
    for piece in _split(text, ";"):
        name, _, value = piece.partition("=")
        held.setdefault(name.strip().upper(), []).extend(_caret(v.replace('"', "")) for v in _split(value, ","))
    return held


def _split(text: str, mark: str) -> list[str]:
    if '"' not in text:
        return text.split(mark)
    pieces, begin = [], 0
    while (at := _outside_quotes(text, mark, begin)) is not None:
        pieces.append(text[begin:at])
        begin = at + 1
    return [*pieces, text[begin:]]


def _caret(value: str) -> str:
    if "^" not in value:
        return value
    return _CARET.sub(lambda m: {"n": "\n", "'": '"', "^": "^"}.get(m[1], m[0]), value)
