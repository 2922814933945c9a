"""Who could be asked, in the order of who has done least; and a swap checked before it is offered."""

from datetime import timedelta

from privateoffice.rooms.rotas.solver import diff
from privateoffice.rooms.rotas.solver.answers import AMBER, GREEN, RED
from privateoffice.rooms.rotas.solver.model import Absence, Assignment

from .problems import MONDAY, unit

BLOCKS = [block.id for block in unit(4, 4).blocks]


def test_who_has_done_least_is_asked_first_and_who_may_not_is_not_asked():
    problem = unit(4, 4, rules=unit().rules, absences=(Absence("p3", MONDAY, MONDAY + timedelta(60), "court"),))
    rota = [Assignment(BLOCKS[0], "p1"), Assignment(BLOCKS[4], "p1"), Assignment(BLOCKS[7], "p0")]
    asked = diff.volunteers(problem, rota, BLOCKS[7], instead_of="p0")
    assert [each.person for each in asked] == ["p2", "p1"]
    assert asked[0].words == "Person 2 has done 0 days of a share of 10."


def test_a_swap_is_judged_as_one_act():
    problem = unit(4, 4, absences=(Absence("p0", MONDAY + timedelta(14), MONDAY + timedelta(17), "court"),))
    rota = [Assignment(BLOCKS[0], "p0"), Assignment(BLOCKS[4], "p1"), Assignment(BLOCKS[5], "p2")]
    even = diff.swap(problem, rota, rota[1], rota[2])
    assert (even.brings, even.colour) == ((), AMBER)  # one gets a weekend more than their share, one fewer
    into_court = diff.swap(problem, rota, rota[0], rota[1])
    assert into_court.colour == RED
    assert [each.rule for each in into_court.brings] == ["court"]


def test_a_duty_is_given_away_and_the_move_says_so():
    problem = unit(4, 4)
    before = [Assignment(BLOCKS[0], "p0")]
    after = [Assignment(BLOCKS[0], "p1")]
    (move,) = diff.moves(problem, before, after)
    assert (move.leaves, move.takes, move.block) == ("p0", "p1", BLOCKS[0])
    assert move.words == "Person 1 takes On-call SIO from 12 to 15 October 2026 from Person 0."
    assert {pair[0].person for pair in move.shares} == {"p0", "p1"}
    assert diff.swap(problem, [], Assignment(BLOCKS[0], ""), None, "p1").colour == GREEN
