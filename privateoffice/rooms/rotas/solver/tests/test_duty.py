"""The solver's rota passes the checker with exactly the gaps and waived rules that it names (C17)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from privateoffice.rooms.rotas.solver import checker, process
from privateoffice.rooms.rotas.solver.answers import Solution
from privateoffice.rooms.rotas.solver.effort import WORK, Effort
from privateoffice.rooms.rotas.solver.model import Absence, Assignment, Fairness, History, Pin, Problem
from privateoffice.rooms.rotas.solver.rules import RULES

from .problems import MONDAY, problems, unit

QUICK = Effort(limit=20, workers=1, enough=0)
NO_ROTA_CAN_HEAL = ("publication", "pin", "list", "wanted")
"""When the rota is published, and what was forced by hand: the checker says it, the solver has no choice."""

pytestmark = pytest.mark.slow


def found_by_the_checker(problem: Problem, solution: Solution) -> set[tuple[str, str, tuple[str, ...]]]:
    found = checker.check(problem, solution.assignments)
    open_ones = [each for each in found if not each.accepted and each.rule not in NO_ROTA_CAN_HEAL]
    return {(each.rule, each.person, each.blocks) for each in open_ones}


@pytest.mark.hostile("C17")
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_a_rota_breaks_exactly_the_rules_that_it_names(problem):
    solution = process.solve(problem, QUICK)
    named = {(each.rule, each.person, each.blocks) for each in solution.waived}
    assert found_by_the_checker(problem, solution) == named
    assert checker.gaps(problem, solution.assignments) == solution.gaps
    assert solution.cost == sum(solution.parts.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_what_fairness_costs_is_what_the_checker_counts(problem):
    solution = process.solve(problem, QUICK)
    for kind in problem.fairness.order:
        away = [abs(s.deviation) for s in checker.fairness(problem, solution.assignments) if s.kind == kind]
        weight = {"bank holiday": 20, "Christmas": 11, "weekend": 6, "night": 4, "total": 2}[kind]
        assert solution.parts.get(kind, 0) == weight * sum(away), kind


def test_a_rota_that_can_be_had_has_no_gaps_and_is_proven():
    solution = process.solve(unit(6, 8), Effort(limit=20))
    assert (solution.gaps, solution.waived) == ((), ())
    assert solution.proof.startswith("No rota under these rules can be better")


def test_a_machine_too_busy_to_search_still_gets_a_rota_that_breaks_nothing():
    problem = unit(6, 8)
    solution = process.solve(problem, Effort(limit=0.0001))
    assert len(solution.assignments) == len(problem.demands)
    assert checker.check(problem, solution.assignments) == ()
    assert not solution.proven


def test_what_cannot_be_had_is_a_gap_with_its_name_and_price():
    everybody = tuple(Absence(f"p{n}", MONDAY, MONDAY + timedelta(3)) for n in range(4))
    solution = process.solve(unit(absences=everybody), QUICK)
    (gap,) = solution.gaps
    assert (gap.words, gap.price) == ("Nobody has On-call SIO from 12 to 15 October 2026.", 1000)


def test_a_custom_is_waived_where_that_is_cheaper_than_a_gap():
    away = tuple(Absence(f"p{n}", MONDAY, MONDAY + timedelta(13)) for n in range(1, 4))
    solution = process.solve(unit(absences=away), QUICK)
    assert solution.gaps == ()
    assert {each.rule for each in solution.waived} == {"two-of-three", "weeks-running"}
    assert "Person 0 has On-call SIO" in solution.waived[0].words


def test_a_pin_is_kept_and_what_it_breaks_is_named():
    block = unit().blocks[0].id
    away, pin = (Absence("p0", MONDAY, MONDAY, "court"),), (Pin(block, "p0"),)
    solution = process.solve(unit(absences=away, pins=pin), QUICK)
    assert Assignment(block, "p0") in solution.assignments
    assert [(each.rule, each.person) for each in solution.waived] == [("court", "p0")]


def test_history_is_carried_and_who_was_not_there_owes_nothing_for_it():
    did_much = History("p0", "sio", "total", 30, days=100)
    others = [History(f"p{n}", "sio", "total", 10, days=100) for n in (1, 2)]
    problem = unit(4, 4, history=(did_much, *others), rules=())
    shares = checker.fairness(problem, process.solve(problem, QUICK).assignments)
    days = {each.person: each.credits for each in shares if each.kind == "total"}
    assert days["p0"] == 30  # nothing more: they have done more than their share
    assert abs(days["p1"] - days["p2"]) <= 4
    assert days["p3"] < days["p1"]


def test_the_same_work_gives_the_same_rota_whatever_the_clock_says():
    problem, effort = unit(6, 10), Effort(mode=WORK, limit=2, seed=7)
    first, second = (process.solve(problem, effort) for _ in range(2))
    assert first == second
    assert (first.seed, first.mode, len(first.model_hash)) == (7, "work", 64)


def test_in_strict_order_no_weekend_is_unfair_for_the_sake_of_days():
    strict = Fairness(("weekend", "total"), strict=True)
    away = tuple(Absence("p0", MONDAY + timedelta(7 * n), MONDAY + timedelta(7 * n + 3)) for n in range(4))
    problem = unit(4, 4, absences=away, fairness=strict, rules=tuple(r for r in RULES if r.waiver is None))
    solution = process.solve(problem, QUICK)
    assert solution.parts["weekend"] == 0
    assert solution.proven
    weighed = process.solve(replace(problem, fairness=replace(strict, strict=False, weights=(1, 50))), QUICK)
    assert weighed.parts["total"] // 50 <= solution.parts["total"] // 2
