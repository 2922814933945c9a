"""Invented units whose on-call rotas the benchmarks make: 14 people with three roles, 60 people with six."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from privateoffice.rooms.rotas.solver import blocks
from privateoffice.rooms.rotas.solver.model import (
    BANK_HOLIDAY,
    Absence,
    Block,
    Demand,
    DutyType,
    Fairness,
    History,
    Holiday,
    Person,
    Pin,
    Problem,
)
from privateoffice.rooms.rotas.solver.rules import catalogue

FIRST, WEEKS = date(2026, 10, 5), 26
HOLIDAYS = (
    Holiday(date(2026, 12, 25), "Christmas Day", christmas=True),
    Holiday(date(2026, 12, 26), "Boxing Day", ("officers",), christmas=True),
    Holiday(date(2026, 12, 28), "Boxing Day (substitute)"),
    Holiday(date(2027, 1, 1), "New Year's Day"),
    Holiday(date(2027, 3, 26), "Good Friday"),
    Holiday(date(2027, 3, 29), "Easter Monday"),
)
KEYS = ("one-at-a-time", "in-post", "sick", "leave", "court", "course", "two-of-three")


def small(seed: int) -> Problem:
    """14 people, 3 roles with overlapping pools, 26 weeks of Monday to Thursday and Friday to Sunday."""
    return unit(14, {"sio": range(6), "deputy": range(4, 11), "ds": range(6, 14)}, seed)


def large(seed: int) -> Problem:
    """60 people, 6 roles with overlapping pools."""
    return unit(60, {f"role{k}": range(max(0, 10 * k - 3), min(60, 10 * k + 12)) for k in range(6)}, seed)


def unit(size: int, roles: Mapping[str, Sequence[int]], seed: int) -> Problem:
    """Three weeks of leave each and a history of bank holidays, drawn by the seed."""
    drawn, last = random.Random(seed), FIRST + timedelta(7 * WEEKS - 1)
    duties = tuple(DutyType(role, role.title(), role) for role in roles)
    cut = tuple(b for duty in duties for b in blocks.cut(duty, FIRST, last, blocks.WEEK_AND_WEEKEND, HOLIDAYS))
    people = tuple(
        Person(f"p{n:02}", f"Person {n:02}", tuple(role for role, pool in roles.items() if n in pool))
        for n in range(size)
    )
    return Problem(
        name=f"{size} people, seed {seed}",
        people=people,
        duties=duties,
        blocks=cut,
        demands=tuple(Demand(block.id) for block in cut),
        rules=tuple(rule for rule in catalogue(FIRST) if rule.key in KEYS),
        absences=tuple(leave for person in people for leave in _leaves(person.id, drawn)),
        holidays=HOLIDAYS,
        history=tuple(_history(people, drawn)),
        fairness=Fairness(("bank holiday", "weekend", "total"), (20, 8, 2)),
    )


def _leaves(person: str, drawn: random.Random) -> list[Absence]:
    starts = [FIRST + timedelta(drawn.randrange(7 * WEEKS - 7)) for _ in range(3)]
    return [Absence(person, start, start + timedelta(6)) for start in starts]


def _history(people: Sequence[Person], drawn: random.Random) -> list[History]:
    done = {person.id: drawn.randrange(3) for person in people}
    return [History(p.id, duty, BANK_HOLIDAY, done[p.id], 182) for p in people for duty in p.duties]


def impossible(unit: Problem, seed: int) -> Problem:
    """The unit with one place that nobody can fill, for one of four kinds of reasons, and a strict custom."""
    drawn = random.Random(seed)
    strict = tuple(replace(rule, waiver=None) if rule.key == "two-of-three" else rule for rule in unit.rules)
    return KINDS[seed % len(KINDS)](replace(unit, rules=strict), drawn)


def _place(unit: Problem, duty: str, drawn: random.Random) -> list[Block]:
    """Three blocks that follow one another, away from both ends."""
    mine = [block for block in unit.blocks if block.duty == duty]
    start = drawn.randrange(2, len(mine) - 4)
    return mine[start : start + 3]


def _pool(unit: Problem, *duties: str) -> list[str]:
    return [person.id for person in unit.people if set(duties) & set(person.duties)]


def _away(unit: Problem, people: Iterable[str], blocks: Sequence[Block], drawn: random.Random) -> Problem:
    more = (
        Absence(p, blocks[0].first, blocks[-1].last, drawn.choice(["leave", "course", "court"])) for p in people
    )
    return replace(unit, absences=(*unit.absences, *more))


def _all_away(unit: Problem, drawn: random.Random) -> Problem:
    duty = drawn.choice(unit.duties).id
    return _away(unit, _pool(unit, duty), _place(unit, duty, drawn)[:1], drawn)


def _one_left_for_three(unit: Problem, drawn: random.Random) -> Problem:
    """One person is there for three blocks running, and may have two of them."""
    duty = drawn.choice(unit.duties).id
    pool = _pool(unit, duty)
    pool.remove(drawn.choice(pool))
    return _away(unit, pool, _place(unit, duty, drawn), drawn)


def _one_left_for_two_roles(unit: Problem, drawn: random.Random) -> Problem:
    """Two roles at the same time have one person between them."""
    shared = [person for person in unit.people if len(person.duties) > 1]
    kept = drawn.choice(shared)
    duties = drawn.sample(kept.duties, 2)
    pool = [each for each in _pool(unit, *duties) if each != kept.id]
    return _away(unit, pool, _place(unit, duties[0], drawn)[:1], drawn)


def _pinned_elsewhere(unit: Problem, drawn: random.Random) -> Problem:
    """The only one who is there is pinned to another role at the same time."""
    kept = drawn.choice([person for person in unit.people if len(person.duties) > 1])
    here, there = drawn.sample(kept.duties, 2)
    place = _place(unit, here, drawn)[:1]
    other = next(b for b in unit.blocks if b.duty == there and b.first == place[0].first)
    pool = [each for each in _pool(unit, here) if each != kept.id]
    return replace(_away(unit, pool, place, drawn), pins=(Pin(other.id, kept.id),))


KINDS = (_all_away, _one_left_for_three, _one_left_for_two_roles, _pinned_elsewhere)
