"""The solver runs apart: watched, stopped, killed, and nothing is lost by it (C18)."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace

import pytest

from privateoffice.rooms.rotas.solver import checker, child, process
from privateoffice.rooms.rotas.solver.effort import Effort, Heard
from privateoffice.rooms.rotas.solver.model import Absence, Problem

from .problems import MONDAY, drawn, unit

pytestmark = pytest.mark.slow

LONG = Effort(limit=300, workers=2, enough=0)


@pytest.fixture(autouse=True)
def _no_process_is_left():
    yield
    process.close()


def hard() -> Problem:
    """One that a single second does not prove."""
    return unit(14, 40, starts_on=(0, 2, 4))


def test_better_rotas_are_heard_as_they_are_found():
    heard: list[Heard] = []
    solution = process.solve(unit(8, 10), Effort(limit=30), heard.append)
    costs = [each.cost for each in heard]
    assert costs == sorted(costs, reverse=True)
    assert heard[-1].assignments == solution.assignments


@pytest.mark.hostile("C18")
def test_a_search_is_stopped_and_gives_its_best():
    heard: list[Heard] = []
    begun = time.monotonic()
    solution = process.solve(hard(), LONG, heard.append, cancelled=lambda: bool(heard))
    assert time.monotonic() - begun < 120
    assert solution.cost <= heard[0].cost
    assert checker.gaps(hard(), solution.assignments) == solution.gaps


@pytest.mark.hostile("C18")
def test_a_killed_solver_leaves_the_best_that_it_said_with_its_faults_named():
    heard: list[Heard] = []

    def kill(said: Heard) -> None:
        heard.append(said)
        os.kill(pids[0], signal.SIGKILL)

    process.warm_up()
    pids = [child.spare_pid()]
    solution = process.solve(hard(), LONG, kill)
    assert solution.cut_short
    assert solution.assignments == heard[-1].assignments
    assert checker.gaps(hard(), solution.assignments) == solution.gaps


def test_a_solver_that_dies_before_any_rota_says_that_the_published_one_stands():
    process.warm_up()
    pid = child.spare_pid()
    threading.Timer(0.05, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(process.SolverFailed, match="published rota stands"):
        process.solve(hard(), LONG)


def test_a_question_out_of_patience_is_ended():
    begun = time.monotonic()
    solution = process.solve(hard(), Effort(limit=300, enough=0), patience=5)
    assert time.monotonic() - begun < 120
    assert len(solution.assignments) + sum(gap.missing for gap in solution.gaps) == len(hard().demands)


def test_one_process_answers_question_after_question():
    process.solve(unit(), Effort(limit=5))
    pid = child.spare_pid()
    process.solve(drawn(1), Effort(limit=5))
    assert child.spare_pid() == pid != 0


def test_a_name_in_any_script_comes_back_as_it_was():
    base = unit(1, 1)
    problem = replace(base, people=(replace(base.people[0], name="Zoë Ńowak 李"),))
    solution = process.solve(problem, Effort(limit=5))
    assert {each.words.split(" has ")[0] for each in solution.waived} <= {"Zoë Ńowak 李"}
    away = replace(problem, absences=(Absence("p0", MONDAY, MONDAY),))
    assert "Zoë Ńowak 李 (leave) is away" in process.explain(away, base.blocks[0].id).sentence


def test_the_process_ends_with_its_parent():
    code = (
        "import os;from privateoffice.rooms.rotas.solver import process,child;"
        "process.warm_up();print(child.spare_pid(),flush=True);os._exit(0)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    deadline = time.monotonic() + 60
    while _lives(int(out.stdout)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _lives(int(out.stdout))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_calls_the_solver_loads_no_solver():
    imports = "import sys; from privateoffice.rooms.rotas.solver import checker, diff, pay, process;"
    code = imports + "print('ortools' in sys.modules, 'highspy' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.split() == ["False", "False"]
