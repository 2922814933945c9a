"""Allowance by dated rates, hours over month ends and clock changes, and rest that is owed."""

from datetime import date, datetime, time, timedelta

import pytest

from privateoffice.rooms.rotas.solver import pay
from privateoffice.rooms.rotas.solver.model import LONDON, Assignment, Block, Demand, DutyType, Person, Problem
from privateoffice.rooms.rotas.solver.rules import RULES

CALL, TOUR = DutyType("call", "On call"), DutyType("tour", "Tour", on_call=False)
REST = next(rule for rule in RULES if rule.key == "rest-11")


def rota(duty: DutyType, *spans: tuple[datetime, datetime]) -> tuple[Problem, list[Assignment]]:
    cut = tuple(Block(f"b{n}", duty.id, a.date(), a.date(), a, b) for n, (a, b) in enumerate(spans))
    person, demands = Person("p0", "P", ("call", "tour")), tuple(Demand(block.id) for block in cut)
    problem = Problem("Pay", (person,), (CALL, TOUR), cut, demands)
    return problem, [Assignment(block.id, "p0") for block in cut]


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON)


@pytest.mark.parametrize(
    ("day", "pence"),
    [
        (date(2019, 8, 31), 1500),
        (date(2019, 9, 1), 2000),
        (date(2024, 8, 31), 2000),
        (date(2024, 9, 1), 2500),
        (date(2025, 9, 1), 3500),
    ],
)
def test_the_rate_is_that_of_the_day(day, pence):
    assert pay.rate_on(day).pence == pence


def test_no_rate_is_guessed():
    with pytest.raises(pay.RateUnknown):
        pay.rate_on(date(1999, 1, 1))


def test_every_day_with_any_time_on_call_counts_once():
    asked = rota(
        CALL,
        (at(date(2025, 3, 3), 9), at(date(2025, 3, 7), 9)),
        (at(date(2025, 3, 7), 18), at(date(2025, 3, 8), 0)),
    )
    (allowance,) = pay.allowances(*asked, date(2025, 3, 1))
    assert [day.day for day in allowance.days] == [3, 4, 5, 6, 7]
    assert (allowance.pence, allowance.sure) == (5 * 2500, True)
    (by_seven,) = pay.allowances(*asked, date(2025, 3, 1), time(7))
    assert [day.day for day in by_seven.days] == [3, 4, 5, 6, 7]


def test_an_unconfirmed_rate_is_said_to_be_so():
    asked = rota(CALL, (at(date(2025, 10, 6), 9), at(date(2025, 10, 7), 9)))
    (allowance,) = pay.allowances(*asked, date(2025, 10, 1))
    assert (allowance.pence, allowance.sure) == (7000, False)


NIGHTS = [(date(2026, 3, 28), 10), (date(2026, 10, 24), 12), (date(2026, 6, 6), 11)]


@pytest.mark.parametrize(("day", "hours"), NIGHTS)
def test_hours_are_those_that_pass(day, hours):
    (counted,) = pay.hours(*rota(TOUR, (at(day, 21), at(day + timedelta(1), 8))), day)
    assert (counted.worked, counted.on_call) == (hours * 60, 0)


def test_a_tour_over_the_end_of_the_month_is_split():
    asked = rota(TOUR, (at(date(2026, 1, 31), 22), at(date(2026, 2, 1), 6)))
    assert [pay.hours(*asked, date(2026, month, 1))[0].worked for month in (1, 2)] == [120, 360]
    assert pay.hours(*asked, date(2026, 3, 1)) == ()


def test_what_is_missing_of_eleven_hours_is_owed():
    late = (at(date(2026, 3, 28), 15), at(date(2026, 3, 28), 23))
    spans = (late, (at(date(2026, 3, 29), 10), at(date(2026, 3, 29), 18)))
    (owed,) = pay.rest_owed(*rota(TOUR, *spans), REST)
    assert (owed.person, owed.minutes, owed.after, owed.before) == ("p0", 60, "b0", "b1")
    assert pay.rest_owed(*rota(CALL, *spans), REST) == ()
