"""Judges a rota by its rules, and an edit by hand before it is made. Shares no code with the solver.

It walks over what people have, where the solver compiles what they could have: a fault in one is found by the
other. Only the dataclasses and the words of sentences are common to both.
"""

from collections.abc import Iterable

from ..answers import Breach, Gap, Share
from ..model import Assignment, Problem
from . import judging, shares
from .effects import check_many, check_one
from .roster import Roster

__all__ = ["check", "check_many", "check_one", "fairness", "gaps", "shares_of"]


def check(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Breach, ...]:
    """Every breach, in the order of days. What stands fixed already is not held against the new rota."""
    return judging.breaches(Roster.of(problem, assignments))


def gaps(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Gap, ...]:
    """Every block that wants more people than it has."""
    return judging.gaps(Roster.of(problem, assignments))


def fairness(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Share, ...]:
    """What everybody has of each kind in each pool, beside their target."""
    return tuple(shares.of_all(Roster.of(problem, assignments)))


def shares_of(problem: Problem, assignments: Iterable[Assignment], person: str) -> tuple[Share, ...]:
    """One person's shares, in every pool of theirs."""
    roster = Roster.of(problem, assignments)
    mine = [pool for pool in shares.pools(roster) if person in pool.parts]
    return tuple(share for pool in mine for share in shares.of_person(roster, pool, person))
