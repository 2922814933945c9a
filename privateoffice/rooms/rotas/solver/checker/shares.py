"""Who has how much of what, beside a target in proportion to how long each was available."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..answers import AMBER, GREEN, RED, Share
from ..model import Person, Problem
from .roster import Roster


@dataclass(frozen=True)
class Pool:
    """Duty types that are shared out together, with each person's part of the whole, in percent-days."""

    name: str
    duties: tuple[str, ...]
    parts: dict[str, int]


def of_all(roster: Roster) -> Iterator[Share]:
    """Every share of everybody, pool by pool."""
    for pool in pools(roster):
        for person in pool.parts:
            yield from of_person(roster, pool, person)


def pools(roster: Roster) -> tuple[Pool, ...]:
    return roster.once("pools", lambda: tuple(_pools(roster.problem)))


def _pools(problem: Problem) -> Iterator[Pool]:
    joined = {duty for pool in problem.fairness.pools for duty in pool}
    alone = tuple((duty.id,) for duty in problem.duties if duty.id not in joined)
    for duties in (*problem.fairness.pools, *alone):
        wanted = [problem.block[each.block] for each in problem.demands]
        blocks = [each for each in wanted if each.duty in duties]
        if blocks:
            days = {day for block in blocks for day in block.days}
            members = [each for each in problem.people if set(each.duties) & set(duties)]
            yield Pool(" + ".join(duties), duties, {p.id: _part(problem, p, days, duties) for p in members})


def _part(problem: Problem, person: Person, days: set, duties: tuple[str, ...]) -> int:
    away = {
        day
        for each in problem.absences
        if each.person == person.id
        for day in days
        if each.first <= day <= each.last
    }
    here = sum(person.in_post(day, day) for day in days - away)
    before = {(h.duty, h.days) for h in problem.history if h.person == person.id and h.duty in duties}
    return here * person.share + 100 * sum(days for _, days in before)


def of_person(roster: Roster, pool: Pool, person: str) -> Iterator[Share]:
    """One person's shares in one pool, one for each kind that the unit shares out."""
    has = _has(roster, pool, person)
    for kind in roster.problem.fairness.order:
        low, high = _target(roster, pool, person, kind)
        yield Share(person, pool.name, kind, has[kind], low, high, _colour(has[kind], low, high))


def _has(roster: Roster, pool: Pool, person: str) -> Counter:
    problem, has = roster.problem, Counter(_before(roster)[person, pool.name])
    for block in roster.held.get(person, ()):
        if block.duty in pool.duties and block.id in problem.demand:
            has.update(problem.credits(person, block.id))
    return has


def _before(roster: Roster) -> dict[tuple[str, str], Counter]:
    return roster.once("before", lambda: _history(roster))


def _history(roster: Roster) -> dict[tuple[str, str], Counter]:
    found: dict[tuple[str, str], Counter] = {
        (p, pool.name): Counter() for pool in pools(roster) for p in pool.parts
    }
    for pool in pools(roster):
        for each in roster.problem.history:
            if each.duty in pool.duties and each.person in pool.parts:
                found[each.person, pool.name][each.kind] += each.credits
    return found


def _target(roster: Roster, pool: Pool, person: str, kind: str) -> tuple[int, int]:
    """The floor and the ceiling of this person's part of all credits, done and to be done, on their calendar."""
    whole = sum(pool.parts.values())
    if not whole:
        return 0, 0
    total = roster.once(
        (pool.name, roster.problem.person[person].calendar, kind), lambda: _total(roster, pool, person, kind)
    )
    exact = total * pool.parts[person]
    return exact // whole, -(-exact // whole)


def _total(roster: Roster, pool: Pool, person: str, kind: str) -> int:
    problem = roster.problem
    wanted = sum(
        demand.wanted * problem.credits(person, demand.block)[kind]
        for demand in problem.demands
        if problem.block[demand.block].duty in pool.duties
    )
    done = sum(_before(roster)[p, pool.name][kind] for p in pool.parts)
    return wanted + done


def _colour(has: int, low: int, high: int) -> str:
    away = max(has - high, low - has, 0)
    return GREEN if not away else AMBER if away * 4 <= max(4, high) else RED


def unfairness(shares: Iterable[Share], weights: dict[str, int]) -> int:
    """What the deviations cost by the unit's weights."""
    return sum(weights.get(each.kind, 0) * abs(each.deviation) for each in shares)
