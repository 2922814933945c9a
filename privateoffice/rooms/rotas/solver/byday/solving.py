"""Makes a rota by the day: the fewest gaps first, then evened out.

Import this only in a process of its own (`process` does): its workers must not meet ortools.
"""

import math
import time
from collections.abc import Callable
from functools import cache
from importlib.metadata import version

from .. import checker
from ..answers import Breach, Solution
from ..blockwise import naming
from ..blockwise.answering import assignments
from ..effort import CLOCK, DEFAULT, Effort, Heard, Listener, Stop
from ..model import Problem
from ..roster import cover, parallel
from ..roster.exchange import Progress
from ..roster.instance import Roster
from ..roster.start import NobodyCan
from ..written import model_hash
from .asking import Asked
from .sharing import Sharing

MODEL = 1
EVENING = 0.25
"""The part of the time that is kept for evening out."""
NO_ROTA_CAN_HEAL = ("publication", "pin", "list", "wanted")


class NotByTheDay(RuntimeError):
    """The solver by the day has no rota that may be handed out, and says why."""


@cache
def made_by() -> str:
    return f"by the day {MODEL}, roster {parallel.VERSION}, numba {version('numba')}"


def solve(
    problem: Problem, effort: Effort = DEFAULT, heard: Listener | None = None, stop: Stop | None = None
) -> Solution:
    """The best rota by the day. Raises NotByTheDay where what was found may not stand."""
    begun = time.monotonic()
    until = begun + effort.limit

    def cancelled() -> bool:
        return bool(stop and stop.asked)

    def over() -> bool:
        return cancelled() or (effort.mode == CLOCK and time.monotonic() > until)

    asked = Asked(problem)
    roster, bound = _covered(asked, effort, heard, cancelled)
    return _solution(
        asked, Sharing(asked, roster, over).even_out(effort.seed), bound, effort, time.monotonic() - begun
    )


def _covered(
    asked: Asked, effort: Effort, heard: Listener | None, cancelled: Callable[[], bool]
) -> tuple[Roster, float]:
    """The roster with the fewest gaps that was found, whoever has how much, and what none can cost less than."""
    best = math.inf

    def said(now: Progress) -> None:
        nonlocal best
        best = math.inf if now.cost is None else now.cost
        if heard and now.cost is not None:
            better = now.cost - max(0.0, now.bound or 0.0)
            heard(Heard(round(now.seconds, 3), round(now.cost), max(0, round(better)), (), _gaps(asked, now.cost)))

    settings = parallel.Settings((1 - EVENING) * effort.limit, effort.workers, effort.seed, effort.mode != CLOCK)

    def enough() -> bool:
        """Nothing is cheaper than nothing; counted work goes to its end, so that it is the same every time."""
        return cancelled() or (effort.mode == CLOCK and best <= 0)

    try:
        outcome = parallel.solve(asked.instance, settings, said, enough)
    except NobodyCan as fault:
        raise NotByTheDay(str(fault)) from None
    if outcome.roster is None or not asked.keeps_what_stands(outcome.roster):
        raise NotByTheDay("What stands already does not keep the rules about days, or time was too short.")
    return outcome.roster, max(0.0, outcome.bound or 0.0)


def _gaps(asked: Asked, cost: float) -> int:
    """How many places are open at most, at this cost."""
    dearest = max((each.under * each.priority for each in asked.problem.demands), default=1)
    return round(cost) // max(1, dearest)


def _solution(asked: Asked, roster: Roster, bound: float, effort: Effort, seconds: float) -> Solution:
    problem, pairs = asked.problem, asked.pairs(roster)
    parts = naming.parts(asked.question, pairs)
    cost = sum(parts.values())
    least = min(cost, max(0, math.ceil(bound - 1e-6)))
    made = Solution(
        assignments=assignments(problem, pairs),
        gaps=naming.gaps(problem, pairs),
        waived=naming.waived(asked.question, pairs),
        parts=parts,
        cost=cost,
        bound=least,
        proven=least == cost,
        proof=_proof(parts, cost, least, cover.total(asked.instance, roster)),
        mode=effort.mode,
        seed=effort.seed,
        model_hash=model_hash(problem),
        version=made_by(),
        seconds=round(seconds, 3),
    )
    _refuse_what_breaks(problem, made)
    return made


def _proof(parts: dict[str, int], cost: int, least: int, paid: float) -> str:
    """Cover and rules are proven; that nobody's share could be evener is not."""
    if least >= cost:
        return "No rota under these rules can be better."
    if paid <= least + 1e-6:
        return "No rota under these rules leaves fewer gaps. That it is the fairest is not proven."
    return f"Not proven: a rota with fewer gaps may exist, though none can cost less than {least}."


def _refuse_what_breaks(problem: Problem, made: Solution) -> None:
    """The checker looks at it as at any rota: what it finds beside what was priced may not be handed out."""
    found = checker.check(problem, made.assignments)
    broken = [each for each in found if not each.accepted and each.rule not in NO_ROTA_CAN_HEAL]
    if new := [each for each in broken if _is_new(problem, each)]:
        raise NotByTheDay(new[0].words)


def _is_new(problem: Problem, breach: Breach) -> bool:
    """Whether it is no pin's, and none of one duty alone, which was priced."""
    pinned = {each.block for each in problem.pins}
    return not set(breach.blocks) <= pinned and (len(breach.blocks) > 1 or breach.waiver is None)
