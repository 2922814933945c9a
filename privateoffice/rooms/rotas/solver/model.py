"""What a rota is: people, duties cut into blocks, what is wanted, what forbids it, and the answer.

Identifiers are words that the caller chose and gets back. Days are local to Europe/London and inclusive; moments
are aware, and the time between two of them is what really passes (see `minutes_between`), never the difference of
two clocks. Credits are whole numbers. Nothing here knows the database, the solver or the checker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from .facts import (
    BANK_HOLIDAY,
    CHRISTMAS,
    COURSE,
    COURT,
    FAIR_KINDS,
    LEAVE,
    LONDON,
    MUST,
    NEVER,
    NIGHT,
    OFFICERS,
    RESTRICTED,
    SICK,
    STAFF,
    TOTAL,
    WEEKDAY,
    WEEKEND,
    Absence,
    Block,
    Demand,
    DutyType,
    Holiday,
    Person,
    Rule,
    Skill,
    minutes_between,
)

__all__ = [
    "BANK_HOLIDAY",
    "CHRISTMAS",
    "COURSE",
    "COURT",
    "FAIR_KINDS",
    "LEAVE",
    "LONDON",
    "MUST",
    "NEVER",
    "NIGHT",
    "OFFICERS",
    "RESTRICTED",
    "SICK",
    "STAFF",
    "TOTAL",
    "WEEKDAY",
    "WEEKEND",
    "Absence",
    "Assignment",
    "Block",
    "Demand",
    "DutyType",
    "Fairness",
    "History",
    "Holiday",
    "Person",
    "Pin",
    "Problem",
    "Request",
    "Rule",
    "Skill",
    "Waiver",
    "minutes_between",
]


@dataclass(frozen=True)
class Assignment:
    """This person does this block."""

    block: str
    person: str


@dataclass(frozen=True)
class Pin:
    """Somebody decided that a person must or must never do a block."""

    block: str
    person: str
    kind: str = MUST
    words: str = ""


@dataclass(frozen=True)
class Request:
    """A wish: to have a block, or (`wants` False) not to have it. Unmet it costs `weight`."""

    block: str
    person: str
    wants: bool = False
    weight: int = 1
    words: str = ""


@dataclass(frozen=True)
class History:
    """What a person did before: credits of one kind in one duty type, earned in `days` days of being available."""

    person: str
    duty: str
    kind: str
    credits: int
    days: int = 0


@dataclass(frozen=True)
class Waiver:
    """A breach that is accepted: the rule, the person, the blocks concerned, and in whose name."""

    rule: str
    person: str
    blocks: tuple[str, ...] = ()
    price: int = 0
    words: str = ""
    reason: str = ""
    authorised_by: str = ""


@dataclass(frozen=True)
class Fairness:
    """What is shared out, most important first, each with what one credit too many or too few costs.

    `weights` empty: a ladder is made from `order`; with `strict` no amount of a later kind outweighs one credit of
    an earlier one. Duty types in one tuple of `pools` are shared out together; any other is shared out alone.
    """

    order: tuple[str, ...] = FAIR_KINDS
    weights: tuple[int, ...] = ()
    strict: bool = False
    pools: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Problem:
    """A rota to be made. Blocks without a demand are there for what stands already (`fixed`): the tail of the
    last rota, the past. `published` is what people were told; `now` is when the question is asked."""

    name: str
    people: tuple[Person, ...]
    duties: tuple[DutyType, ...]
    blocks: tuple[Block, ...]
    demands: tuple[Demand, ...]
    rules: tuple[Rule, ...] = ()
    absences: tuple[Absence, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    pins: tuple[Pin, ...] = ()
    requests: tuple[Request, ...] = ()
    history: tuple[History, ...] = ()
    fixed: tuple[Assignment, ...] = ()
    published: tuple[Assignment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    fairness: Fairness = Fairness()
    now: datetime | None = None

    @cached_property
    def person(self) -> Mapping[str, Person]:
        return {each.id: each for each in self.people}

    @cached_property
    def duty(self) -> Mapping[str, DutyType]:
        return {each.id: each for each in self.duties}

    @cached_property
    def block(self) -> Mapping[str, Block]:
        return {each.id: each for each in self.blocks}

    @cached_property
    def calendars(self) -> Mapping[str, Mapping[date, Holiday]]:
        """The bank holidays that count, for officers and for staff."""
        names = {name for each in self.holidays for name in each.counts_for}
        return {name: {each.day: each for each in self.holidays if name in each.counts_for} for name in names}

    def credits(self, person: str, block: str) -> Mapping[str, int]:
        """What a block is worth to a person: days in all, weekends, nights, bank holidays of theirs, Christmas."""
        return self._credits(self.person[person].calendar, block)

    def _credits(self, calendar: str, block: str) -> Mapping[str, int]:
        if (calendar, block) not in self._worth:
            self._worth[calendar, block] = self._counted(calendar, self.block[block])
        return self._worth[calendar, block]

    @cached_property
    def _worth(self) -> dict[tuple[str, str], Mapping[str, int]]:
        return {}

    def _counted(self, calendar: str, block: Block) -> Mapping[str, int]:
        off = self.calendars.get(calendar, {})
        falls = [off[day] for day in block.days if day in off]
        return {
            TOTAL: len(block.days),
            WEEKEND: len({day.isocalendar()[:2] for day in block.days if day.weekday() >= 5}),
            NIGHT: len(block.days) if self.duty[block.duty].night else 0,
            BANK_HOLIDAY: len(falls),
            CHRISTMAS: int(any(each.christmas for each in falls)),
        }

    @cached_property
    def demand(self) -> Mapping[str, Demand]:
        return {each.block: each for each in self.demands}
