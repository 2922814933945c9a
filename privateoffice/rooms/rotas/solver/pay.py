"""What is owed for duty: on-call allowance by dated rates, hours worked in a month, rest to be given back.

Pure functions over a rota. An amount is pence; a span over a change of the clocks counts the minutes that passed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from .model import LONDON, Assignment, Block, Problem, Rule, minutes_between

MIDNIGHT = time()


@dataclass(frozen=True)
class Rate:
    """What a day with any time on call is worth from a day on, and where that stands. Not `sure`: check first."""

    since: date
    pence: int
    source: str
    sure: bool = True


RATES = (
    Rate(date(2013, 4, 1), 1500, "Police Regulations 2003, on-call allowance: £15"),
    Rate(date(2019, 9, 1), 2000, "Police Regulations 2003, on-call allowance: £20 from 1 September 2019"),
    Rate(date(2024, 9, 1), 2500, "Police Regulations 2003, on-call allowance: £25 from 1 September 2024"),
    Rate(date(2025, 9, 1), 3500, "On-call allowance: £35 from 1 September 2025. Check before use", sure=False),
)


class RateUnknown(ValueError):
    """No rate is known for a day: a guess would be paid out."""


def rate_on(day: date, rates: Sequence[Rate] = RATES) -> Rate:
    """The rate that holds on a day."""
    held = [rate for rate in rates if rate.since <= day]
    if not held:
        raise RateUnknown(f"No on-call rate is known for {day.isoformat()}.")
    return max(held, key=lambda rate: rate.since)


@dataclass(frozen=True)
class Allowance:
    """A person's on-call days of a month, and what they come to. `sure`: every rate used is confirmed."""

    person: str
    days: tuple[date, ...]
    pence: int
    sure: bool


def allowances(
    problem: Problem,
    rota: Iterable[Assignment],
    month: date,
    day_starts: time = MIDNIGHT,
    rates: Sequence[Rate] = RATES,
) -> tuple[Allowance, ...]:
    """Each person's allowance for the days of 24 hours that begin in the month and hold any time on call."""
    rota = tuple(rota)
    return tuple(
        _allowance(person, days, rates)
        for person in dict.fromkeys(each.person for each in rota)
        if (days := _days(problem, _blocks(problem, rota, person, on_call=True), month, day_starts))
    )


def _allowance(person: str, days: tuple[date, ...], rates: Sequence[Rate]) -> Allowance:
    used = [rate_on(day, rates) for day in days]
    return Allowance(person, days, sum(rate.pence for rate in used), all(rate.sure for rate in used))


def _blocks(problem: Problem, rota: Iterable[Assignment], person: str, on_call: bool) -> list[Block]:
    mine = (problem.block[each.block] for each in rota if each.person == person)
    return [each for each in mine if problem.duty[each.duty].on_call is on_call]


def _days(problem: Problem, blocks: list[Block], month: date, day_starts: time) -> tuple[date, ...]:
    """The days, by when each one begins, that any of the blocks touches."""
    found = set()
    for block in blocks:
        day = block.start_at.date() - timedelta(1)
        while datetime.combine(day, day_starts, LONDON) < block.end_at:
            if datetime.combine(day + timedelta(1), day_starts, LONDON) > block.start_at:
                found.add(day)
            day += timedelta(1)
    return tuple(sorted(day for day in found if (day.year, day.month) == (month.year, month.month)))


@dataclass(frozen=True)
class Hours:
    """Minutes of a person in a month: worked on tours, and available on call, which is no working time."""

    person: str
    worked: int
    on_call: int


def hours(problem: Problem, rota: Iterable[Assignment], month: date) -> tuple[Hours, ...]:
    """Each person's minutes in a month; a tour over its end is split at midnight."""
    rota, (opens, closes) = tuple(rota), _bounds(month)
    people = dict.fromkeys(each.person for each in rota)
    found = (
        Hours(
            person,
            sum(_within(each, opens, closes) for each in _blocks(problem, rota, person, on_call=False)),
            sum(_within(each, opens, closes) for each in _blocks(problem, rota, person, on_call=True)),
        )
        for person in people
    )
    return tuple(each for each in found if each.worked or each.on_call)


def _bounds(month: date) -> tuple[datetime, datetime]:
    first = month.replace(day=1)
    following = (first + timedelta(32)).replace(day=1)
    return datetime.combine(first, MIDNIGHT, LONDON), datetime.combine(following, MIDNIGHT, LONDON)


def _within(block: Block, opens: datetime, closes: datetime) -> int:
    return max(0, minutes_between(max(block.start_at, opens), min(block.end_at, closes)))


@dataclass(frozen=True)
class Owed:
    """Rest to be given back: the minutes that were missing between one tour and the next."""

    person: str
    minutes: int
    after: str
    before: str


def rest_owed(problem: Problem, rota: Iterable[Assignment], rule: Rule) -> tuple[Owed, ...]:
    """The compensatory rest that a rest rule leaves owing, in the order of time."""
    rota = tuple(rota)
    people = sorted({each.person for each in rota})
    return tuple(owed for person in people for owed in _owed(problem, rota, rule, person))


def _owed(problem: Problem, rota: tuple[Assignment, ...], rule: Rule, person: str) -> Iterator[Owed]:
    tours = [each for each in _blocks(problem, rota, person, on_call=False) if rule.binds(person, each)]
    tours.sort(key=lambda each: each.begins)
    for one, other in pairwise(tours):
        missing = rule.numbers["minutes"] - max(0, other.begins - one.finishes)
        if missing > 0:
            yield Owed(person, missing, one.id, other.id)
