"""Working time compiled: some long rest in each week, and a cap on minutes in each period of weeks."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from .. import words
from ..model import LONDON, Block, Rule
from .limits import Bound
from .units import Limit, Rest

FORTNIGHTS_FROM = date(2024, 1, 1)
"""A Monday. The fortnights of the weekly rest are counted from it."""


def weekly_rest(rule: Rule, bound: Bound) -> Iterator[Rest]:
    tours = bound.tours(rule)
    touched = sorted({week for each in tours for week in _weeks(each)})
    for week in touched:
        fortnight = week - timedelta((week - FORTNIGHTS_FROM).days % 14)
        options = [
            *_options(tours, week, 7, rule.numbers["minutes"]),
            *_options(tours, fortnight, 14, rule.numbers["fortnight_minutes"]),
        ]
        if all(options):
            inside = tuple(each.id for each in tours if week in _weeks(each))
            yield Rest(rule, bound.person, week.isoformat(), tuple(_smallest(options)), inside)


def _weeks(tour: Block) -> list[date]:
    last = words.monday((tour.end_at - timedelta(minutes=1)).date())
    first = words.monday(tour.start_at.date())
    return [first + timedelta(7 * n) for n in range((last - first).days // 7 + 1)]


def _options(tours: list[Block], first: date, days: int, minutes: int) -> Iterator[tuple[str, ...]]:
    """The sets of tours to leave free: a long rest begins with the period or where a tour ends."""
    opens, closes = _midnight(first), _midnight(first + timedelta(days))
    starts = {opens, *(each.finishes for each in tours if opens < each.finishes)}
    for start in sorted(starts):
        if start + minutes <= closes:
            yield tuple(e.id for e in tours if e.begins < start + minutes and start < e.finishes)


def _midnight(day: date) -> int:
    return int(datetime.combine(day, time(), LONDON).timestamp() // 60)


def _smallest(options: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Without each option that asks for more than another one does."""
    kept: list[set[str]] = []
    for option in sorted(options, key=len):
        if not any(each <= set(option) for each in kept):
            kept.append(set(option))
            yield option


def average_hours(rule: Rule, bound: Bound) -> Iterator[Limit]:
    weeks = rule.numbers["weeks"]
    cap = (rule.numbers["minutes_a_week"] - bound.problem.person[bound.person].weekly_minutes) * weeks
    tours = bound.tours(rule)
    for start in sorted({words.monday(each.first) for each in tours}):
        until = start + timedelta(7 * weeks)
        terms = tuple((each.id, each.minutes) for each in tours if start <= each.first < until)
        if sum(minutes for _, minutes in terms) > max(cap, 0):
            yield Limit(rule, bound.person, "", terms, max(cap, 0))


WORKTIME: Mapping[str, Callable[[Rule, Bound], Iterator[Limit | Rest]]] = {
    "weekly-rest": weekly_rest,
    "average-hours": average_hours,
}
