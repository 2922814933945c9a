"""What the ledger reads of a message at first: a few fields of its header, found without taking it apart."""

import hashlib
import re
from dataclasses import dataclass

from privateoffice.connectors.mail.addresses import addresses
from privateoffice.connectors.mail.headers import split_header
from privateoffice.connectors.mail.markings import FIELDS, SECRET, marked
from privateoffice.foundations.records.markings import marking_of_subject

HEADER_BYTES = 256 * 1024
_END = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"(?im)^(message-id|in-reply-to|from)[ \t]*:((?:[^\r\n]|\r?\n(?=[ \t]))*)")
_ID = re.compile(rb"<([^<>]+)>")
_ADDRESS = re.compile(rb"<([!-;=?-~]+@[!-;=?-~]+)>\s*$|^\s*([!-;=?-~]+@[!-;=?-~]+)\s*$")
_MAY_BE_SECRET = re.compile(rb"secret|=\?", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """Message-ID and the one that is answered, in digest, and the sender's address."""

    message_id: str = ""
    answers: str = ""
    sender: str = ""
    is_held_outside: bool = False


def head_of(raw: bytes) -> Head:
    """What the ledger keeps of a header. Held outside is what its header marks SECRET or above."""
    end = _END.search(raw, 0, HEADER_BYTES)
    top = raw[: end.start() if end else HEADER_BYTES]
    found: dict[bytes, bytes] = {}
    for field in _FIELD.finditer(top):
        found.setdefault(field[1].lower(), field[2])
    return Head(
        strand(found.get(b"message-id", b"")),
        strand(found.get(b"in-reply-to", b"")),
        _sender(found.get(b"from", b"")),
        bool(_MAY_BE_SECRET.search(top)) and _is_above_ceiling(top),
    )


def strand(value: bytes) -> str:
    """A Message-ID in digest, as conversations hold it; nothing where there is none."""
    one = _ID.search(value)
    if not one:
        return ""
    text = f"<{one[1].decode('utf-8', 'replace').strip()}>"
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _sender(value: bytes) -> str:
    plain = _ADDRESS.search(value)
    if plain:
        return (plain[1] or plain[2]).decode("ascii", "replace").lower()[:320]
    found = addresses([value.decode("utf-8", "replace").replace("\x00", "")])
    return found[0]["address"].lower()[:320] if found else ""


def _is_above_ceiling(top: bytes) -> bool:
    header, _ = split_header(top + b"\r\n\r\n")
    subject = header.text("subject")
    told = marking_of_subject(subject)
    fields = [value for name in FIELDS for value in header.all(name)]
    return marked(subject, fields, "")["marking"] == SECRET or bool(told and told.is_above_ceiling)
