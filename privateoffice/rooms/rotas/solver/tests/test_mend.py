"""A published rota is mended by as little as can be: tiny ones against all rotas there are. The past stands."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.rooms.rotas.solver import checker, process
from privateoffice.rooms.rotas.solver.answers import CHEAPEST, FAIREST, FEWEST, Mend
from privateoffice.rooms.rotas.solver.effort import Effort
from privateoffice.rooms.rotas.solver.model import COURT, LONDON, SICK, Absence, Assignment, Problem
from privateoffice.rooms.rotas.solver.rules import RULES
from privateoffice.rooms.rotas.solver.trouble import broken

from .problems import MONDAY, unit

QUICK = Effort(limit=20, workers=1, enough=0)
SIX = datetime.combine(MONDAY, time(6), LONDON)
RULED = tuple(rule for rule in RULES if rule.kind not in ("notice", "holiday-notice", "publication"))


def mended(problem: Problem, rota: tuple[Assignment, ...], news: list[Absence], now: datetime) -> dict[str, Mend]:
    return {each.kind: each for each in process.mend(problem, rota, news, now, seconds=30)}


def least_of_all(problem: Problem) -> tuple[int, int]:
    """What gaps and breaches cost at least, and the fewest changes at that cost, of every rota there is."""
    stands = {each.block for each in problem.fixed}
    open_blocks = [each.block for each in problem.demands if each.block not in stands]
    best = (10**9, 10**9)
    for people in product(["", *(p.id for p in problem.people)], repeat=len(open_blocks)):
        rota = [Assignment(block, person) for block, person in zip(open_blocks, people, strict=True) if person]
        breaches = checker.check(problem, rota)
        if all(each.waiver is not None for each in breaches):
            price = sum(each.waiver * each.times for each in breaches if each.waiver)
            price += sum(gap.price for gap in checker.gaps(problem, rota))
            best = min(best, (price, len(set(rota) - set(problem.published))))
    return best


def price_of(problem: Problem, mend: Mend) -> int:
    return sum(each.price for each in mend.gaps) + sum(each.price for each in mend.waived)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 10)), min_size=1, max_size=3))
def test_no_rota_has_fewer_changes(troubles):
    problem = unit(4, 2, rules=RULED)
    rota = process.solve(problem, QUICK).assignments
    news = [Absence(f"p{n}", MONDAY + timedelta(a), MONDAY + timedelta(a + d), SICK) for n, a, d in troubles]
    fewest = mended(problem, rota, news, SIX)[FEWEST]
    asked = broken(problem, rota, news, SIX).problem
    assert fewest.proven
    assert (price_of(asked, fewest), fewest.changes) == least_of_all(asked)


@pytest.mark.slow
def test_the_three_answers_differ_in_what_they_are_best_at():
    problem = unit(5, 10)
    rota = process.solve(problem, Effort(limit=20)).assignments
    ill = rota[2].person
    news = [Absence(ill, MONDAY + timedelta(7), MONDAY + timedelta(34), SICK)]
    found = mended(problem, rota, news, SIX + timedelta(7))
    assert all(found[kind].proven for kind in (FEWEST, CHEAPEST))
    assert found[FEWEST].changes <= min(each.changes for each in found.values())
    assert found[CHEAPEST].notice_cost <= min(each.notice_cost for each in found.values())
    assert found[FAIREST].unfairness <= min(each.unfairness for each in found.values())
    for each in found.values():
        assert ill not in {a.person for a in each.assignments if problem.block[a.block].first in days_of(news[0])}


def days_of(absence: Absence) -> set:
    return {absence.first + timedelta(n) for n in range((absence.last - absence.first).days + 1)}


@pytest.mark.slow
def test_a_duty_under_way_is_cut_in_two_and_the_past_stands():
    problem = unit(4, 3)
    rota = process.solve(problem, QUICK).assignments
    first, now = rota[0], SIX + timedelta(2)
    fewest = mended(problem, rota, [Absence(first.person, now.date(), now.date(), SICK)], now)[FEWEST]
    (cut,) = fewest.blocks
    assert (cut.start_at, cut.end_at) == (now, problem.block[first.block].end_at)
    assert first in fewest.assignments
    (move,) = fewest.moves
    assert (move.block, move.leaves, move.hours, move.clear_days) == (cut.id, first.person, 0, 0)
    assert move.words.endswith(f"takes On-call SIO from 14 to 15 October 2026 from Person {first.person[1:]}.")


@pytest.mark.slow
def test_a_court_warning_needs_a_chain_where_nobody_is_simply_free():
    problem = replace(unit(3, 1, rules=RULED), absences=(Absence("p2", MONDAY, MONDAY + timedelta(3), COURT),))
    first, second = problem.blocks
    rota = (Assignment(first.id, "p0"), Assignment(second.id, "p1"))
    news = [Absence("p0", MONDAY + timedelta(1), MONDAY + timedelta(1), COURT)]
    fewest = mended(problem, rota, news, SIX - timedelta(7))[FEWEST]
    assert fewest.gaps == ()
    assert {(move.leaves, move.takes) for move in fewest.moves} == {("p0", "p1")}
    asked = broken(problem, rota, news, SIX - timedelta(7)).problem
    assert checker.check(asked, fewest.assignments) == ()


def test_nothing_that_has_begun_is_wanted_from_anybody_else():
    problem = unit(3, 2)
    rota = tuple(Assignment(block.id, "p0") for block in problem.blocks)
    news = [Absence("p0", MONDAY + timedelta(4), MONDAY + timedelta(20))]
    asked = broken(problem, rota, news, SIX + timedelta(5))
    begun = [each.block for each in asked.problem.fixed]
    assert begun == ["sio@2026-10-12", "sio@2026-10-16"]
    assert [each.id for each in asked.cut] == ["sio@2026-10-16~2026-10-17T0600"]
    assert asked.problem.block["sio@2026-10-16"].last == MONDAY + timedelta(4)
