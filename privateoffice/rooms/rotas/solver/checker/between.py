"""Rules that a person's blocks break by standing too near or too thick."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import chain, combinations
from types import MappingProxyType

from .. import words
from ..answers import Breach
from ..model import Block, Problem, Rule
from .roster import Judges, Roster


def _two(roster: Roster, rule: Rule, person: str, one: Block, other: Block, said: str) -> Breach:
    problem = roster.problem
    text = (
        f"{words.name(problem, person)} has {words.block(problem, one)} and {words.block(problem, other)}"
        f"{said}. Rule: {rule.name}."
    )
    return roster.breach(rule, person, [one, other], text)


def _one_at_a_time(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    for one, other in combinations(roster.blocks(person, rule), 2):
        if other.begins < one.finishes:
            yield _two(roster, rule, person, one, other, " at the same time")


def _rest(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    for one, other in combinations(roster.tours(person, rule), 2):
        between = other.begins - one.finishes
        if 0 <= between < rule.numbers["minutes"]:
            yield _two(roster, rule, person, one, other, f" with {words.duration(between)} between them")


def _followers(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    for one, other in combinations(roster.blocks(person, rule), 2):
        forbidden = other.duty in roster.problem.duty[one.duty].forbidden_followers
        near = (other.first - one.last).days <= rule.numbers["days"]
        if forbidden and near and other.begins >= one.finishes:
            yield _two(roster, rule, person, one, other, ", which may not follow")


def _weeks_running(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    most = rule.numbers["weeks"]
    weeks: dict[date, list[Block]] = {}
    for block in roster.blocks(person, rule):
        weeks.setdefault(words.monday(block.first), []).append(block)
    for week in weeks:
        run = [weeks.get(week + timedelta(7 * n), []) for n in range(most + 1)]
        if all(run):
            yield _many(roster, rule, person, list(chain(*run)), f"duties in {most + 1} weeks running")


def _of_blocks(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    most, of = rule.numbers["at_most"], rule.numbers["of"]
    places = roster.once(("places", rule.key), lambda: _places(roster.problem, rule))
    mine: dict[int, list[Block]] = {}
    for block in roster.blocks(person, rule):
        mine.setdefault(places[block.first], []).append(block)
    starts = {place - n for place in mine for n in range(of) if 0 <= place - n <= len(places) - of}
    for start in sorted(starts):
        inside = list(chain.from_iterable(mine.get(start + n, []) for n in range(of)))
        if len(inside) > most:
            yield _many(roster, rule, person, inside, f"{len(inside)} of {of} blocks")


def _places(problem: Problem, rule: Rule) -> dict[date, int]:
    """The days on which blocks of this rule begin, numbered in order."""
    bound = {each.first for each in problem.blocks if not rule.applies_to or each.duty in rule.applies_to}
    return {day: place for place, day in enumerate(sorted(bound))}


def _at_most(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    most, width = rule.numbers["duties"], timedelta(rule.numbers["days"])
    places = roster.once(("places", rule.key), lambda: _places(roster.problem, rule))
    blocks = roster.blocks(person, rule)
    for start in places:
        inside = [each for each in blocks if start <= each.first < start + width]
        if len(inside) > most:
            yield _many(roster, rule, person, inside, f"{len(inside)} duties in {width.days} days")


def _at_most_credits(rule: Rule, roster: Roster, person: str) -> Iterator[Breach]:
    problem = roster.problem
    for kind in rule.words:
        worth = [(each, problem.credits(person, each.id)[kind]) for each in roster.blocks(person, rule)]
        counted = [(each, n) for each, n in worth if n]
        total = sum(n for _, n in counted)
        if total > rule.numbers["at_most"]:
            yield _many(roster, rule, person, [each for each, _ in counted], f"{total} of kind {kind}")


def _many(roster: Roster, rule: Rule, person: str, blocks: Sequence[Block], said: str) -> Breach:
    first, last = min(each.first for each in blocks), max(each.last for each in blocks)
    text = f"{words.name(roster.problem, person)} has {said}, {words.span(first, last)}. Rule: {rule.name}."
    return roster.breach(rule, person, blocks, text)


JUDGES: Judges = MappingProxyType(
    {
        "one-at-a-time": _one_at_a_time,
        "rest": _rest,
        "followers": _followers,
        "weeks-running": _weeks_running,
        "of-blocks": _of_blocks,
        "at-most": _at_most,
        "at-most-credits": _at_most_credits,
    }
)
