"""A message in its Internet form (RFC 5322 and MIME), taken apart without recursion into the unknown.

The standard library's parser makes an object of every line and recurses into every part; this one keeps
places in the original bytes, so that 50 MB fit the ceilings of the quarantine and 500 nested parts end.
"""

import binascii
import re
from dataclasses import dataclass, field

from privateoffice.connectors.mail.charsets import clean_line
from privateoffice.connectors.mail.headers import Header, from_base64, parameters, split_header
from privateoffice.foundations.quarantine.limits import MESSAGE_DEPTH, MESSAGE_PARTS

TOO_DEEP = (
    f"Its parts are nested more than {MESSAGE_DEPTH} deep: too large to open here. The inner ones were not read."
)
TOO_MANY = f"It has more than {MESSAGE_PARTS:,} parts: too large to open here. The rest were not read."
NOT_CLOSED = "It is damaged: a part is not closed, so that something may be missing at its end."
NO_PARTS = "It is damaged: it says that it has parts, but none could be told apart."
NO_BOUNDARY = "It is damaged: the mark between its parts was missing or wrong, and was guessed."

_TYPE = re.compile(r"\s*([A-Za-z0-9!#$&^_.+-]+)\s*/\s*([A-Za-z0-9!#$&^_.+-]+)")
_AS_IT_STANDS = ("", "7bit", "8bit", "binary", "7bits", "8bits", "bit7", "bit8", "none", "plain")
_LOOKS_LIKE_MARK = re.compile(rb"(?:^|\n)--([^\r\n]{1,200}?)[ \t]*\r?\n(?=[A-Za-z][A-Za-z0-9-]{1,60}:)")


@dataclass
class Part:
    """One part: its header, and the place of its body in the original bytes."""

    header: Header
    start: int
    end: int
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)
    first_mark: int = 0

    @property
    def is_multipart(self) -> bool:
        return self.content_type.startswith("multipart/")

    @property
    def disposition(self) -> str:
        return self.header.first("content-disposition").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """The name given to it as a file, uncleaned, or an empty string."""
        given = parameters(self.header.first("content-disposition")).get("filename", "")
        return given or self.parameters.get("name", "")

    @property
    def cid(self) -> str:
        return clean_line(self.header.first("content-id")).strip("<> ")


def newlines_mended(raw: bytes) -> bytes:
    """Bytes whose lines end in LF or CRLF: some old files end lines in CR alone, some in CR CR LF."""
    if b"\r\r\n" in raw:
        raw = re.sub(rb"\r+\n", b"\r\n", raw)
    return raw if b"\n" in raw else raw.replace(b"\r", b"\n")


def taken_apart(raw: bytes, faults: list[str]) -> Part:
    """The tree of parts. `raw` has had its newlines mended; faults found on the way are added."""
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    root = _part(raw, start + _blank_lines(raw, start), len(raw), "text/plain")
    waiting, count = [(root, 1)], 1
    while waiting:
        part, depth = waiting.pop()
        if depth > MESSAGE_DEPTH:
            faults.append(TOO_DEEP)
            part.content_type = "application/octet-stream"
            continue
        places = _places(raw, part, faults, MESSAGE_PARTS - count)
        default = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
        part.children = [_part(raw, start, end, default) for start, end in places]
        count += len(part.children)
        waiting += [(child, depth + 1) for child in reversed(part.children) if child.is_multipart]
    return root


def body_of(raw: bytes, part: Part, faults: list[str]) -> bytes:
    """The decoded bytes of a part."""
    body = raw[part.start : part.end]
    given = part.header.first("content-transfer-encoding").partition(";")[0]
    coding = re.sub(r"[^a-z0-9]", "", given.lower())
    if coding == "base64":
        content, is_sound = from_base64(body)
        if not is_sound:
            faults.append("A part is damaged: its coding (base64) is broken or cut short.")
        return content
    if coding == "quotedprintable":
        return binascii.a2b_qp(body)
    if coding in ("xuuencode", "uuencode", "xuue", "uue"):
        return from_uuencode(body, faults)
    if coding not in _AS_IT_STANDS:
        shown = clean_line(given)[:40]
        faults.append(f"A part is in a coding that is not known here ({shown}): it was taken as it stands.")
    return body


def from_uuencode(body: bytes, faults: list[str]) -> bytes:
    """The bytes between `begin` and `end`, each line decoded by its own length."""
    found = re.search(rb"(?:^|\n)begin [0-7]{3,4} [^\r\n]*\r?\n(.*?)(?:\r?\nend\b|\Z)", body, re.DOTALL)
    content = []
    for line in (found[1] if found else body).splitlines():
        try:
            content.append(binascii.a2b_uu(line))
        except binascii.Error:
            count = (((line[0] - 32) & 63) * 4 + 5) // 3 if line else 0  # some writers leave rubbish at line ends
            try:
                content.append(binascii.a2b_uu(line[:count]))
            except binascii.Error:
                faults.append("A part is damaged: its coding (uuencode) is broken.")
                break
    return b"".join(content)


def _part(raw: bytes, start: int, end: int, default: str) -> Part:
    header, body = split_header(raw, start, end)
    value = header.first("content-type")
    known = _TYPE.match(value)
    content_type = f"{known[1]}/{known[2]}".lower() if known else _odd_type(value, default)
    return Part(header, body, end, content_type, parameters(value) if ";" in value else {})


def _odd_type(value: str, default: str) -> str:
    """What an empty or half-written Content-Type most likely meant."""
    word = value.partition(";")[0].strip(" /\"'").lower()
    known = {"text": "text/plain", "multipart": "multipart/mixed", "html": "text/html"}
    return known.get(word, default if not word else "application/octet-stream")


def _places(raw: bytes, part: Part, faults: list[str], room: int) -> list[tuple[int, int]]:
    """Where the children of a part begin and end."""
    if not part.is_multipart:
        return []
    marks = _marks(raw, part, part.parameters.get("boundary", ""), room + 2)
    if not marks:
        guess = _LOOKS_LIKE_MARK.search(raw, max(part.start - 1, 0), part.end)
        marks = _marks(raw, part, guess[1].decode("latin-1"), room + 2) if guess else []
        faults.append(NO_BOUNDARY if marks else NO_PARTS)
    places = [
        (after, _without_line_end(raw, after, following))
        for (_, after, _), (following, *_) in zip(marks, [*marks[1:], (part.end, 0, True)], strict=False)
    ]
    part.first_mark = marks[0][0] if marks else part.end
    closed = [position for position, (_, _, closes) in enumerate(marks) if closes]
    if closed:
        places = places[: closed[0]]
    if len(places) > max(room, 0):
        faults.append(TOO_MANY)
    elif marks and not closed:
        faults.append(NOT_CLOSED)
    return places[: max(room, 0)]


def _marks(raw: bytes, part: Part, boundary: str, most: int) -> list[tuple[int, int, bool]]:
    """The boundary lines: where each begins, where the next line begins, and whether it closes."""
    mark = b"--" + boundary.rstrip().encode("utf-8", "replace")
    if mark == b"--" and '"' not in part.header.first("content-type"):
        return []
    found: list[tuple[int, int, bool]] = []
    place = (
        part.start if raw.startswith(mark, part.start, part.end) else _next(raw, mark, part.start - 1, part.end)
    )
    while place >= 0 and len(found) <= most:
        stop = raw.find(b"\n", place + len(mark), part.end)
        stop = part.end if stop < 0 else stop
        rest = raw[place + len(mark) : min(stop, place + len(mark) + 200)].strip()
        closes = rest.startswith(b"--")
        if not rest or closes:
            found.append((place, min(stop + 1, part.end), closes))
        if closes:
            break
        place = _next(raw, mark, stop, part.end)
    return found


def _next(raw: bytes, mark: bytes, start: int, end: int) -> int:
    place = raw.find(b"\n" + mark, max(start, 0), end)
    return place + 1 if place >= 0 else -1


def _without_line_end(raw: bytes, start: int, end: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if end > start and raw[end - 1 : end] == b"\n":
        end -= 1
    return end - 1 if end > start and raw[end - 1 : end] == b"\r" else end


def _blank_lines(raw: bytes, start: int) -> int:
    """How many bytes of blank lines stand before the header: some exports begin with them."""
    found = re.compile(rb"(?:[ \t]*\r?\n)*").match(raw, start, start + 1000)
    assert found
    return found.end() - start
