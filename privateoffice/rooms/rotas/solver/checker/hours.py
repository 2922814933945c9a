"""Rules about working time: rest in each week, and hours on average."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from .. import words
from ..answers import Breach
from ..model import LONDON, Block, Rule
from .roster import Judges, Roster


def _weekly_rest(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    tours = roster.tours(person, rule)
    for week in sorted({monday for each in tours for monday in _weeks_of(each)}):
        fortnight = week - timedelta((week - date(2024, 1, 1)).days % 14)
        enough = (
            longest_rest(tours, week, 7) >= rule.numbers["minutes"]
            or longest_rest(tours, fortnight, 14) >= rule.numbers["fortnight_minutes"]
        )
        if not enough:
            inside = [each for each in tours if week in _weeks_of(each)]
            longest = words.duration(longest_rest(tours, week, 7))
            text = (
                f"{words.name(roster.problem, person)} rests no longer than {longest} in the week from "
                f"{words.day(week)}. Rule: {rule.name}."
            )
            yield roster.breach(rule, person, inside, text)


def longest_rest(tours: Iterable[Block], first: date, days: int) -> int:
    """Minutes of the longest time without a tour in these days, midnight to midnight."""
    free_from, closes = midnight(first), midnight(first + timedelta(days))
    longest = 0
    for tour in sorted(tours, key=lambda each: each.begins):
        if tour.finishes > free_from and tour.begins < closes:
            longest = max(longest, tour.begins - free_from)
            free_from = max(free_from, tour.finishes)
    return max(longest, closes - free_from)


def midnight(day: date) -> int:
    """The first minute of a day, in minutes of real time."""
    return int(datetime.combine(day, time(), LONDON).timestamp() // 60)


def _weeks_of(tour: Block) -> list[date]:
    """The Mondays of the weeks that a tour touches by the clock."""
    ends = (tour.end_at - timedelta(minutes=1)).date()
    first, last = words.monday(tour.start_at.date()), words.monday(ends)
    return [first + timedelta(7 * n) for n in range((last - first).days // 7 + 1)]


def _average_hours(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    """One breach for a person, in the worst of the periods that begin with a week of theirs."""
    weeks, most = rule.numbers["weeks"], rule.numbers["minutes_a_week"]
    besides = roster.problem.person[person].weekly_minutes
    periods = [(sum(each.minutes for each in inside), inside) for inside in _periods(roster, rule, person, weeks)]
    minutes, inside = max(periods, key=lambda each: each[0], default=(0, []))
    if minutes > (most - besides) * weeks:
        text = (
            f"{words.name(roster.problem, person)} works {words.duration(besides + minutes // weeks)} a week on "
            f"average over the {weeks} weeks from {words.day(words.monday(inside[0].first))}. Rule: {rule.name}."
        )
        yield roster.breach(rule, person, inside, text)


def _periods(roster: Roster, rule: Rule, person: str, weeks: int) -> Iterator[list[Block]]:
    tours = roster.tours(person, rule)
    for start in sorted({words.monday(each.first) for each in tours}):
        yield [each for each in tours if start <= each.first < start + timedelta(7 * weeks)]


JUDGES: Judges = MappingProxyType({"weekly-rest": _weekly_rest, "average-hours": _average_hours})
