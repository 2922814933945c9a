"""The words of a chaser: one letter a person, whatever there is to chase. They live in templates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.markings import Marking
from privateoffice.spine.actions.models import Action
from privateoffice.spine.actions.models.ladder import OWNER
from privateoffice.spine.actions.services.contacts import Contact

TEMPLATE = "actions/letters/chaser.txt"
SUBJECT = "actions/letters/subject.txt"
BLANK_LINES = re.compile(r"\n[ \t]*(\n[ \t]*)+\n|\n[ \t]+\n")


@dataclass(frozen=True)
class Item:
    """One action in a letter: why it is there, and as what its reader is told of it."""

    action: Action
    rung: str
    capacity: str
    at: datetime
    stands_in: bool = False

    @property
    def days_late(self) -> int:
        return self.action.days_late(self.at)

    @property
    def url(self) -> str:
        return f"{settings.SITE_URL}{self.action.get_absolute_url()}"


@dataclass
class Letter:
    """What one person is sent."""

    office: Office
    writer: str
    to: Contact
    at: datetime
    items: list[Item] = field(default_factory=list)

    @property
    def owed(self) -> list[Item]:
        """What its reader owes."""
        return [item for item in self.items if item.capacity == OWNER and not item.stands_in]

    @property
    def unowned(self) -> list[Item]:
        """What its reader is asked instead of an owner who cannot be."""
        return [item for item in self.items if item.stands_in]

    @property
    def others(self) -> int:
        """How many it holds that its reader does not owe."""
        return len(self.items) - len(self.owed)

    @property
    def told(self) -> list[Item]:
        """What its reader is copied in."""
        return [item for item in self.items if item.capacity != OWNER and item.rung != "slips"]

    @property
    def slipped(self) -> list[Item]:
        """What was put back a third time."""
        return [item for item in self.items if item.capacity != OWNER and item.rung == "slips"]

    @property
    def marking(self) -> int:
        return max((item.action.marking for item in self.items), default=Marking.OFFICIAL)

    @property
    def handling(self) -> str:
        said = dict.fromkeys(item.action.handling for item in self.items if item.action.handling)
        return "; ".join(said)

    @property
    def subject(self) -> str:
        return " ".join(render_to_string(SUBJECT, {"letter": self}).split())

    @property
    def text(self) -> str:
        return BLANK_LINES.sub("\n\n", render_to_string(TEMPLATE, {"letter": self}).strip()) + "\n"


class Letters:
    """The letters of one climb: whoever is told of many things is told at once."""

    def __init__(self, office: Office, writer: str, at: datetime):
        self.office, self.writer, self.at = office, writer, at
        self._by_address: dict[str, Letter] = {}

    def add(self, to: Contact, item: Item) -> Letter:
        """Put an item in the letter to somebody; of one action only what touches them most."""
        letter = self._by_address.setdefault(to.email.lower(), Letter(self.office, self.writer, to, self.at))
        if all(other.action.pk != item.action.pk for other in letter.items):
            letter.items.append(item)
        return letter

    def add_all(self, people: Iterable[tuple[str, Contact]], action: Action, rung: str) -> None:
        for capacity, contact in people:
            self.add(contact, Item(action, rung, capacity, self.at, contact.stands_in))

    def __iter__(self) -> Iterator[Letter]:
        return iter(self._by_address.values())
