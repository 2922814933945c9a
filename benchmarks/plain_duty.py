"""The obvious CP-SAT model of the same rota, as a peer: a variable a pair, deviations above and below targets."""

import time

from ortools.sat.python import cp_model

from privateoffice.rooms.rotas.solver.blockwise import targets
from privateoffice.rooms.rotas.solver.model import Problem

Pair = tuple[str, str]


def solve(problem: Problem, seed: int, seconds: float, enough: float) -> tuple[frozenset[Pair], float, float]:
    """The pairs of its best rota, with its objective and its bound. It knows the rules of these units only."""
    model = cp_model.CpModel()
    possible = [(b.id, p.id) for b in problem.blocks for p in problem.people if _may(problem, b, p)]
    pairs = {pair: model.new_bool_var("") for pair in possible}
    gaps = []
    for demand in problem.demands:
        gap = model.new_bool_var("")
        model.add_exactly_one([gap, *(var for (block, _), var in pairs.items() if block == demand.block)])
        gaps.append(demand.under * gap)
    _rules(model, problem, pairs)
    model.minimize(sum(gaps) + sum(_deviations(model, problem, pairs)))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = 2, seed
    solver.parameters.max_time_in_seconds, solver.parameters.relative_gap_limit = seconds, enough
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    taken = frozenset(pair for pair, var in pairs.items() if found and solver.value(var))
    return taken, solver.objective_value if found else float("inf"), solver.best_objective_bound


def _may(problem: Problem, block, person) -> bool:
    away = (a for a in problem.absences if a.person == person.id)
    return block.duty in person.duties and not any(a.first <= block.last and block.first <= a.last for a in away)


def _rules(model: cp_model.CpModel, problem: Problem, pairs) -> None:
    firsts = sorted({block.first for block in problem.blocks})
    for person in problem.people:
        by_day = [
            [v for (b, p), v in pairs.items() if p == person.id and problem.block[b].first == f] for f in firsts
        ]
        for held in by_day:
            model.add_at_most_one(held)
        for n in range(len(by_day) - 2):
            model.add(sum(v for held in by_day[n : n + 3] for v in held) <= 2)


def _deviations(model: cp_model.CpModel, problem: Problem, pairs):
    for aim in targets.aims(problem):
        mine = {b: v for (b, p), v in pairs.items() if p == aim.person and problem.block[b].duty in aim.duties}
        for kind, weight in targets.weights(problem.fairness).items():
            over, under = model.new_int_var(0, 400, ""), model.new_int_var(0, 400, "")
            has = aim.before[kind] + sum(problem.credits(aim.person, b)[kind] * v for b, v in mine.items())
            model.add(has - over <= aim.high[kind])
            model.add(has + under >= aim.low[kind])
            yield weight * (over + under)


def timed(problem: Problem, seed: int, seconds: float, enough: float = 0.02):
    wall, cpu = time.perf_counter(), time.process_time()
    taken, reached, bound = solve(problem, seed, seconds, enough)
    return taken, reached, bound, time.perf_counter() - wall, time.process_time() - cpu
