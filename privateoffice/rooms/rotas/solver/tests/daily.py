"""An invented team with early, late and night duties, for the tests of rotas by the day."""

from dataclasses import replace
from datetime import date, timedelta

from privateoffice.rooms.rotas.solver import blocks
from privateoffice.rooms.rotas.solver.model import Absence, Demand, DutyType, Person, Problem
from privateoffice.rooms.rotas.solver.rules import BY_THE_DAY, ONLY_BY_BLOCKS, RULES

MONDAY = date(2026, 11, 2)
DUTIES = (
    DutyType("E", "Early", starts="07:00", ends="15:00", on_call=False),
    DutyType("L", "Late", starts="14:00", ends="22:00", on_call=False, forbidden_followers=("E",)),
    DutyType(
        "N", "Night", starts="22:00", ends="07:00", on_call=False, night=True, forbidden_followers=("E", "L")
    ),
)


def team(size: int = 10, days: int = 28, first: date = MONDAY, **changes) -> Problem:
    """People who can do every duty, one of each wanted every day, under the rules for rotas by the day."""
    cut = tuple(
        block for duty in DUTIES for block in blocks.cut(duty, first, first + timedelta(days - 1), blocks.DAILY)
    )
    base = Problem(
        name="A team",
        people=tuple(Person(f"p{n}", f"Person {n}", ("E", "L", "N"), rank="DC") for n in range(size)),
        duties=DUTIES,
        blocks=cut,
        demands=tuple(Demand(each.id) for each in cut),
        rules=tuple(each for each in (*RULES, *BY_THE_DAY) if each.key not in ONLY_BY_BLOCKS),
        absences=tuple(Absence(f"p{n}", first + timedelta(3 * n), first + timedelta(3 * n + 4)) for n in range(3)),
    )
    return replace(base, **changes)
