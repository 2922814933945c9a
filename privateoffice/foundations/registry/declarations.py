"""The words in which a `room.py` declares what its room keeps, does and shows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Keep:
    """How long a kind of record is kept, from which moment, and what is proposed then."""

    years: int
    after: str = "closed"  # "closed" or "made"
    then: str = "destroy"  # "destroy", "review" or "archive"
    heading: str = "Organisation, programmes and projects"


@dataclass(frozen=True)
class Kind:
    """A kind of record: its three letters, its words, its place in the address, how it is found and kept."""

    model: type[Model]
    code: str
    word: str
    words: str
    path: str
    keep: Keep
    search: tuple[str, ...] = ()
    icon: str = "file"
    fallback_owner: str = "pa"  # the role that answers for it where nobody else does

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


@dataclass(frozen=True)
class Act:
    """One thing that can be done with a row at once: a word, a key, an address, and whether it posts."""

    word: str
    key: str
    url: str
    posts: bool = False


@dataclass(frozen=True)
class Need:
    """One line of Today: what needs someone, why, whose it is, by when, and how much it hurts.

    `standing` is late, soon, well, closed or waiting (diamond, triangle, disc, tick, ring).
    `group` is now, today or waiting. `weight` orders within a group, larger first.
    `roles` says whose Today shows it. A decision is shown whole on the Commander's Today, with its one
    recommendation, and is decided there. `instead_of` names by key the lines that this one says better.
    """

    key: str
    title: str
    why: str
    url: str
    standing: str
    group: str
    due_at: datetime | None = None
    when: str = ""
    whose: str = "You"
    reference: str = ""
    weight: int = 0
    is_sensitive: bool = False
    roles: tuple[str, ...] = ("pa",)
    acts: tuple[Act, ...] = ()
    recommendation: str = ""
    is_decision: bool = False
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackLine:
    """One line in a section of the day pack."""

    title: str
    detail: str = ""
    when: str = ""
    standing: str = ""
    reference: str = ""
    whose: str = ""
    body: str = ""


@dataclass(frozen=True)
class PackPaper:
    """A paper bound into the day pack: PDF bytes as they came, and what it is marked."""

    title: str
    pdf: bytes
    marking: int
    handling: str = ""


@dataclass(frozen=True)
class PackPart:
    """What a room adds to the day pack.

    `place` is decisions, tomorrow, briefs, letters, sent, overdue_to, overdue_by, on_call or ahead.
    `marking` is the highest marking of what the part shows.
    """

    place: str
    lines: tuple[PackLine, ...] = ()
    papers: tuple[PackPaper, ...] = ()
    marking: int = 1
    handling: str = ""


MOST_COUNTED = 100
"""What waits behind a door is counted so far and no further: it is asked on every page, and shown as "99+"."""


@dataclass(frozen=True)
class Door:
    """An entry in the rail: word, address name, icon, group, key after `g`, and what waits behind it."""

    word: str
    url_name: str
    icon: str
    group: str
    key: str = ""
    verb: str = ""
    waiting: Callable[[], int] | None = None
    is_of_the_house: bool = False  # for administration, where no office is open


@dataclass(frozen=True)
class New:
    """An entry under New (`c`): a word, the address of its form, the verb that it needs."""

    word: str
    url_name: str
    verb: str
    key: str = ""


@dataclass(frozen=True)
class Every:
    """A job on a schedule, in London time: a cron expression and the task to enqueue for each office."""

    cron: str
    task: Any
    name: str
    once_for_the_house: bool = False


DISPOSITIONS = {
    "answered": "Answered",
    "enquiry": "Enquiry",
    "action": "Action",
    "engagement": "Engagement",
    "filed": "Filed",
    "re-directed": "Re-directed",
    "for_commander": "For the Commander",
    "waiting": "Waiting",
    "no_action": "No action",
}
"""What can become of an ask. Each ask has exactly one of these, or is listed by name as not dealt with."""


@dataclass(frozen=True)
class LedgerLine:
    """One line of the ledger: what it is, whose it is, and when it comes up next (past, where it stands there)."""

    title: str
    url: str
    reference: str = ""
    came_at: datetime | None = None
    whose: str = ""
    next_at: datetime | None = None
    disposition: str = ""
    detail: str = ""
    is_sensitive: bool = False


@dataclass(frozen=True)
class Inbound:
    """What comes in to a room: one row an ask, each with the one thing that became of it, or with nothing.

    `asks` gives the rows in the open scope, each with `came_at` (when it was received) and `disposition` (a key
    of DISPOSITIONS, or empty while nobody has dealt with it), as fields or annotations. `line` shows one of them;
    `office` leads from a row to its office.
    """

    word: str
    words: str
    asks: Callable[[], QuerySet]
    line: Callable[[Any], LedgerLine]
    office: str = "office"

    @property
    def slug(self) -> str:
        """How addresses name it."""
        return self.word.replace(" ", "-")


@dataclass(frozen=True)
class Open:
    """What stands open in a room. Each must have an owner and a moment at which it comes up next.

    `rows` gives the open rows in the open scope, each with `is_owned` (true where a role, or a person who is
    still here, answers for it) and `next_at` (a moment, or nothing), as fields or annotations.
    """

    model: type[Model]
    rows: Callable[[datetime], QuerySet]
    line: Callable[[Any], LedgerLine]


@dataclass(frozen=True)
class Beside:
    """What a room shows on the page of another room's record: a template of its own, and what it shows.

    `place` is where on that page: main or aside. `show` is asked with the record in scope, and gives nothing where
    the room has nothing to say.
    """

    model: type[Model]
    place: str
    template: str
    show: Callable[[Any], Mapping[str, Any] | None]


@dataclass(frozen=True)
class HeldFile:
    """A file that a record holds: `key` is how its room finds it again within the record."""

    record: Any
    key: str
    name: str
    size: int
    at: datetime
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Holding:
    """The files that a kind of record holds, so that one may go with a letter without being saved and sent again.

    `find` gives, in the open scope, the newest of those whose record or whose own name has the words, and
    the newest of all where there are none. `read` gives the bytes, and raises LookupError where there is no such
    file.
    """

    model: type[Model]
    find: Callable[[str], Iterable[HeldFile]]
    read: Callable[[Any, str], tuple[HeldFile, bytes]]


@dataclass(frozen=True)
class Room:
    """All that one room tells the house about itself.

    A watch goes on beside the scheduler from its start, and ends when the event that it is given is set.
    """

    name: str
    kinds: tuple[Kind, ...] = ()
    policy: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    doors: tuple[Door, ...] = ()
    new: tuple[New, ...] = ()
    today: Callable[[datetime], Iterable[Need]] | None = None
    daypack: Callable[[date], Iterable[PackPart]] | None = None
    jobs: tuple[Every, ...] = ()
    watches: tuple[Callable[[Any], None], ...] = ()
    receives: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    hands: tuple[str, ...] = ()
    announces: tuple[str, ...] = ()
    listens: Mapping[str, Callable[[Any], None]] = field(default_factory=dict)
    inbound: tuple[Inbound, ...] = ()
    opens: tuple[Open, ...] = ()
    besides: tuple[Beside, ...] = ()
    holdings: tuple[Holding, ...] = ()
