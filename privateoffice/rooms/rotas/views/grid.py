"""How a rota is laid out: duties and people down, days across, fairness beside."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from privateoffice.foundations.clock import clock, holidays, words
from privateoffice.foundations.offices.models import Person
from privateoffice.rooms.rotas.models import A_DAY, Away, Duty, DutyType, Member
from privateoffice.rooms.rotas.services.problem import Ground, drafted, problem_of
from privateoffice.rooms.rotas.solver import answers, checker, model

LETTERS = {
    Away.Kind.LEAVE: "L",
    Away.Kind.COURT: "C",
    Away.Kind.COURSE: "T",
    Away.Kind.SICK: "X",
    Away.Kind.RESTRICTED: "R",
    Away.Kind.OTHER: "N",
}
WIDEST = 28
SCALE = 4
"""Half the width of the drawing of a share, and the width of one day too many or too few in it."""


@dataclass(frozen=True)
class Day:
    """One column."""

    on: date
    is_weekend: bool
    holiday: str
    is_today: bool

    @property
    def classes(self) -> str:
        marks = (("we", self.is_weekend), ("bh", bool(self.holiday)), ("today", self.is_today))
        return " ".join(name for name, is_so in marks if is_so)


@dataclass(frozen=True)
class Bar:
    """One duty over the days that it takes, or days on which nobody is wanted."""

    width: int
    duty: Duty | None = None
    name: str = ""
    is_past: bool = False
    is_broken: bool = False

    @property
    def classes(self) -> str:
        duty = self.duty
        if duty is None:
            return "none"
        marks = (
            ("gap", duty.person_id is None),
            ("pin", duty.is_pinned),
            ("past", self.is_past),
            ("moved", duty.period.is_published and duty.is_moved),
            ("broken", self.is_broken),
        )
        return " ".join(name for name, is_so in marks if is_so)


@dataclass
class CoverRow:
    """One duty and who has it, block after block."""

    duty_type: DutyType
    bars: list[Bar] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """One person on one day."""

    classes: str
    letter: str = ""
    word: str = ""
    key: str = ""


@dataclass(frozen=True)
class Deviation:
    """How far somebody is from their target, drawn to the left or right of a line."""

    days: int
    colour: str

    @property
    def words(self) -> str:
        if not self.days:
            return "on target"
        return f"{abs(self.days)} {'over' if self.days > 0 else 'under'}"

    @property
    def width(self) -> int:
        return min(WIDEST, max(2, abs(self.days) * SCALE // 2))

    @property
    def x(self) -> int:
        return 30 if self.days > 0 else 30 - self.width

    @property
    def fill(self) -> str:
        return "f-amber" if self.days > 0 and self.colour == answers.RED else "f-grey"


@dataclass
class PersonRow:
    """One person: their days, and what they have done beside their target."""

    member: Member
    name: str
    cells: list[Cell]
    weekends: int
    holidays: int
    days: int
    deviation: Deviation
    note: str = ""


class Grid:
    """A rota over some days, worked out from what was read once."""

    def __init__(self, ground: Ground, first: date, last: date):
        self.ground, self.first, self.last = ground, first, last

    @cached_property
    def days(self) -> list[Day]:
        today = clock.today()
        return [
            Day(day, day.weekday() >= 5, _holiday(day), day == today)
            for day in (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        ]

    @cached_property
    def problem(self) -> model.Problem:
        return problem_of(self.ground)

    @cached_property
    def breaches(self) -> tuple[answers.Breach, ...]:
        return checker.check(self.problem, drafted(self.ground.duties))

    @cached_property
    def broken(self) -> list[answers.Breach]:
        """The rules broken that nobody has accepted."""
        return [breach for breach in self.breaches if not breach.accepted and breach.blocks]

    @cached_property
    def waived(self) -> list[answers.Breach]:
        return [breach for breach in self.breaches if breach.accepted]

    @cached_property
    def gaps(self) -> list[Duty]:
        """Every gap of the period, not only of the days shown."""
        return [duty for duty in self.ground.duties if duty.person_id is None]

    @cached_property
    def _broken_keys(self) -> set[str]:
        return {block for breach in self.broken for block in breach.blocks}

    @cached_property
    def _same(self) -> set[str]:
        """Surnames that more than one person of the rota has: they are told apart by an initial."""
        counted = Counter(member.person.surname for member in self.ground.members)
        return {surname for surname, count in counted.items() if count > 1}

    def short_name(self, person: Person) -> str:
        """The surname, with an initial where somebody else here has it: "Astleford, R"."""
        return f"{person.surname}, {person.forenames[:1]}" if person.surname in self._same else person.surname

    @cached_property
    def cover(self) -> list[CoverRow]:
        """The duties from the top of the order of escalation down."""
        shown = [duty for duty in self.ground.duties if duty.last_on >= self.first and duty.first_on <= self.last]
        by_type: dict[int, list[Duty]] = defaultdict(list)
        for duty in shown:
            by_type[duty.duty_type_id].append(duty)
        types = [each for each in self.ground.duty_types if not each.is_by_desk and each.pk in by_type]
        return [self._cover_row(each, by_type[each.pk]) for each in types]

    def _cover_row(self, duty_type: DutyType, duties: list[Duty]) -> CoverRow:
        row, day = CoverRow(duty_type), self.first
        for duty in sorted(duties, key=lambda one: one.first_on):
            begins, ends = max(duty.first_on, self.first), min(duty.last_on, self.last)
            if begins > day:
                row.bars.append(Bar((begins - day).days))
            row.bars.append(
                Bar(
                    (ends - begins).days + 1,
                    duty,
                    self.short_name(duty.person) if duty.person else "",
                    is_past=duty.ends_at <= self.ground.now,
                    is_broken=str(duty.pk) in self._broken_keys,
                )
            )
            day = ends + A_DAY
        if day <= self.last:
            row.bars.append(Bar((self.last - day).days + 1))
        gaps = sum(duty.person_id is None for duty in duties)
        broken = sum(str(duty.pk) in self._broken_keys for duty in duties)
        said = [words.counted(gaps, "gap")] if gaps else []
        row.note = ", ".join(said + ([words.counted(broken, "rule broken", "rules broken")] if broken else []))
        return row

    @cached_property
    def people(self) -> list[PersonRow]:
        """The people of the rota in their order, with those first who are sharing the first duty."""
        return [self._person_row(member) for member in sorted(self.ground.members, key=_place)]

    def _person_row(self, member: Member) -> PersonRow:
        mine = self._shares.get(member.person_id, [])
        by_kind: dict[str, int] = defaultdict(int)
        for share in mine:
            by_kind[share.kind] += share.credits
        total = [share for share in mine if share.kind == model.TOTAL]
        short = self.short_name(member.person)
        worst = max((share.colour for share in total), key=_rank, default=answers.GREEN)
        return PersonRow(
            member=member,
            name=f"{member.person.rank} {short}"
            if member.person.is_officer
            else f"{member.person.forenames} {short}",
            cells=[self._cell(member, day) for day in self.days],
            weekends=by_kind[model.WEEKEND],
            holidays=by_kind[model.BANK_HOLIDAY],
            days=by_kind[model.TOTAL],
            deviation=Deviation(sum(share.deviation for share in total), worst),
            note=self._note(member),
        )

    @cached_property
    def _shares(self) -> dict[int, list[answers.Share]]:
        found: dict[int, list[answers.Share]] = defaultdict(list)
        for share in checker.fairness(self.problem, drafted(self.ground.duties)):
            found[int(share.person)].append(share)
        return found

    @cached_property
    def _on(self) -> dict[tuple[int, date], Duty]:
        return {(d.person_id, day): d for d in self.ground.duties if d.person_id for day in d.days}

    @cached_property
    def _away(self) -> dict[tuple[int, date], Away]:
        return {
            (away.person_id, day.on): away
            for away in self.ground.away
            for day in self.days
            if away.starts_on <= day.on and (away.ends_on is None or day.on <= away.ends_on)
        }

    def _cell(self, member: Member, day: Day) -> Cell:
        away, duty = self._away.get((member.person_id, day.on)), self._on.get((member.person_id, day.on))
        marks = day.classes
        if duty:
            both = f", and {away.get_kind_display().lower()}" if away else ""
            clash = " broken" if away or str(duty.pk) in self._broken_keys else ""
            return Cell(
                f"c-{duty.duty_type.colour}{clash} {marks}",
                duty.duty_type.letter,
                f"{duty.duty_type.name}{both}",
                duty.key,
            )
        if away:
            return Cell(f"c-{away.kind} {marks}", LETTERS[Away.Kind(away.kind)], away.get_kind_display())
        if not member.stands_on(day.on) or not member.works_on(day.on):
            return Cell(f"c-off {marks}", word="Not available")
        return Cell(marks)

    @cached_property
    def _skills(self) -> dict[int, list[Any]]:
        held: dict[int, list[Any]] = defaultdict(list)
        for skill in self.ground.skills:
            held[skill.person_id].append(skill)
        return held

    def _note(self, member: Member) -> str:
        """What about a person needs a look: a skill that ends, joining or leaving within the days shown."""
        needed = {each.skill for each in member.duty_types.all() if each.skill}
        for name in sorted(needed):
            ends = [
                s.ends_on for s in self._skills[member.person_id] if s.name == name and s.starts_on <= self.last
            ]
            if not ends:
                return f"{name} not recorded"
            if None not in ends and max(e for e in ends if e) < self.last:
                return f"{name} in date to {words.short_day(max(e for e in ends if e))}"
        if member.starts_on > self.first:
            return f"On the rota from {words.short_day(member.starts_on)}"
        if member.ends_on and member.ends_on < self.last:
            return f"On the rota to {words.short_day(member.ends_on)}"
        return ""

    @cached_property
    def twin(self) -> list[tuple[date, list[Duty]]]:
        """The same as a list: each day on which a duty begins, and who has it."""
        by_day: dict[date, list[Duty]] = defaultdict(list)
        for duty in self.ground.duties:
            if self.first <= duty.first_on <= self.last or (duty.first_on < self.first <= duty.last_on):
                by_day[max(duty.first_on, self.first)].append(duty)
        return sorted(by_day.items())


def _place(member: Member) -> tuple[int, int, str, str, int]:
    """By the first duty that somebody does, then as the rota orders them, then by name."""
    first = min((each.order for each in member.duty_types.all()), default=0)
    return first, member.order, member.person.surname, member.person.forenames, member.pk


def _rank(colour: str) -> int:
    return {answers.GREEN: 0, answers.AMBER: 1, answers.RED: 2}.get(colour, 0)


def _holiday(day: date) -> str:
    held = holidays.on(day) or holidays.on(day, holidays.OFFICERS)
    return held.name if held else ""


def months_of(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The months of a period, cut at its edges."""
    day = first
    while day <= last:
        after = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        yield day, min(last, after - A_DAY)
        day = after


def legend(duty_types: Iterable[DutyType]) -> list[tuple[str, str, str]]:
    """What the letters and hatches mean: class, letter, word."""
    duties = [(f"c-{each.colour}", each.letter, each.name) for each in duty_types if not each.is_by_desk]
    away = [(f"c-{kind.value}", LETTERS[kind], str(kind.label)) for kind in LETTERS]
    return [*duties, *away, ("c-off", "", "Not available"), ("gapkey", "?", "Gap"), ("we", "", "Weekend")]
