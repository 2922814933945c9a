"""Who and what a rota is about: people, duties cut into blocks, what is wanted, who is away, and the rules.

Read them from `model`, which holds the whole of a problem.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OFFICERS, STAFF = "officers", "england"
WEEKDAY, WEEKEND, BANK_HOLIDAY, CHRISTMAS = "weekday", "weekend", "bank holiday", "Christmas"
NIGHT, TOTAL = "night", "total"
FAIR_KINDS = (BANK_HOLIDAY, CHRISTMAS, WEEKEND, NIGHT, TOTAL)
LEAVE, COURT, COURSE, SICK, RESTRICTED = "leave", "court", "course", "sick", "restricted"
MUST, NEVER = "must", "never"


def minutes_between(earlier: datetime, later: datetime) -> int:
    """Whole minutes that really pass, also over a change of the clocks."""
    return int((later.astimezone(UTC) - earlier.astimezone(UTC)).total_seconds() // 60)


@dataclass(frozen=True)
class Skill:
    """What a person is trained for, and between which days it is in date (None: no end known)."""

    name: str
    valid_from: date | None = None
    valid_until: date | None = None

    def in_date(self, first: date, last: date) -> bool:
        return (self.valid_from or first) <= first and last <= (self.valid_until or last)


@dataclass(frozen=True)
class Person:
    """Someone who can be put on duty, for the duty types in `duties` and no other.

    `share` is the working share in per cent. `pattern` is the working pattern: one word of seven marks a week,
    Monday first, `1` works and `0` does not, repeated from the Monday `pattern_from`; empty is every day.
    `restrictions` may hold "night", "weekend", "bank holiday". `calendar` says whose bank holidays count, and
    `weekly_minutes` how much is worked each week besides what this rota holds.
    """

    id: str
    name: str
    duties: tuple[str, ...] = ()
    rank: str = ""
    skills: tuple[Skill, ...] = ()
    calendar: str = OFFICERS
    share: int = 100
    weekly_minutes: int = 0
    pattern: tuple[str, ...] = ()
    pattern_from: date | None = None
    restrictions: tuple[str, ...] = ()
    post_from: date | None = None
    post_until: date | None = None

    def in_post(self, first: date, last: date) -> bool:
        return (self.post_from or first) <= first and last <= (self.post_until or last)

    def works_on(self, day: date) -> bool:
        """Whether the working pattern has this day."""
        if not self.pattern:
            return True
        anchor = self.pattern_from or date(2024, 1, 1)
        week = (day - anchor).days // 7 % len(self.pattern)
        return self.pattern[week][day.weekday()] == "1"


@dataclass(frozen=True)
class DutyType:
    """A kind of duty. `starts` and `ends` are local times; on call is no working time, a tour is.

    `ranks` are those allowed (empty: any), `skills` are all needed on every day of the block, and a duty named in
    `forbidden_followers` may not be the next one of the same person.
    """

    id: str
    name: str
    role: str = ""
    starts: str = "09:00"
    ends: str = "09:00"
    on_call: bool = True
    night: bool = False
    ranks: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    forbidden_followers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Days that one person does as one: a week on call, a weekend, one night."""

    id: str
    duty: str
    first: date
    last: date
    start_at: datetime
    end_at: datetime
    kind: str = WEEKDAY

    def __post_init__(self) -> None:
        for name in ("start_at", "end_at"):
            moment = getattr(self, name)
            if moment.tzinfo is None:
                raise ValueError(f"Block {self.id}: {name} says no time zone.")
            object.__setattr__(self, name, moment.astimezone(LONDON))
        if self.finishes <= self.begins or self.last < self.first:
            raise ValueError(f"Block {self.id} ends before it begins.")

    @cached_property
    def begins(self) -> int:
        """The start in minutes of real time, for comparing."""
        return int(self.start_at.timestamp() // 60)

    @cached_property
    def finishes(self) -> int:
        return int(self.end_at.timestamp() // 60)

    @property
    def minutes(self) -> int:
        return self.finishes - self.begins

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True)
class Demand:
    """How many people a block wants. Each one missing costs `under`; each too many costs `over` (None: never)."""

    block: str
    wanted: int = 1
    under: int = 1000
    over: int | None = None
    priority: int = 1


@dataclass(frozen=True)
class Absence:
    """Days on which a person is away, and why."""

    person: str
    first: date
    last: date
    kind: str = LEAVE
    words: str = ""


@dataclass(frozen=True)
class Holiday:
    """A bank holiday, and for whom it counts: `officers`, `england`."""

    day: date
    name: str
    counts_for: tuple[str, ...] = (OFFICERS, STAFF)
    christmas: bool = False


@dataclass(frozen=True)
class Rule:
    """One law or custom with its numbers and the text it comes from. `kind` is one of `rules.KINDS`.

    `waiver` is what a breach costs: None where no one may waive it, else its price. `applies_to` names duty types
    and `people` persons (empty: all), `not_people` those who are exempt. It binds duties that begin between
    `valid_from` and `valid_until`.
    """

    key: str
    kind: str
    name: str
    source: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    waiver: int | None = None
    applies_to: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    not_people: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None

    def binds(self, person: str, block: Block) -> bool:
        return (
            (not self.applies_to or block.duty in self.applies_to)
            and (not self.people or person in self.people)
            and person not in self.not_people
            and (self.valid_from or block.first) <= block.first <= (self.valid_until or block.first)
        )
