"""A problem and its answers survive JSON, and the same question has the same hash anywhere."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from privateoffice.rooms.rotas.solver import checker, written
from privateoffice.rooms.rotas.solver.answers import Breach
from privateoffice.rooms.rotas.solver.model import Absence, Assignment, Block, minutes_between

from .problems import MONDAY, problems, unit


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_problem_is_read_back_as_it_was_written(problem):
    text = written.problem_to_json(problem)
    assert written.problem_from_json(text) == problem
    assert written.problem_to_json(written.problem_from_json(text)) == text


def test_answers_are_read_back_as_they_were_written():
    problem = unit(2, absences=(Absence("p0", MONDAY, MONDAY, "leave"),), fixed=())
    (breach,) = checker.check(problem, [Assignment(problem.blocks[0].id, "p0")])
    assert written.from_json(Breach, written.to_json(breach)) == breach


def test_the_hash_changes_with_the_question_and_with_nothing_else():
    assert written.model_hash(unit()) == written.model_hash(unit())
    assert written.model_hash(unit()) != written.model_hash(replace(unit(), name="Another"))


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 10, 12, 9)
    with pytest.raises(ValueError, match="time zone"):
        Block("b", "sio", MONDAY, MONDAY, naive, naive)


def test_time_over_a_change_of_clocks_is_what_passes():
    night = (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 9, tzinfo=UTC))
    block = Block("b", "sio", MONDAY, MONDAY, *night)
    assert block.minutes == 600 == minutes_between(block.start_at, block.end_at)
    assert block.end_at.hour == 10
