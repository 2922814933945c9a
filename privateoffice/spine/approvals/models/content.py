"""What an approval binds: the content of an outgoing item in one canonical form, and its fingerprint.

Date, Message-ID and transport headers are outside. Everything inside is written out as JSON with sorted keys and
ASCII only, so that the same content gives the same bytes on every machine and no two contents share them.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field

FORM = "private-office content 1"
LONGEST_LINE = 998
"""Characters: the longest line of a mail header (RFC 5322)."""

_ADDRESS = re.compile(r"[^\s@<>,;:\"\\()\[\]\x00-\x1f\x7f]+@[^\s@<>,;:\"\\()\[\]\x00-\x1f\x7f]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


class Unfit(ValueError):
    """The content cannot be sent as it is. Carries a sentence that says why."""


@dataclass(frozen=True)
class Addressee:
    """One recipient: `kind` is to, cc, bcc or post; the address of a letter by post may have many lines."""

    kind: str
    name: str
    address: str


@dataclass(frozen=True)
class Enclosure:
    """One file that goes with the text, by the SHA-256 of its bytes. `is_rendered` is the item itself as PDF."""

    name: str
    content_type: str
    digest: str
    is_rendered: bool = False


@dataclass(frozen=True)
class Content:
    """All that is bound of one outgoing item."""

    item_class: str
    channel: str
    in_name_of: str
    sender_name: str
    sender_address: str
    subject: str
    text: str
    marking: int
    handling: str
    recipients: tuple[Addressee, ...]
    enclosures: tuple[Enclosure, ...] = field(default=())

    @property
    def canonical(self) -> bytes:
        said = json.dumps([FORM, asdict(self)], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        return said.encode("ascii")

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the canonical form, in hexadecimal."""
        return hashlib.sha256(self.canonical).hexdigest()


def refuse_unfit(content: Content) -> None:
    """Refuse what could not be kept or would break out of a header."""
    if not content.recipients:
        raise Unfit("Say who it goes to.")
    for addressee in content.recipients:
        refuse_unfit_address(addressee)
    one_liners = [content.subject, content.sender_name, content.sender_address, content.handling]
    one_liners += [addressee.name for addressee in content.recipients]
    one_liners += [enclosure.name for enclosure in content.enclosures]
    for words in one_liners:
        if _CONTROL.search(words) or len(words) > LONGEST_LINE:
            raise Unfit("A name or a subject must be one line without control characters.")
    for words in [*one_liners, content.text, *(addressee.address for addressee in content.recipients)]:
        if "\x00" in words or any("\ud800" <= letter <= "\udfff" for letter in words):
            raise Unfit("There is a character in it that cannot be kept.")


def refuse_unfit_address(addressee: Addressee) -> None:
    """Refuse an address that nothing can be sent to."""
    if addressee.kind not in {"to", "cc", "bcc", "post"}:
        raise Unfit(f"“{addressee.kind}” is no way of addressing somebody.")
    if addressee.kind == "post":
        if not addressee.address.strip():
            raise Unfit("A letter by post needs an address.")
    elif not _ADDRESS.fullmatch(addressee.address):
        raise Unfit(f"“{addressee.address}” is not an email address.")


def as_kept(text: str) -> str:
    """Text with one kind of line ending, as it is kept and bound."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def in_groups(fingerprint: str) -> str:
    """A fingerprint as people read it, in groups of four."""
    return " ".join(fingerprint[start : start + 4] for start in range(0, len(fingerprint), 4))


def as_typed(words: str) -> str:
    """A fingerprint as it was typed from paper, without its spaces."""
    return re.sub(r"\s+", "", words).lower()
