"""Taking a rota in from a sheet: whole or not at all, as one change that can be seen and undone."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.rooms.rotas.models import Change, Duty, Period, Rota
from privateoffice.rooms.rotas.services.faults import NothingChanged
from privateoffice.rooms.rotas.services.periods import open_period
from privateoffice.rooms.rotas.services.placing import Placing, record, split_duty
from privateoffice.rooms.rotas.services.sheets import Sheet, Turn


@dataclass
class Plan:
    """What a sheet would do to a period: who goes where, and what it says that the period has no place for."""

    placings: list[Placing] = field(default_factory=list)
    unchanged: int = 0
    outside: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        return [
            f"{duty.duty_type}, {duty.first_on:%d %b} to {duty.last_on:%d %b}: "
            f"{_name(duty.person)} to {_name(person)}"
            for duty, person in self.placings
        ]


def _name(person: Person | None) -> str:
    return person.ranked_name if person else "nobody"


def plan_of(period: Period, turns: Iterable[Turn]) -> Plan:
    """Compare a sheet with the draft, duty by duty. Days that the period does not hold are named and left."""
    by_day: dict[tuple[int, date], Turn] = {}
    plan = Plan()
    for turn in turns:
        for day in range(turn.first_on.toordinal(), turn.last_on.toordinal() + 1):
            by_day[turn.duty_type.pk, date.fromordinal(day)] = turn
    for duty in Duty.objects.filter(period=period).in_order():
        duty.period = period
        _compare(plan, duty, by_day)
    held = {turn.where for turn in by_day.values()}
    inside = {t.where for (_, day), t in by_day.items() if period.starts_on <= day <= period.ends_on}
    plan.outside = sorted(held - inside)
    return plan


def _compare(plan: Plan, duty: Duty, by_day: dict[tuple[int, date], Turn]) -> None:
    """One duty of ours beside the sheet: the person whom the sheet has on its first day, if it has that day."""
    turn = by_day.get((duty.duty_type_id, duty.first_on))
    if turn is None:
        return
    if duty.person_id == (turn.person.pk if turn.person else None):
        plan.unchanged += 1
    else:
        plan.placings.append((duty, turn.person))


@verb("rotas.take_in")
def take_in(period: Period, sheet: Sheet, *, source: str) -> Change:
    """Take a sheet into the draft, whole. Where it cuts a block of ours, the block is cut."""
    _cut_where_the_sheet_does(period, sheet.turns)
    plan = plan_of(period, sheet.turns)
    if not plan.placings:
        raise NothingChanged
    change = record(period, plan.placings, words=f"Taken in from {source}"[:300])
    trail(period, duties=len(change.lines))
    return change


def _cut_where_the_sheet_does(period: Period, turns: Iterable[Turn]) -> None:
    """Cut our blocks at each day on which the sheet changes hands inside them."""
    starts: dict[int, set[date]] = defaultdict(set)
    for turn in turns:
        starts[turn.duty_type.pk].add(turn.first_on)
    for duty in list(Duty.objects.filter(period=period).in_order()):
        duty.period = period
        for day in sorted(day for day in starts[duty.duty_type_id] if duty.first_on < day <= duty.last_on):
            duty = split_duty(duty, on=day)


@verb("rotas.take_in")
def take_in_new(rota: Rota, sheet: Sheet, *, starts_on: date, ends_on: date, source: str) -> Period:
    """Open a period and take a sheet into it."""
    period = open_period(rota, starts_on=starts_on, ends_on=ends_on)
    take_in(period, sheet, source=source)
    return period
