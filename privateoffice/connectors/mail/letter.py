"""What every format is read into before it is summed up: a header, bodies, enclosures and faults."""

from dataclasses import dataclass, field

from privateoffice.connectors.mail.charsets import clean
from privateoffice.connectors.mail.headers import Header

TEXT_LENGTH = 2_000_000
SIGNED = "signed, not checked"
ENCRYPTED = "encrypted: open in your mail program"


@dataclass
class Enclosure:
    """A file carried by a message, decoded. `inside` names the container that it was taken from."""

    name: str
    content_type: str
    content: bytes
    cid: str = ""
    disposition: str = ""
    inside: str = ""


@dataclass
class Invitation:
    """A calendar object carried as a part, with the method of its Content-Type."""

    content: bytes
    method: str = ""


@dataclass
class Segment:
    """A stretch of the message as a reader sees it, in one or both of its dresses."""

    plain: str = ""
    html: str = ""


@dataclass
class Letter:
    """One message, read."""

    header: Header = field(default_factory=Header)
    segments: list[Segment] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    protected: str | None = None
    faults: list[str] = field(default_factory=list)

    def shortened(self, text: str) -> str:
        """The text, cut at what a page can hold, which is then said."""
        text = clean(text)
        if len(text) <= TEXT_LENGTH:
            return text
        self.faults.append(f"The text is very long: its first {TEXT_LENGTH:,} characters are shown.")
        return text[:TEXT_LENGTH]
