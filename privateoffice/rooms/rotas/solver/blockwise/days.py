"""How many days running somebody is on duty, how many are free between, and on how many weekends, compiled."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from itertools import chain

from ..model import Problem, Rule
from .limits import Bound
from .units import Run

ByDay = Mapping[date, tuple[str, ...]]


def wanted_days(problem: Problem) -> tuple[date, date]:
    """The first and last day for which anybody is wanted."""
    blocks = [problem.block[each.block] for each in problem.demands]
    return min(each.first for each in blocks), max(each.last for each in blocks)


def _by_day(rule: Rule, bound: Bound) -> ByDay:
    found: dict[date, list[str]] = defaultdict(list)
    for block in bound.by(rule):
        for day in block.days:
            found[day].append(block.id)
    return {day: tuple(found[day]) for day in sorted(found)}


def runs_of_days(rule: Rule, bound: Bound) -> Iterator[Run]:
    """Too many days running, too few, and too few free. A run that reaches the last day may go on after it."""
    on, last = _by_day(rule, bound), wanted_days(bound.problem)[1]
    numbers = rule.numbers
    for day in on:
        yield from _too_many(rule, bound, on, day)
        for length in range(1, numbers["shortest"]):
            if day + timedelta(length) <= last:
                yield from _pattern(rule, bound, on, _span(day, length), _ends(day, length), "short")
        for length in range(1, numbers["rest"]):
            yield from _pattern(
                rule, bound, on, [day, day + timedelta(length + 1)], _span(day + timedelta(1), length), "rest"
            )


def _too_many(rule: Rule, bound: Bound, on: ByDay, day: date) -> Iterator[Run]:
    groups = tuple(on.get(each, ()) for each in _span(day, rule.numbers["longest"] + 1))
    if all(groups):
        yield Run(rule, bound.person, f"long {day}", groups, len(groups) - 1)


def _pattern(rule: Rule, bound: Bound, on: ByDay, worked: list[date], free: list[date], tag: str) -> Iterator[Run]:
    """On duty on each of some days and on none of others."""
    groups = tuple(on.get(each, ()) for each in worked)
    if all(groups):
        unless = tuple(dict.fromkeys(chain.from_iterable(on.get(each, ()) for each in free)))
        whole = set(chain.from_iterable(groups))
        if not (len(whole) == 1 and whole & set(unless)):
            yield Run(
                rule, bound.person, f"{tag} {len(free)} {worked[0]} {worked[-1]}", groups, len(groups) - 1, unless
            )


def _span(day: date, length: int) -> list[date]:
    return [day + timedelta(n) for n in range(length)]


def _ends(day: date, length: int) -> list[date]:
    return [day - timedelta(1), day + timedelta(length)]


def weekends_worked(rule: Rule, bound: Bound) -> Iterator[Run]:
    first, last = wanted_days(bound.problem)
    weekends: dict[tuple[int, int], list[str]] = defaultdict(list)
    for day, blocks in _by_day(rule, bound).items():
        if first <= day <= last and day.weekday() >= 5:
            weekends[day.isocalendar()[:2]].extend(blocks)
    groups = tuple(tuple(dict.fromkeys(blocks)) for blocks in weekends.values())
    if len(groups) > rule.numbers["at_most"]:
        yield Run(rule, bound.person, "", groups, rule.numbers["at_most"])


DAYS: Mapping[str, Callable[[Rule, Bound], Iterator[Run]]] = {
    "runs-of-days": runs_of_days,
    "weekends-worked": weekends_worked,
}
