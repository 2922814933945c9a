"""Why a block cannot be filled: a minimal and verified set of people, dates and rules, in sentences.

The solver names a set of assumptions that cannot hold together. Such sets have been wrong, so each one is solved
again by itself before it is believed, and then cut down until no member can be left out. Import this only in a
process of its own.
"""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from ortools.sat.python import cp_model

from . import words
from .answers import COVER, Explanation, Reason
from .blockwise import naming
from .blockwise.answering import assignments as assignments_of
from .blockwise.groups import Grouped, Key, Scope
from .blockwise.singles import Question
from .blockwise.writing import write
from .model import Assignment, Problem

REACH = (0, 10, 24, 60)
"""Days around the block that are looked at, one after the other, before the whole rota is."""


@dataclass
class Explainer:
    """Asks sets of reasons whether they can all hold."""

    scope: Scope
    until: float
    checks: int = 0

    def core(self, keys: Collection[Key]) -> list[Key] | None:
        """Reasons that cannot all hold, as few as the solver names; None where all of them can, or time is up."""
        grouped = Grouped(self.scope, keys, lifted=True)
        grouped.model.add_assumptions(list(grouped.holds.values()))
        solver = self._solver()
        if solver.solve(grouped.model) != cp_model.INFEASIBLE:
            return None
        named = set(solver.sufficient_assumptions_for_infeasibility())
        core = [key for key, literal in grouped.holds.items() if literal.index in named]
        return core if core and self.can_hold(core) is False else list(keys)

    def can_hold(self, keys: Collection[Key]) -> bool | None:
        """Whether these reasons can all hold by themselves; None where time was too short to say."""
        self.checks += 1
        status = self._solver().solve(Grouped(self.scope, keys, lifted=False).model)
        return {cp_model.INFEASIBLE: False, cp_model.OPTIMAL: True, cp_model.FEASIBLE: True}.get(status)

    def _solver(self) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers, solver.parameters.random_seed = 1, 1
        solver.parameters.max_time_in_seconds = max(0.05, self.until - time.monotonic())
        return solver

    def minimal(self, keys: list[Key], wanted: Key) -> tuple[list[Key], bool]:
        """Leave out whatever can be left out, in chunks and then one by one; and whether nothing more can.

        The block that was asked about stays: it is the question, and a reason like any other.
        """
        kept, sure = [key for key in keys if key != wanted], True
        chunk = max(1, len(kept) // 8)
        while True:
            kept, sure = self._pass(kept, wanted, chunk)
            if chunk == 1:
                return [wanted, *kept], sure
            chunk = max(1, chunk // 4)

    def _pass(self, kept: list[Key], wanted: Key, chunk: int) -> tuple[list[Key], bool]:
        place, sure = 0, True
        while place < len(kept):
            without = kept[:place] + kept[place + chunk :]
            answer = self.can_hold([wanted, *without])
            if answer is False:
                kept = without
            else:
                sure = sure and answer is True
                place += chunk
        return kept, sure


def explain(
    problem: Problem, block: str, assignments: Iterable[Assignment] | None = None, seconds: float = 2.0
) -> Explanation:
    """Why this block cannot be filled while every block that has its people keeps them, under all rules.

    Without a rota, one with the fewest gaps is made first. What it leaves open or waives is not asked for again.
    """
    begun = time.monotonic()
    rota = tuple(any_rota(problem, seconds / 2) if assignments is None else assignments)
    asked = as_it_stands(problem, block, rota)
    for blocks in _widening(asked, block):
        explainer = Explainer(Scope(asked, blocks), begun + seconds)
        core = explainer.core(explainer.scope.reasons.keys())
        if core:
            return _explained(explainer, block, core, begun)
    decided = time.monotonic() < begun + seconds
    return Explanation(block, (), _no_reason(problem, block, decided), decided, decided, seconds=_since(begun))


def any_rota(problem: Problem, seconds: float) -> tuple[Assignment, ...]:
    """A rota with as few gaps and waived rules as can be found in time, whatever its fairness."""
    written = write(problem, fair=False)
    written.model.minimize(written.objective())
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.num_workers, settings.random_seed, settings.max_time_in_seconds = 1, 1, seconds
    status = solver.solve(written.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return assignments_of(problem, written.pairs(solver.value) if found else written.taken)


def as_it_stands(problem: Problem, block: str, rota: tuple[Assignment, ...]) -> Problem:
    """The problem of filling one more block: what the rota leaves open is not wanted, what it waives accepted."""
    pairs = frozenset((each.block, each.person) for each in (*problem.fixed, *rota))
    open_blocks = {gap.block for gap in naming.gaps(problem, pairs)} - {block}
    demands = tuple(each for each in problem.demands if each.block not in open_blocks)
    waived = naming.waived(Question(problem), pairs)
    return replace(problem, demands=demands, waivers=(*problem.waivers, *waived))


def _no_reason(problem: Problem, block: str, decided: bool) -> str:
    said = words.block(problem, problem.block[block])
    return f"{said} can be filled under these rules." if decided else f"Why {said} is open was not found in time."


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)


def _widening(problem: Problem, block: str) -> Iterable[frozenset[str]]:
    """Wanted blocks around one, more and more of them: what can be said with few is said with few."""
    centre, before = problem.block[block], frozenset[str]()
    for days in REACH:
        first, last = centre.first - timedelta(days), centre.last + timedelta(days)
        near = (problem.block[each.block] for each in problem.demands)
        seen = frozenset(each.id for each in near if each.first <= last and first <= each.last)
        found = seen if days else frozenset({block})
        if found != before:
            yield found
        before = found
    everything = frozenset(each.block for each in problem.demands)
    if everything != before:
        yield everything


def _explained(explainer: Explainer, block: str, core: list[Key], begun: float) -> Explanation:
    wanted = (COVER, "", block)
    keys, minimal = explainer.minimal(core, wanted)
    verified = explainer.can_hold(keys) is False
    without = explainer.can_hold(keys[1:])  # the question itself must matter too
    reasons = tuple(explainer.scope.reasons[key] for key in keys)
    return Explanation(
        block=block,
        reasons=reasons,
        sentence=sentence(explainer.scope.problem, block, reasons),
        verified=verified,
        minimal=minimal and verified and without is True,
        checks=explainer.checks,
        seconds=_since(begun),
    )


def sentence(problem: Problem, block: str, reasons: Iterable[Reason]) -> str:
    """ "On-call SIO on 5 October 2026 cannot be filled, because A (leave) and B (court) are away, and C ..."."""
    others = [each for each in reasons if not (each.kind == COVER and each.block == block)]
    away = [f"{words.name(problem, e.person)} ({e.absence.kind})" for e in others if e.absence]
    said = [f"{words.listed(away)} {'is' if len(away) == 1 else 'are'} away"] if away else []
    said += [each.words for each in others if not each.absence]
    what = words.block(problem, problem.block[block])
    if not said:
        return f"{what} cannot be filled: nobody is on the list."
    return f"{what} cannot be filled, because {', and '.join(said)}."
