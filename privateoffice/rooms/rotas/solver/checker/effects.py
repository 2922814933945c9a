"""What one edit by hand does, said while somebody types."""

from collections.abc import Iterable, Iterator, Sequence

from .. import words
from ..answers import AMBER, GREEN, RED, Breach, Change, Effect, Share
from ..model import Assignment, Problem
from . import judging, shares
from .roster import Roster

Pair = tuple[Share, Share]


def check_one(problem: Problem, assignments: Iterable[Assignment], change: Change) -> Effect:
    """The breaches that an edit brings and heals, whom it makes better or worse off, and one colour for it all.

    Only the two people concerned and the rules about several people are looked at again.
    """
    return check_many(problem, assignments, [change])


def check_many(problem: Problem, assignments: Iterable[Assignment], changes: Sequence[Change]) -> Effect:
    """The same for edits that are made together, as in a swap."""
    before = after = Roster.of(problem, assignments)
    for change in changes:
        after = after.after(change)
    people = {person for change in changes for person in (change.leaves, change.takes) if person}
    was, will = _around(before, people), _around(after, people)
    brings = tuple(each for key, each in will.items() if key not in was and not each.accepted)
    heals = tuple(each for key, each in was.items() if key not in will)
    moved = tuple(_moved(before, after, people))
    missing = sum(_missing(after, block) for block in {change.block for change in changes})
    said = tuple(_said(problem, brings, moved, missing))
    return Effect(brings, heals, moved, missing, _colour(brings, moved, missing), said)


def _missing(roster: Roster, block: str) -> int:
    demand = roster.problem.demand.get(block)
    return max(0, demand.wanted - len(roster.on.get(block, ()))) if demand else 0


def _around(roster: Roster, people: Iterable[str]) -> dict[tuple[str, str, tuple[str, ...]], Breach]:
    found = [*judging.personal(roster, sorted(people)), *judging.joint(roster), *judging.decided(roster)]
    return {(each.rule, each.person, each.blocks): each for each in judging.kept(roster, found)}


def _moved(before: Roster, after: Roster, people: Iterable[str]) -> Iterator[Pair]:
    for pool in shares.pools(before):
        for person in sorted(set(people) & pool.parts.keys()):
            pairs = zip(shares.of_person(before, pool, person), shares.of_person(after, pool, person), strict=True)
            yield from (pair for pair in pairs if pair[0].credits != pair[1].credits)


def _colour(brings: tuple[Breach, ...], moved: tuple[Pair, ...], missing: int) -> str:
    if any(each.waiver is None for each in brings):
        return RED
    return AMBER if brings or missing or any(_worse(*pair) for pair in moved) else GREEN


def _worse(was: Share, will: Share) -> bool:
    return abs(will.deviation) > abs(was.deviation)


def _said(problem: Problem, brings: tuple[Breach, ...], moved: tuple[Pair, ...], missing: int) -> Iterator[str]:
    yield from (each.words for each in brings)
    if missing:
        yield f"{missing} still missing."
    for was, will in moved:
        if _worse(was, will):
            side = "more" if will.deviation > 0 else "fewer"
            away = f"{abs(will.deviation)} {side} than their fair share of {will.kind}"
            yield f"{words.name(problem, will.person)} has {away}: {will.credits}, not {_range(will)}."


def _range(share: Share) -> str:
    return str(share.low) if share.low == share.high else f"{share.low} or {share.high}"
