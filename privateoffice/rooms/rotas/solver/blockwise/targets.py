"""What each person should have: their part of all credits, in proportion to how long they are there."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..model import Fairness, Person, Problem
from .units import Pair


@dataclass(frozen=True)
class Aim:
    """One person in one pool: per kind what was done before, the target from `low` to `high`, and its weight."""

    person: str
    pool: str
    duties: frozenset[str]
    before: Mapping[str, int]
    low: Mapping[str, int]
    high: Mapping[str, int]

    def price(self, kind: str, weight: int, credits: int) -> int:
        """What this many credits cost, those of before included."""
        has = credits + self.before[kind]
        return weight * (max(0, has - self.high[kind]) + max(0, self.low[kind] - has))


def weights(fairness: Fairness) -> dict[str, int]:
    """The weight of each kind: as given, or a ladder from 20 down to 2 in the order that the unit sets."""
    given = fairness.weights or _ladder(len(fairness.order))
    return dict(zip(fairness.order, given, strict=True))


def _ladder(steps: int) -> list[int]:
    if steps == 1:
        return [20]
    return [round(2 * 10 ** (n / (steps - 1))) for n in reversed(range(steps))]


def aims(problem: Problem) -> Iterator[Aim]:
    """An aim for each person of each pool that wants anything."""
    for duties in _pools(problem):
        wanted = [each for each in problem.demands if problem.block[each.block].duty in duties]
        if wanted:
            yield from _of_pool(problem, frozenset(duties), [(each.block, each.wanted) for each in wanted])


def _pools(problem: Problem) -> Iterator[tuple[str, ...]]:
    yield from problem.fairness.pools
    joined = {duty for pool in problem.fairness.pools for duty in pool}
    yield from ((duty.id,) for duty in problem.duties if duty.id not in joined)


def _of_pool(problem: Problem, duties: frozenset[str], wanted: list[tuple[str, int]]) -> Iterator[Aim]:
    members = [each for each in problem.people if duties & set(each.duties)]
    days = sorted({day for block, _ in wanted for day in problem.block[block].days})
    before = {each.id: _before(problem, each.id, duties) for each in members}
    parts = {each.id: _part(problem, each, days, duties) for each in members}
    totals: dict[str, dict[str, int]] = {}
    for each in members:
        if each.calendar not in totals:
            totals[each.calendar] = _total(problem, each.id, wanted, before)
        exact = {kind: n * parts[each.id] for kind, n in totals[each.calendar].items()}
        whole = max(1, sum(parts.values()))
        low = {kind: n // whole for kind, n in exact.items()}
        high = {kind: -(-n // whole) for kind, n in exact.items()}
        yield Aim(
            each.id, " + ".join(d.id for d in problem.duties if d.id in duties), duties, before[each.id], low, high
        )


def _before(problem: Problem, person: str, duties: frozenset[str]) -> dict[str, int]:
    has: dict[str, int] = defaultdict(int, dict.fromkeys(problem.fairness.order, 0))
    for each in problem.history:
        if each.person == person and each.duty in duties:
            has[each.kind] += each.credits
    return has


def _part(problem: Problem, person: Person, days: list[date], duties: frozenset[str]) -> int:
    """Percent-days: the days in post and not away in this period, and those in which the history was earned."""
    leaves = [each for each in problem.absences if each.person == person.id]
    here = sum(
        person.in_post(day, day) and not any(each.first <= day <= each.last for each in leaves) for day in days
    )
    earned = {
        (each.duty, each.days) for each in problem.history if each.person == person.id and each.duty in duties
    }
    return here * person.share + 100 * sum(n for _, n in earned)


def _total(
    problem: Problem, person: str, wanted: list[tuple[str, int]], before: Mapping[str, Mapping[str, int]]
) -> dict[str, int]:
    """All credits to be shared out, on one person's calendar, with those that everybody has from before."""
    return {
        kind: sum(number * problem.credits(person, block)[kind] for block, number in wanted)
        + sum(has[kind] for has in before.values())
        for kind in problem.fairness.order
    }


def had(problem: Problem, aim: Aim, pairs: frozenset[Pair]) -> dict[str, int]:
    """The credits of one aim in a rota."""
    has: dict[str, int] = dict.fromkeys(problem.fairness.order, 0)
    for block, person in pairs:
        if person == aim.person and block in problem.demand and problem.block[block].duty in aim.duties:
            for kind in has:
                has[kind] += problem.credits(person, block)[kind]
    return has
