"""A message to be sent, written from plain fields so that no field can add a line to its header."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_KIND = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,80}")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")


class NotSendable(Exception):
    """A field cannot be put into a message. The text is fit to show."""


@dataclass(frozen=True)
class Person:
    """Who writes or is written to."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Attached:
    """A file to go with a message."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Outgoing:
    """All that goes on the wire. Those in `bcc` are for the envelope and never written down."""

    author: Person
    to: Sequence[Person]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: Sequence[Person] = ()
    bcc: Sequence[Person] = ()
    html: str = ""
    sent_by: Person | None = None
    reply_to: Sequence[Person] = ()
    in_reply_to: str = ""
    references: Sequence[str] = ()
    attachments: Sequence[Attached] = field(default_factory=tuple)
    is_automatic: bool = False

    @property
    def recipients(self) -> list[str]:
        """Every address of the envelope, each once, in order."""
        return list(dict.fromkeys(one.address for one in (*self.to, *self.cc, *self.bcc)))


def compose(outgoing: Outgoing) -> bytes:
    """The message with CRLF line ends; the same fields give the same bytes. Raises NotSendable."""
    if not outgoing.recipients:
        raise NotSendable("The message has nobody to go to.")
    for person in outgoing.bcc:
        _mailbox(person)
    lines = [
        _people("From", [outgoing.author]),
        *([_people("Sender", [outgoing.sent_by])] if outgoing.sent_by else []),
        *(_people(name, people) for name, people in _listed(outgoing) if people),
        f"Subject: {_encoded(_one_line(outgoing.subject, 'subject'))}",
        f"Date: {format_datetime(outgoing.date)}",
        *_identity(outgoing),
        *(["Auto-Submitted: auto-generated"] if outgoing.is_automatic else []),
        "MIME-Version: 1.0",
    ]
    return _header(lines) + _body(outgoing.text, outgoing.html, outgoing.attachments)


def rewritten(fields: Iterable[tuple[str, str]], text: str, html: str, attachments: Sequence[Attached]) -> bytes:
    """A message written anew from what was read in another format."""
    known = {"content-type", "content-transfer-encoding", "mime-version", "content-disposition"}
    lines = [
        f"{name.title()}: {_encoded(_CONTROL.sub(' ', value))}"
        for name, value in fields
        if name not in known and re.fullmatch(r"[!-9;-~]{1,200}", name)
    ]
    return _header([*lines, "MIME-Version: 1.0"]) + _body(text, html, attachments)


def _listed(outgoing: Outgoing) -> list[tuple[str, Sequence[Person]]]:
    return [("To", outgoing.to), ("Cc", outgoing.cc), ("Reply-To", outgoing.reply_to)]


def _identity(outgoing: Outgoing) -> list[str]:
    ids = [outgoing.message_id, *([outgoing.in_reply_to] if outgoing.in_reply_to else []), *outgoing.references]
    for one in ids:
        if not _MESSAGE_ID.fullmatch(one):
            raise NotSendable("The message's own number is not one that mail programs understand.")
    lines = [f"Message-ID: {outgoing.message_id}"]
    if outgoing.in_reply_to:
        lines.append(f"In-Reply-To: {outgoing.in_reply_to}")
    if outgoing.references:
        lines.append("References: " + "\r\n ".join(outgoing.references))
    return lines


def _people(name: str, people: Sequence[Person]) -> str:
    return f"{name}: " + ",\r\n ".join(_mailbox(person) for person in people)


def _mailbox(person: Person) -> str:
    name = _one_line(person.name, "name")
    if not _ADDRESS.fullmatch(person.address) or ".." in person.address:
        shown = _CONTROL.sub(" ", person.address)[:80]
        raise NotSendable(f"“{shown}” is not an address that mail can be sent to.")
    if not name:
        return person.address
    if _ATOMS.fullmatch(name) and "=?" not in name and len(name) < 200:
        return f"{name} <{person.address}>"
    if name.isascii() and "=?" not in name and len(name) < 200:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{person.address}>'
    return f"{_words(name)}\r\n <{person.address}>"


def _one_line(text: str, what: str) -> str:
    if _CONTROL.search(text):
        raise NotSendable(f"The {what} holds a line break or another character that cannot be seen. Take it out.")
    return " ".join(text.split(" ")).strip()


def _encoded(text: str) -> str:
    """The text as it stands in a header: plain if it can be, else encoded words; never a line over 998."""
    is_plain = text.isascii() and "=?" not in text and all(len(word) < 200 for word in text.split(" "))
    if not is_plain or "  " in text:
        return _words(text)
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > 65 and lines[-1]:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\r\n ".join(lines)


def _words(text: str) -> str:
    pieces, held = [], b""
    for letter in text:
        raw = letter.encode("utf-8", "replace")
        if len(held) + len(raw) > 42:
            pieces.append(held)
            held = b""
        held += raw
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(piece).decode()}?=" for piece in [*pieces, held] if piece)


def _header(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _body(text: str, html: str, attachments: Sequence[Attached]) -> bytes:
    """The MIME header lines that belong to the body, a blank line, and the body."""
    shown = _text("plain", text)
    if html:
        shown = _many("alternative", [shown, _text("html", html)])
    return _many("mixed", [shown, *map(_file, attachments)]) if attachments else shown


def _text(kind: str, text: str) -> bytes:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    coded = binascii.b2a_qp(raw if raw.endswith(b"\n") else raw + b"\n", istext=True)
    coded = re.sub(rb"(?m)^From ", b"=46rom ", coded).replace(b"\n", b"\r\n")
    head = [f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"]
    return _header([*head, ""]) + coded


def _many(kind: str, parts: Sequence[bytes]) -> bytes:
    mark = "part-" + hashlib.sha256(b"".join(parts)).hexdigest()[:40]
    head = _header([f'Content-Type: multipart/{kind}; boundary="{mark}"', ""])
    line = mark.encode()
    return head + b"".join(b"--" + line + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + line + b"--\r\n"


def _file(attached: Attached) -> bytes:
    kind = attached.content_type.lower()
    kind = kind if _KIND.fullmatch(kind) and not kind.startswith("multipart/") else "application/octet-stream"
    head = [f"Content-Type: {kind}", f"Content-Disposition: attachment{_named(attached.name)}"]
    if kind == "message/rfc822":
        return _header([*head, "Content-Transfer-Encoding: 8bit", ""]) + attached.content
    coded = base64.encodebytes(attached.content).replace(b"\n", b"\r\n")
    return _header([*head, "Content-Transfer-Encoding: base64", ""]) + coded


def _named(name: str) -> str:
    """The file name twice: in plain letters for old programs, and as it is (RFC 2231) in pieces."""
    name = _one_line(name, "name of an attachment")[:255]
    plain = re.sub(r'["\\]', "_", name.encode("ascii", "replace").decode().replace("?", "_"))
    if plain == name:
        return f';\r\n filename="{plain}"' if name else ""
    coded = quote(name, safe="")
    pieces = re.findall(r"(?:%..|[^%]){1,50}", coded, re.DOTALL)
    lines = [f"filename*{number}*={piece if number else chr(39).join(('utf-8', '', piece))}"
             for number, piece in enumerate(pieces)]  # fmt: skip
    return f';\r\n filename="{plain[:100]}"' + "".join(f";\r\n {line}" for line in lines)
