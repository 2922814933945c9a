"""Other ways to solve the same instance, each in its own process: the plain model for CP-SAT and for HiGHS."""

import multiprocessing
import time
from typing import Any

import numpy as np

from privateoffice.rooms.rotas.solver.roster.exact import prove
from privateoffice.rooms.rotas.solver.roster.exchange import Exchange
from privateoffice.rooms.rotas.solver.roster.instance import OFF, Instance, Roster

LEFT_FOR_MAKING = 0.5


def solved_by(peer: str, instance: Instance, seconds: float, workers: int, seed: int) -> Exchange:
    """Let a peer work for the seconds; what it found stands in the exchange."""
    context = multiprocessing.get_context("spawn")
    exchange = Exchange(instance, 1, counted=False, context=context)
    begun = time.monotonic()
    exchange.sit(0, begun)
    process = context.Process(
        target=PEERS[peer], args=(instance, exchange, seconds, workers, seed, begun), daemon=True
    )
    process.start()
    process.join(max(0.0, seconds - (time.monotonic() - begun)))
    process.kill()
    process.join()
    return exchange


def _cpsat(instance: Instance, exchange: Exchange, seconds: float, workers: int, seed: int, begun: float) -> None:
    exchange.sit(0, begun)
    prove(instance, exchange, max(0.1, seconds - (time.monotonic() - begun) - LEFT_FOR_MAKING), workers, seed)


def _highs(instance: Instance, exchange: Exchange, seconds: float, workers: int, seed: int, begun: float) -> None:
    """The same 0/1 model, written as a text of linear constraints and handed to HiGHS."""
    import highspy

    exchange.sit(0, begun)
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", workers)
    model.setOptionValue("random_seed", seed)
    model.setOptionValue("mip_feasibility_tolerance", 1e-6)
    cells = _plain_model(model, instance)

    def found(event: Any) -> None:
        exchange.offer(_roster(instance, cells, np.asarray(event.data_out.mip_solution)))

    def looked(event: Any) -> None:
        exchange.raise_bound(event.data_out.mip_dual_bound)

    model.cbMipImprovingSolution += found
    model.cbMipLogging += looked
    model.setOptionValue("time_limit", max(0.1, seconds - (time.monotonic() - begun) - LEFT_FOR_MAKING))
    model.run()
    exchange.raise_bound(model.getInfo().mip_dual_bound)


def _roster(instance: Instance, cells: dict[tuple[int, int, int], int], values: np.ndarray) -> Roster:
    found = np.full((instance.staff, instance.days), OFF, np.int8)
    for (person, day, duty), place in cells.items():
        if values[place] > 0.5:
            found[person, day] = duty
    return found


def _plain_model(model: Any, instance: Instance) -> dict[tuple[int, int, int], int]:
    cells = {}
    for person, day, duty in np.argwhere(instance.bars < 1e9):
        variable = model.addBinary(obj=float(instance.wishes[person, day, duty]))
        cells[int(person), int(day), int(duty)] = variable
    for day, duty in np.ndindex(instance.need.shape):
        short = model.addVariable(lb=0, obj=float(instance.under[day, duty]))
        many = model.addVariable(lb=0, obj=float(instance.over[day, duty]))
        present = [cells[p, day, duty] for p in range(instance.staff) if (p, day, duty) in cells]
        model.addConstr(model.qsum([*present, short]) - many == float(instance.need[day, duty]))
    for person in range(instance.staff):
        _personal(model, instance, person, cells)
    model.changeObjectiveOffset(float(instance.base.sum()))
    return {key: variable.index for key, variable in cells.items()}


def _personal(model: Any, instance: Instance, person: int, cells: dict) -> None:
    rules, days = instance.rules[person], instance.days
    on = [model.addBinary() for _ in range(days)]
    for day in range(days):
        own = [cells[person, day, s] for s in range(instance.types) if (person, day, s) in cells]
        model.addConstr(model.qsum([*own]) - on[day] == 0)
    own = {(d, s): v for (p, d, s), v in cells.items() if p == person}
    time_worked = model.qsum([int(instance.minutes[s]) * v for (_, s), v in own.items()])
    model.addConstr(time_worked >= rules.least_minutes)
    model.addConstr(time_worked <= rules.most_minutes)
    for duty in range(instance.types):
        used = [v for (_, s), v in own.items() if s == duty]
        if 0 < instance.limits[person, duty] < len(used):
            model.addConstr(model.qsum(used) <= int(instance.limits[person, duty]))
    for (day, first), variable in own.items():
        after = [
            own[day + 1, int(s)] for s in np.flatnonzero(instance.forbidden[first]) if (day + 1, int(s)) in own
        ]
        if after:
            model.addConstr(model.qsum([variable, *after]) <= 1)
    _runs(model, on, rules)


def _runs(model: Any, on: list, rules: Any) -> None:
    for start in range(len(on) - rules.longest_run):
        model.addConstr(model.qsum(on[start : start + rules.longest_run + 1]) <= rules.longest_run)
    for length in range(1, rules.shortest_run):
        for start in range(1, len(on) - length):
            inside = model.qsum(on[start : start + length])
            model.addConstr(on[start - 1] + on[start + length] - inside >= 1 - length)
    for length in range(1, rules.shortest_rest):
        for start in range(1, len(on) - length):
            inside = model.qsum(on[start : start + length])
            model.addConstr(on[start - 1] + on[start + length] - inside <= 1)
    weekends = []
    for saturday in range(5, len(on), 7):
        weekends.append(model.addBinary())
        for day in on[saturday : saturday + 2]:
            model.addConstr(day - weekends[-1] <= 0)
    if weekends:
        model.addConstr(model.qsum(weekends) <= rules.most_weekends)


PEERS = {"cpsat": _cpsat, "highs": _highs}
