"""Whole runs: what comes back keeps every rule, bounds are below the optimum, and a run can be had again."""

import sys
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from privateoffice.rooms.rotas.solver.roster import cover, exact, parallel, public, sheet, warming
from privateoffice.rooms.rotas.solver.roster.exchange import Exchange
from privateoffice.rooms.rotas.solver.roster.instance import Rules
from privateoffice.rooms.rotas.solver.roster.master import Master
from privateoffice.rooms.rotas.solver.roster.meter import Meter
from privateoffice.rooms.rotas.solver.roster.pricing import Pricer
from privateoffice.rooms.rotas.solver.roster.start import NobodyCan, first_roster
from privateoffice.rooms.rotas.solver.roster.tests import questions
from privateoffice.rooms.rotas.solver.roster.worker import Worker

pytestmark = pytest.mark.slow  # Compiles kernels and starts processes.

sys.path.insert(0, str(Path(__file__).resolve().parents[6] / "benchmarks"))


@pytest.fixture
def office(tmp_path):
    path = tmp_path / "invented.txt"
    path.write_text(questions.TEXT)
    return path


def optimum(instance):
    exchange = Exchange(instance, 1, counted=False)
    exact.prove(instance, exchange, 60)
    assert exchange.proved()
    return exchange.progress().cost


def possible(count):
    """The first instances drawn for which everybody has a roster."""
    drawn = (questions.drawn(seed, days=6) for seed in range(1000))
    possible = (each for each in drawn if all(questions.rows(each, person) for person in range(3)))
    return list(islice(possible, count))


@pytest.mark.parametrize("place", range(5))
def test_the_mixture_is_never_above_the_optimum_and_the_answer_reaches_it(place):
    instance = possible(5)[place]
    best = optimum(instance)
    pricer, meter = Pricer(instance), Meter(60)
    roster = first_roster(instance, pricer, np.arange(3))
    master = Master(instance, roster, range(3), pricer, meter)
    assert master.generate(0.01)
    assert master.bound <= best + 1e-6
    assert master.value >= master.bound - 1e-6
    exchange = Exchange(instance, 1, counted=True)
    Worker(instance, exchange, Meter(0.5, counted=True), 0, 1).run()
    found, cost = exchange.best()
    assert cost == cover.total(instance, found)
    assert best <= cost <= best * 1.05 + 2


def test_the_referee_agrees_with_what_comes_back(office, tmp_path):
    import rota_referee

    instance = public.read(office)
    seen = []
    outcome = parallel.solve(instance, parallel.Settings(60, 2, 1), on_progress=seen.append)
    sheet.write(tmp_path / "roster.csv", instance, outcome.roster)
    verdict = rota_referee.judge(
        rota_referee.Question.read(office), rota_referee.read_roster(tmp_path / "roster.csv")
    )
    assert verdict == rota_referee.Verdict(int(outcome.cost), [])
    assert outcome.proved
    assert outcome.cost == optimum(instance)
    assert seen[-1].cost is not None
    assert (outcome.seed, outcome.mode, outcome.digest) == (1, "clock", instance.digest)


def test_counted_work_gives_the_same_roster_twice():
    instance = possible(1)[0]
    twice = [parallel.solve(instance, parallel.Settings(1.2, 2, 7, counted=True)) for _ in range(2)]
    assert (twice[0].roster == twice[1].roster).all()
    assert twice[0].bound == twice[1].bound
    assert twice[0].mode == "work"


def test_a_cancelled_run_ends_soon_and_gives_what_it_has():
    instance = questions.drawn(1, staff=40, days=28)
    begun = time.monotonic()
    outcome = parallel.solve(
        _easy(instance), parallel.Settings(600, 1, 1), cancelled=lambda: time.monotonic() - begun > 60
    )
    assert outcome.seconds < 120
    assert outcome.roster is not None


def _easy(instance):
    """The same with rules that everybody can keep."""
    rules = (Rules(480, 6000, 5, 2, 2, 2),) * instance.staff
    return replace(instance, rules=rules, limits=np.full_like(instance.limits, 28))


def test_whoever_can_have_no_roster_is_named():
    nobody = replace(warming.tiny(), fixed_off=np.ones((3, 7), np.bool_))
    with pytest.raises(NobodyCan, match="every rule of A"):
        first_roster(nobody, Pricer(nobody), np.arange(3))
