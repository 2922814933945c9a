"""Rules about several people at once, and the compiling of all rules for a set of possible pairs."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from ..model import Person, Problem, Rule
from .days import DAYS
from .limits import LIMITS, Bound
from .units import Company, Moment, Pair, Unit
from .worktime import WORKTIME


def compiled(problem: Problem, possible: Collection[Pair]) -> Iterator[Unit]:
    """Every unit that these pairs of block and person could break."""
    by_person: dict[str, list[str]] = defaultdict(list)
    for block, person in possible:
        by_person[person].append(block)
    for who in problem.people:
        if who.id in by_person:
            yield from personal(problem, Bound(problem, who.id, by_person[who.id]))
    yield from _joint(problem, possible)


def personal(problem: Problem, bound: Bound) -> Iterator[Unit]:
    for rule in problem.rules:
        if rule.kind in LIMITS:
            yield from LIMITS[rule.kind](rule, bound)
        elif rule.kind in DAYS:
            yield from DAYS[rule.kind](rule, bound)
        elif rule.kind in WORKTIME:
            yield from WORKTIME[rule.kind](rule, bound)


def _joint(problem: Problem, possible: Collection[Pair]) -> Iterator[Unit]:
    rules = [each for each in problem.rules if each.kind in ("together", "company")]
    on = _by_block(possible) if rules else {}
    for rule in rules:
        yield from (_together if rule.kind == "together" else _company)(rule, problem, on)


def _by_block(possible: Collection[Pair]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for block, person in sorted(possible):
        found[block].append(person)
    return found


def _at(problem: Problem, on: dict[str, list[str]], minute: int) -> Iterator[Pair]:
    for block in problem.blocks:
        if block.begins <= minute < block.finishes:
            for person in on.get(block.id, ()):
                yield block.id, person


def _bound(rule: Rule, problem: Problem, pair: Pair) -> bool:
    return pair[1] in rule.people and rule.binds(pair[1], problem.block[pair[0]])


def _together(rule: Rule, problem: Problem, on: dict[str, list[str]]) -> Iterator[Moment]:
    bound = [(b, p) for b, people in on.items() for p in people if _bound(rule, problem, (b, p))]
    for minute in sorted({problem.block[b].begins for b, _ in bound}):
        pairs = tuple(each for each in _at(problem, on, minute) if _bound(rule, problem, each))
        if len({person for _, person in pairs}) > rule.numbers["at_most"]:
            yield Moment(rule, str(minute), pairs, rule.numbers["at_most"])


def _company(rule: Rule, problem: Problem, on: dict[str, list[str]]) -> Iterator[Company]:
    for block, people in on.items():
        for person in people:
            if _bound(rule, problem, (block, person)):
                others = _at(problem, on, problem.block[block].begins)
                helpers = tuple(each for each in others if _helps(rule, problem, each))
                yield Company(rule, person, block, helpers)


def _helps(rule: Rule, problem: Problem, pair: Pair) -> bool:
    block, person = problem.block[pair[0]], problem.person[pair[1]]
    return person.id not in rule.people and all(
        _has(person, skill, block.first, block.last) for skill in rule.words
    )


def _has(person: Person, skill: str, first: date, last: date) -> bool:
    return any(each.name == skill and each.in_date(first, last) for each in person.skills)
