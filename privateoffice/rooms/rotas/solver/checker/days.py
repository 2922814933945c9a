"""Rules about days running, free days between and weekends, judged day by day over what somebody has."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, pairwise
from types import MappingProxyType

from .. import words
from ..answers import Breach
from ..model import Block, Problem, Rule
from .roster import Judges, Roster

ONE = timedelta(1)


def _days(roster: Roster, rule: Rule, person: str) -> dict[date, list[Block]]:
    found: dict[date, list[Block]] = {}
    for block in roster.blocks(person, rule):
        for day in block.days:
            found.setdefault(day, []).append(block)
    return found


def _runs(on: dict[date, list[Block]]) -> list[list[date]]:
    """The days on duty, cut where one is free."""
    runs: list[list[date]] = []
    for day in sorted(on):
        if runs and runs[-1][-1] + ONE == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _ends(problem: Problem) -> tuple[date, date]:
    blocks = [problem.block[each.block] for each in problem.demands]
    return min(each.first for each in blocks), max(each.last for each in blocks)


def _runs_of_days(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    on, numbers = _days(roster, rule, person), rule.numbers
    _, last = roster.once("ends", lambda: _ends(roster.problem))
    runs = _runs(on)
    for run in runs:
        for start in range(len(run) - numbers["longest"]):
            long = run[start : start + numbers["longest"] + 1]
            yield _said(roster, rule, person, on, long, f"{len(long)} days running")
        if len(run) < numbers["shortest"] and run[-1] < last:
            yield _said(roster, rule, person, on, run, f"only {len(run)} day{'s' * (len(run) > 1)} running")
    for before, after in pairwise(runs):
        if (after[0] - before[-1]).days - 1 < numbers["rest"]:
            free = (after[0] - before[-1]).days - 1
            said = f"only {free} free {'day' if free == 1 else 'days'} between duties"
            yield _said(roster, rule, person, on, [before[-1], after[0]], said)


def _weekends(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    on = _days(roster, rule, person)
    first, last = roster.once("ends", lambda: _ends(roster.problem))
    days = [day for day in sorted(on) if first <= day <= last and day.weekday() >= 5]
    count = len({day.isocalendar()[:2] for day in days})
    if count > rule.numbers["at_most"]:
        yield _said(roster, rule, person, on, days, f"{count} weekends")


def _said(
    roster: Roster, rule: Rule, person: str, on: dict[date, list[Block]], days: list[date], what: str
) -> Breach:
    blocks = list({each.id: each for each in chain.from_iterable(on[day] for day in days)}.values())
    text = f"{words.name(roster.problem, person)} has {what}, {words.span(days[0], days[-1])}. Rule: {rule.name}."
    return roster.breach(rule, person, blocks, text)


JUDGES: Judges = MappingProxyType({"runs-of-days": _runs_of_days, "weekends-worked": _weekends})
