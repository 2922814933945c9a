"""Turns pairs of block and person into the rota that is handed out, with its proof. It needs no solver."""

import math
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from ..answers import Solution
from ..effort import Effort
from ..model import Assignment, Problem
from ..written import model_hash
from . import naming
from .singles import Question
from .units import Pair

MODEL = 1
"""Goes up with whatever changes the answer to the same question."""


@cache
def made_by() -> str:
    return f"blocks {MODEL}, ortools {version('ortools')}"


def solution(
    problem: Problem,
    effort: Effort,
    pairs: frozenset[Pair],
    better: float,
    seconds: float,
    cut_short: bool = False,
) -> Solution:
    """A rota with its faults named. `better` is by how much another may be cheaper, as far as is known."""
    question = Question(problem)
    parts = naming.parts(question, pairs)
    cost = sum(parts.values())
    bound = max(0, cost - math.floor(min(better, cost) + 1e-6))
    return Solution(
        assignments=assignments(problem, pairs),
        gaps=naming.gaps(problem, pairs),
        waived=naming.waived(question, pairs),
        parts=parts,
        cost=cost,
        bound=bound,
        proven=bound == cost,
        proof=proof_line(cost, bound),
        mode=effort.mode,
        seed=effort.seed,
        model_hash=model_hash(problem),
        version=made_by(),
        cut_short=cut_short,
        seconds=round(seconds, 3),
    )


def proof_line(cost: int, bound: int) -> str:
    """What is proven, in the words under a rota."""
    if bound >= cost:
        return "No rota under these rules can be better."
    better = math.ceil(1000 * (cost - bound) / cost) / 10
    if better > 50:
        return "Not proven: a better rota may exist."
    return f"No rota under these rules can be better by more than {better:.1f} %."


def assignments(problem: Problem, pairs: Iterable[Pair]) -> tuple[Assignment, ...]:
    """The duties of the rota in the order of time; the tail of the last rota is not part of it."""
    stands = {(each.block, each.person) for each in problem.fixed}
    wanted = [pair for pair in pairs if pair[0] in problem.demand or pair not in stands]
    order = sorted(wanted, key=lambda pair: (problem.block[pair[0]].begins, pair))
    return tuple(Assignment(block, person) for block, person in order)
