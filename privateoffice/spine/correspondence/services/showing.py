"""What is shown of a message besides its row: its page and its enclosures, read again from the original."""

from dataclasses import dataclass

from privateoffice.foundations.quarantine.reader import read_once
from privateoffice.foundations.scanning import services as scanning
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.services.picturing import held_for

PAGE = "privateoffice.connectors.mail.showing:page"
ATTACHMENT = "privateoffice.connectors.mail.parse:part_of"


@dataclass(frozen=True)
class Page:
    """The page of a message, safe to show inside its frame, and how many pictures were not fetched for it."""

    html: str
    remote_pictures: int


@dataclass(frozen=True)
class Enclosed:
    """One enclosure: the name to save it under, and its bytes."""

    name: str
    content: bytes


def page(message: Message) -> Page:
    """Read the page in a child. Raises Unreadable or Damaged, both with a sentence fit to show."""
    fetched = held_for(message)
    return Page(**read_once(PAGE, message.original.read(), format=message.format, fetched=fetched))


def enclosed(message: Message, place: int) -> Enclosed:
    """Read one enclosure in a child. Raises IndexError, Unreadable, Damaged or Withheld."""
    if place < 0:
        raise IndexError(place)
    listed = message.attachments[place]
    scanning.vouch_for(message.original)
    found = read_once(ATTACHMENT, message.original.read(), index=place, format=message.format)
    return Enclosed(listed["name"], bytes(found))
