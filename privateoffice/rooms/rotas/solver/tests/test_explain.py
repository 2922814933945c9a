"""Why a duty cannot be filled: the reasons really clash, and none of them could be left out (C17)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.rooms.rotas.solver import checker, process
from privateoffice.rooms.rotas.solver.answers import COVER, PINNED, RULE, Explanation, Reason
from privateoffice.rooms.rotas.solver.effort import Effort
from privateoffice.rooms.rotas.solver.model import Absence, Assignment, Pin, Problem, Skill
from privateoffice.rooms.rotas.solver.rules import RULES

from .problems import MONDAY, drawn, unit

pytestmark = pytest.mark.slow

STRICT = tuple(replace(rule, waiver=None) for rule in RULES if rule.kind not in ("notice", "holiday-notice"))
LEAVES = st.tuples(st.integers(0, 4), st.integers(0, 16), st.integers(1, 9))
"""Who goes on leave, after how many days, and for how many."""
QUICK = Effort(limit=20, workers=1, enough=0)


def only(problem: Problem, reasons: list[Reason]) -> Problem:
    """The problem in which these reasons hold and nothing else does."""
    wanted = {each.block for each in reasons if each.kind == COVER}
    pinned = {(each.person, each.block) for each in reasons if each.kind == PINNED}
    bound: dict[str, tuple[str, ...]] = {}
    for each in reasons:
        if each.kind == RULE:
            bound[each.rule] = (*bound.get(each.rule, ()), each.person)
    rules = [
        replace(r, people=bound[r.key]) if r.key in bound else r
        for r in STRICT
        if r.key in bound or r.kind == "away"
    ]
    return replace(
        problem,
        demands=tuple(each for each in problem.demands if each.block in wanted),
        absences=tuple(each.absence for each in reasons if each.absence),
        pins=tuple(each for each in problem.pins if (each.person, each.block) in pinned),
        rules=tuple(rules),
    )


def can_hold(problem: Problem, reasons: list[Reason]) -> bool:
    """By the solver's rota and the checker's eyes: nothing is open and nothing is broken."""
    asked = only(problem, reasons)
    rota = process.solve(asked, QUICK).assignments
    return not checker.gaps(asked, rota) and not checker.check(asked, rota)


def assert_real_and_minimal(problem: Problem, explained: Explanation) -> None:
    reasons = list(explained.reasons)
    assert explained.verified
    assert explained.minimal
    assert not can_hold(problem, reasons), explained.sentence
    for each in reasons:
        assert can_hold(problem, [other for other in reasons if other is not each]), each.words


def away(*people: int, days: int = 4, start: int = 0) -> tuple[Absence, ...]:
    first = MONDAY + timedelta(start)
    return tuple(Absence(f"p{n}", first, first + timedelta(days - 1)) for n in people)


def test_everybody_is_away():
    problem = unit(absences=away(0, 1, 2, 3), rules=STRICT)
    explained = process.explain(problem, problem.blocks[0].id)
    assert explained.sentence == (
        "On-call SIO from 12 to 15 October 2026 cannot be filled, because Person 0 (leave), Person 1 (leave), "
        "Person 2 (leave) and Person 3 (leave) are away."
    )
    assert_real_and_minimal(problem, explained)


def test_one_is_left_for_three_blocks_and_may_have_two():
    problem = unit(3, 2, absences=away(1, 2, days=14), rules=tuple(r for r in STRICT if r.key != "weeks-running"))
    explained = process.explain(problem, problem.blocks[1].id)
    assert {each.rule for each in explained.reasons if each.kind == RULE} == {"two-of-three"}
    assert_real_and_minimal(problem, explained)


def test_a_skill_that_lapses_is_a_reason():
    base = unit(2, 1, rules=STRICT)
    sio = replace(base.duties[0], skills=("PIP 3",))
    lapsed = replace(base.people[0], skills=(Skill("PIP 3", None, MONDAY),))
    problem = replace(base, duties=(sio,), people=(lapsed, base.people[1]))
    explained = process.explain(problem, problem.blocks[0].id)
    assert "Person 0 has no PIP 3 in date" in explained.sentence
    assert_real_and_minimal(problem, explained)


def test_what_can_be_filled_has_no_reasons():
    problem = unit(rules=STRICT)
    explained = process.explain(problem, problem.blocks[0].id)
    assert explained.reasons == ()
    assert explained.sentence == "On-call SIO from 12 to 15 October 2026 can be filled under these rules."
    free = min(explained.ways_out, key=lambda way: way.price)
    assert (free.price, free.gives) == (0, ())
    assert free.words.startswith("Nothing: Person ")
    assert free.words.endswith(" can take On-call SIO from 12 to 15 October 2026.")


@pytest.mark.hostile("C17")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.integers(3, 5), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 16), st.integers(1, 9)), max_size=9)
)
def test_reasons_of_any_small_unit_are_real_and_minimal(size, leaves):
    problem = unit(size, 3, rules=STRICT)
    off = (away(n, days=days, start=start) for n, start, days in leaves if n < size)
    problem = replace(problem, absences=tuple(each for one in off for each in one))
    rota = process.solve(problem, QUICK)
    for gap in rota.gaps[:1]:
        explained = process.explain(problem, gap.block, rota.assignments)
        assert_real_and_minimal(problem, explained)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_every_gap_of_any_problem_is_explained_and_each_way_out_holds(seed):
    problem = drawn(seed)
    rota = process.solve(problem, QUICK)
    for gap in rota.gaps[:1]:
        explained = process.explain(problem, gap.block, rota.assignments)
        for way in explained.ways_out:
            assert way.verified, way.words
        if explained.reasons:
            assert explained.verified


def test_a_way_out_is_taken_as_one_act():
    block = unit().blocks[0].id
    problem = unit(absences=away(0, 1, 2, 3))
    rota = process.solve(problem, QUICK)
    explained = process.explain(problem, block, rota.assignments)
    way = next(each for each in explained.ways_out if each.waivers)
    taken = replace(problem, waivers=way.waivers)
    assert way.price == 5000
    assert checker.gaps(taken, way.assignments) == ()
    assert [each.accepted for each in checker.check(taken, way.assignments)].count(False) == len(rota.waived)
    assert explained.ways_out[0].words == "Leave On-call SIO from 12 to 15 October 2026 open."


def test_a_pin_elsewhere_is_a_reason_and_a_way_out():
    base = unit(1, 1, rules=STRICT)
    press = replace(base.duties[0], id="press", name="Press")
    both = replace(base.people[0], duties=("sio", "press"))
    more = tuple(replace(each, id=each.id.replace("sio", "press"), duty="press") for each in base.blocks)
    wanted = tuple(replace(each, block=each.block.replace("sio", "press")) for each in base.demands)
    problem = replace(
        base,
        people=(both, replace(base.people[0], id="p1", duties=("press",))),
        duties=(*base.duties, press),
        blocks=(*base.blocks, *more),
        demands=(base.demands[0], wanted[0]),
        pins=(Pin(more[0].id, "p0"),),
    )
    explained = process.explain(problem, base.blocks[0].id, [Assignment(more[0].id, "p0")])
    assert {each.kind for each in explained.reasons} == {COVER, RULE, PINNED}
    unpinned = next(way for way in explained.ways_out if way.waivers)
    assert unpinned.words == "Lift the pin: Person 0 is pinned to Press from 12 to 15 October 2026."
