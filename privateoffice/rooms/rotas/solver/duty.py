"""Makes a rota by duty blocks: CP-SAT over who has which block, with exact prices of fairness, and a proof.

Import this only in a process of its own (`process` does): ortools and highspy cannot live in one.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from .answers import Solution
from .blockwise.answering import assignments, solution
from .blockwise.greedy import FirstRota
from .blockwise.units import Pair
from .blockwise.writing import Written, write
from .effort import DEFAULT, WORK, Effort, Heard, Listener, Stop
from .model import Assignment, Problem

ALONE = 0.6
"""The part of the effort that one thread with the full relaxation gets before several try together."""


def solve(
    problem: Problem,
    effort: Effort = DEFAULT,
    heard: Listener | None = None,
    hint: Iterable[Assignment] = (),
    stop: Stop | None = None,
) -> Solution:
    """The best rota found. There is always one: what cannot be had is a gap or a waived rule, named and priced.

    One thread that looks at the whole relaxation proves nearly all of them, and soonest. What it leaves open goes
    on from its rota with several, most of which search around it.
    """
    begun = time.monotonic()
    written = write(problem)
    written.model.minimize(written.objective())
    _hint(written, {(each.block, each.person) for each in hint})
    said = _Listener(written, heard, begun, stop)
    found = (_in_order if problem.fairness.strict else _together)(written, effort, said, stop)
    made = solution(problem, effort, found.pairs, found.cost - found.bound, time.monotonic() - begun)
    return made if found.proven else _or_at_once(written, effort, found, made)


def _or_at_once(written: Written, effort: Effort, found: "_Found", made: Solution) -> Solution:
    """On a machine too busy for the search, a rota from what breaks nothing, where that is better than nothing.

    It is no hint for the search, which is three times as slow with it.
    """
    priced = {var.index for price, var in written.parts["rules"] if isinstance(var, cp_model.IntVar)}
    possible = [pair for pair, var in written.free.items() if var.index not in priced]
    pairs = FirstRota(written.problem, written.taken, possible).pairs()
    other = solution(written.problem, effort, pairs, float("inf"), made.seconds)
    if other.cost >= made.cost or (found.is_rota and written.problem.fairness.strict):
        return made
    return solution(written.problem, effort, pairs, other.cost - made.bound, made.seconds)


def _together(written: Written, effort: Effort, said: "_Listener", stop: Stop | None) -> "_Found":
    """Everything weighed against everything, as the unit's prices say."""
    found = _Found.none(written.taken)
    for workers, share in ((1, ALONE), (effort.workers, 1 - ALONE)) if effort.workers > 1 else ((1, 1.0),):
        if not (found.proven or (stop and stop.asked)):
            part = replace(effort, workers=workers, limit=share * effort.limit)
            found = found.better_of(_search(written, part, said))
            _hint(written, found.pairs if found.is_rota else ())
    return found


def _in_order(written: Written, effort: Effort, said: "_Listener", stop: Stop | None) -> "_Found":
    """Gaps and rules first, then one kind of fairness after the other; what was reached is kept from then on."""
    order = written.problem.fairness.order
    stages = [("gaps", "extra", "rules"), *((kind,) for kind in order), ("requests",)]
    part = replace(effort, workers=1, limit=effort.limit / len(stages), enough=0.0)
    found, proven = _Found.none(written.taken), True
    for stage in stages:
        objective = written.objective(stage)
        written.model.minimize(objective)
        reached = _search(written, part, said)
        if reached.cost == float("inf") or (stop and stop.asked):
            return replace(found, bound=float("-inf"), cost=0.0 if found.is_rota else float("inf"))
        found, proven = reached, proven and reached.proven
        written.model.add(objective <= round(reached.cost))
        _hint(written, found.pairs)
    return replace(found, cost=0.0, bound=0.0 if proven else float("-inf"), proven=proven)


@dataclass(frozen=True)
class _Found:
    """The best rota of one or several searches and the best bound of them."""

    pairs: frozenset[Pair]
    cost: float
    bound: float
    proven: bool = False

    @classmethod
    def none(cls, taken: frozenset[Pair]) -> "_Found":
        """No rota came in time: what is forced, and every other place a gap."""
        return cls(taken, float("inf"), float("-inf"))

    @property
    def is_rota(self) -> bool:
        return self.cost < float("inf")

    def better_of(self, other: "_Found") -> "_Found":
        best = other if other.cost <= self.cost else self
        return replace(best, bound=max(self.bound, other.bound), proven=self.proven or other.proven)


def _search(written: Written, effort: Effort, said: "_Listener") -> _Found:
    solver = solver_for(effort)
    said.stops(solver)
    status = solver.solve(written.model, said)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return replace(_Found.none(written.taken), bound=solver.best_objective_bound)
    proven = status == cp_model.OPTIMAL
    return _Found(written.pairs(solver.value), solver.objective_value, solver.best_objective_bound, proven)


def solver_for(effort: Effort) -> cp_model.CpSolver:
    """A solver with its settings. With several threads the first proves and the others improve."""
    solver = cp_model.CpSolver()
    settings = solver.parameters
    settings.random_seed, settings.num_workers = effort.seed, effort.workers
    settings.relative_gap_limit = effort.enough
    if effort.workers == 1:
        settings.linearization_level = 2
    else:
        settings.subsolvers.extend(["max_lp"])
        settings.num_full_subsolvers = 1
    if effort.mode == WORK:
        settings.max_deterministic_time, settings.interleave_search = effort.limit, effort.workers > 1
    else:
        settings.max_time_in_seconds = effort.limit
    return solver


def _hint(written: Written, pairs: Iterable[Pair]) -> None:
    taken = set(pairs)
    written.model.clear_hints()
    for pair, var in written.free.items() if taken else ():
        written.model.add_hint(var, pair in taken)


class _Listener(cp_model.CpSolverSolutionCallback):
    """Says each better rota as it is found."""

    def __init__(self, written: Written, heard: Listener | None, begun: float, stop: Stop | None):
        super().__init__()
        self._written, self._heard, self._begun, self._stop = written, heard, begun, stop
        self._best = float("inf")

    def stops(self, solver: cp_model.CpSolver) -> None:
        if self._stop:
            self._stop.watch(solver.stop_search)

    def on_solution_callback(self) -> None:
        if self._stop and self._stop.asked:
            self.stop_search()
        if self._heard and self.objective_value < self._best:
            self._best = self.objective_value
            better = round(self.objective_value - self.best_objective_bound)
            made = assignments(self._written.problem, self._written.pairs(self.value))
            self._heard(Heard(round(time.monotonic() - self._begun, 3), round(self.objective_value), better, made))
