"""The obvious model for CP-SAT: one 0/1 variable for each person, day and duty. For tiny questions, and as a peer.

OR-tools is imported only when this runs, which is always in a process of its own.
"""

from typing import Any

import numpy as np

from .exchange import Exchange
from .instance import OFF, SATURDAY, TOO_DEAR_TO_WORK, WEEK, Instance, Roster


def prove(instance: Instance, exchange: Exchange, seconds: float, workers: int = 1, seed: int = 1) -> None:
    """Solve the plain model within the seconds, and offer each roster and bound to the exchange."""
    from ortools.sat.python import cp_model

    model, worked = plain_model(instance)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_time_in_seconds = seconds
    offered = _Offering(instance, exchange, worked)
    solver.best_bound_callback = exchange.raise_bound
    status = solver.solve(model, offered.callback())
    if status == cp_model.OPTIMAL:
        exchange.raise_bound(solver.best_objective_bound)


class _Offering:
    """Hands each solution to the exchange as it comes."""

    def __init__(self, instance: Instance, exchange: Exchange, worked: dict[tuple[int, int, int], Any]) -> None:
        self.instance, self.exchange, self.worked = instance, exchange, worked

    def callback(self) -> Any:
        from ortools.sat.python import cp_model

        outer = self

        class Each(cp_model.CpSolverSolutionCallback):
            def on_solution_callback(self) -> None:
                outer.exchange.offer(outer.roster(self.boolean_value))

        return Each()

    def roster(self, value: Any) -> Roster:
        found = np.full((self.instance.staff, self.instance.days), OFF, np.int8)
        for (person, day, duty), variable in self.worked.items():
            if value(variable):
                found[person, day] = duty
        return found


def plain_model(instance: Instance) -> tuple[Any, dict[tuple[int, int, int], Any]]:
    """The model and its variables by (person, day, duty)."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    open_cells = np.argwhere(instance.bars < TOO_DEAR_TO_WORK)
    worked = {(int(p), int(d), int(s)): model.new_bool_var("") for p, d, s in open_cells}
    for person in range(instance.staff):
        _personal(model, instance, person, worked)
    costs = [_cover(model, instance, day, duty, worked) for day, duty in np.ndindex(instance.need.shape)]
    wishes = [round(instance.wishes[key]) * variable for key, variable in worked.items()]
    model.minimize(sum(costs) + sum(wishes) + round(instance.base.sum()))
    return model, worked


def _cover(model: Any, instance: Instance, day: int, duty: int, worked: dict) -> Any:
    need = int(instance.need[day, duty])
    short = model.new_int_var(0, max(need, 0), "")
    many = model.new_int_var(0, instance.staff, "")
    present = [worked[p, day, duty] for p in range(instance.staff) if (p, day, duty) in worked]
    model.add(sum(present) + short - many == need)
    return round(instance.under[day, duty]) * short + round(instance.over[day, duty]) * many


def _personal(model: Any, instance: Instance, person: int, worked: dict) -> None:
    rules, days = instance.rules[person], range(instance.days)
    cells = {(d, s): worked[person, d, s] for d in days for s in range(instance.types) if (person, d, s) in worked}
    on = [model.new_bool_var("") for _ in days]
    for day in days:
        model.add(sum(v for (d, _), v in cells.items() if d == day) == on[day])
    time = sum(int(instance.minutes[s]) * v for (_, s), v in cells.items())
    model.add_linear_constraint(time, rules.least_minutes, rules.most_minutes)
    for duty in range(instance.types):
        model.add(sum(v for (_, s), v in cells.items() if s == duty) <= int(instance.limits[person, duty]))
    for (day, first), variable in cells.items():
        for second in np.flatnonzero(instance.forbidden[first]):
            if (day + 1, int(second)) in cells:
                model.add_implication(variable, cells[day + 1, int(second)].Not())
    _runs(model, on, rules.longest_run, rules.shortest_run, rules.shortest_rest)
    _weekends(model, on, rules.most_weekends)


def _runs(model: Any, on: list, longest: int, shortest: int, rest: int) -> None:
    for start in range(len(on) - longest):
        model.add_bool_or([day.Not() for day in on[start : start + longest + 1]])
    for least, state in ((shortest, 1), (rest, 0)):
        same = [day if state else day.Not() for day in on]
        for length in range(1, least):
            for start in range(1, len(on) - length):
                inside = [day.Not() for day in same[start : start + length]]
                model.add_bool_or([same[start - 1], *inside, same[start + length]])


def _weekends(model: Any, on: list, most: int) -> None:
    touched = []
    for saturday in range(SATURDAY, len(on), WEEK):
        either = model.new_bool_var("")
        for day in on[saturday : saturday + 2]:
            model.add_implication(day, either)
        touched.append(either)
    if touched:
        model.add(sum(touched) <= most)
