"""Makes, mends and explains the rotas of two invented units, beside a plain CP-SAT model of the same problem.

    python benchmarks/rota_unit.py [--seeds 1,2,3] [--seconds 10] [--impossible 100] [--no-peers] [--json]

Every rota is judged by the independent checker before its figures count. Each case runs in the solver's own
process, as the product runs it; `cpu` is that process's own time.
"""

import argparse
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import measuring
import plain_duty
import units

from privateoffice.rooms.rotas.solver import checker, child, process
from privateoffice.rooms.rotas.solver.answers import FEWEST, Mend, Solution
from privateoffice.rooms.rotas.solver.blockwise import answering
from privateoffice.rooms.rotas.solver.effort import Effort
from privateoffice.rooms.rotas.solver.model import COURT, LONDON, SICK, Absence, Assignment, Fairness, Problem
from privateoffice.rooms.rotas.solver.trouble import broken

UNITS: dict[str, Callable[[int], Problem]] = {"14 people": units.small, "60 people": units.large}
Case = dict[str, float]
Answer = TypeVar("Answer")


def main() -> None:
    said = _arguments()
    seeds = [int(each) for each in said.seeds.split(",")]
    process.warm_up()
    cases = dict(_cases(seeds, said))
    measuring.show_table(HEADS, [_line(name, case) for name, case in cases.items()])
    if said.json:
        measuring.show_object(cases)


HEADS = ("case", "wall s", "cpu s", "cost", "bound", "gap %", "proven", "faults")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--impossible", type=int, default=100)
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _line(name: str, case: Case) -> tuple[object, ...]:
    known = {"gap": 100 * case["gap"]} if "gap" in case else {}
    shown = [{**case, **known}.get(key, "") for key in ("wall", "cpu", "cost", "bound", "gap", "proven", "faults")]
    return name, *(f"{each:.2f}" if isinstance(each, float) else each for each in shown)


def _cases(seeds: list[int], said: argparse.Namespace) -> Iterator[tuple[str, Case]]:
    for unit, make in UNITS.items():
        for seed in seeds:
            problem = make(seed)
            solution, case = _made(problem, seed, said.seconds)
            yield f"{unit}, made, seed {seed}", case
            if not said.no_peers:
                yield f"{unit}, plain model, seed {seed}", _peer(problem, seed, said.seconds)
            for n, hard in enumerate((False, True)):
                yield (
                    f"{unit}, mended {'hard ' if hard else ''}seed {seed}",
                    _mended(problem, solution, 10 * seed + n, hard),
                )
    for unit, make in UNITS.items():
        yield f"{unit}, {said.impossible} impossible, worst", _impossible(make, said.impossible)


def _made(problem: Problem, seed: int, seconds: float) -> tuple[Solution, Case]:
    solution, took = _timed(lambda: process.solve(problem, Effort(limit=seconds, seed=seed, enough=0.02)))
    figures = {"cost": solution.cost, "bound": solution.bound, "gap": round(solution.gap, 4)}
    return solution, {**took, **figures, "proven": int(solution.gap <= 0.02), "faults": _faults(problem, solution)}


def _timed(act: Callable[[], Answer]) -> tuple[Answer, Case]:
    """Do it once in the warm process; its own processor time where the machine tells it."""
    process.warm_up()
    wall, cpu = perf_counter(), _cpu()
    answer = act()
    return answer, {"wall": round(perf_counter() - wall, 3), "cpu": round(_cpu() - cpu, 3)}


def _cpu() -> float:
    stat = Path(f"/proc/{child.spare_pid()}/stat")
    if not stat.exists():
        return 0.0
    after_name = stat.read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _faults(problem: Problem, solution: Solution) -> int:
    """Breaches and gaps that the rota does not name, and whether its cost is another than the checker's."""
    breaches = {
        (b.rule, b.person, b.blocks) for b in checker.check(problem, solution.assignments) if not b.accepted
    }
    named = {(w.rule, w.person, w.blocks) for w in solution.waived}
    weights = dict(zip(problem.fairness.order, problem.fairness.weights, strict=True))
    shares = checker.fairness(problem, solution.assignments)
    gaps = checker.gaps(problem, solution.assignments)
    cost = sum(weights[each.kind] * abs(each.deviation) for each in shares) + sum(gap.price for gap in gaps)
    costs_more = solution.cost != cost + sum(each.price for each in solution.waived)
    return len(breaches ^ named) + (gaps != solution.gaps) + costs_more


def _breaches(problem: Problem, rota: tuple[Assignment, ...]) -> set[tuple[str, str, tuple[str, ...]]]:
    return {(each.rule, each.person, each.blocks) for each in checker.check(problem, rota) if not each.accepted}


def _peer(problem: Problem, seed: int, seconds: float) -> Case:
    taken, reached, bound, wall, cpu = plain_duty.timed(problem, seed, seconds)
    solution = answering.solution(problem, Effort(seed=seed), taken, reached - bound, wall)
    gap = max(0.0, reached - bound) / reached if reached else 0.0
    figures = {"cost": solution.cost, "bound": round(max(0.0, bound), 1), "gap": round(gap, 4)}
    took = {"wall": round(wall, 3), "cpu": round(cpu, 3)}
    return {**took, **figures, "proven": int(gap <= 0.02), "faults": _faults(problem, solution)}


def _mended(problem: Problem, solution: Solution, seed: int, hard: bool) -> Case:
    """Somebody on duty falls ill; `hard`: only people with two duties around it are left to take it."""
    now, news = _illness(problem, solution, random.Random(seed), hard)
    mends, took = _timed(lambda: process.mend(problem, solution.assignments, news, now))
    fewest = next(each for each in mends if each.kind == FEWEST)
    faults = sum(_unmended(problem, solution, news, now, each) for each in mends)
    proven = fewest.changes if fewest.proven else 0
    figures = {"cost": fewest.changes, "bound": proven, "gaps": len(fewest.gaps)}
    return {**took, **figures, "proven": int(fewest.proven), "faults": faults}


def _illness(
    problem: Problem, solution: Solution, drawn: random.Random, hard: bool
) -> tuple[datetime, list[Absence]]:
    later = [
        each for each in solution.assignments if 20 < (problem.block[each.block].first - units.FIRST).days < 150
    ]
    ill = drawn.choice(later)
    block = problem.block[ill.block]
    now = datetime.combine(block.first, time(6), LONDON)
    news = [Absence(ill.person, block.first, block.first + timedelta(27), SICK)]
    if hard:
        busy = {ill.person, *_others(problem, solution, ill)}
        pool = [person.id for person in problem.people if block.duty in person.duties]
        news += [Absence(each, block.first, block.last, COURT) for each in pool if each not in busy]
    return now, news


def _others(problem: Problem, solution: Solution, ill: Assignment) -> set[str]:
    """Who could do this duty and has two others in the days around: the only ones left in a hard case.

    None of them can simply take it too, since nobody has more than two of three blocks.
    """
    first = problem.block[ill.block].first
    near = [e for e in solution.assignments if abs((problem.block[e.block].first - first).days) <= 11]
    on = Counter(
        each.person for each in near if problem.block[ill.block].duty in problem.person[each.person].duties
    )
    return {person for person, times in on.items() if times >= 2 and person != ill.person}


def _unmended(problem: Problem, solution: Solution, news: list[Absence], now: datetime, mend: Mend) -> int:
    """What the checker finds in a mended rota that it does not name, and each move that is not in its diff."""
    asked = broken(problem, solution.assignments, news, now).problem
    breaches = _breaches(asked, mend.assignments)
    named = {(w.rule, w.person, w.blocks) for w in mend.waived}
    new = set(mend.assignments) - set(asked.published)
    told = {Assignment(move.block, move.takes) for move in mend.moves if move.takes}
    return len(breaches ^ named) + len(new ^ told) + (checker.gaps(asked, mend.assignments) != mend.gaps)


def _impossible(make: Callable[[int], Problem], number: int) -> Case:
    """The slowest of many explanations, each verified, minimal, and tried again here by the checker's word."""
    walls, cpus, faults = [0.0], [0.0], 0
    for seed in range(number):
        problem = units.impossible(make(seed), seed)
        rota = process.solve(replace(problem, fairness=Fairness(order=())), Effort(workers=1))
        explained, took = _timed(lambda p=problem, r=rota: process.explain(p, r.gaps[0].block, r.assignments))
        walls.append(took["wall"])
        cpus.append(took["cpu"])
        ways = [way for way in explained.ways_out if not way.verified]
        faults += len(ways) + (not explained.verified) + (not explained.minimal)
    figures = {"wall": max(walls), "cpu": max(cpus), "median": sorted(walls)[len(walls) // 2]}
    return {**figures, "cost": number, "proven": number - faults, "faults": faults}


if __name__ == "__main__":
    main()
