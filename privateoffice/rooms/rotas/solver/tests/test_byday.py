"""A rota by the day keeps what stands and every rule, and is refused in words where it cannot be one."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from privateoffice.rooms.rotas.solver import blocks, checker, process
from privateoffice.rooms.rotas.solver.answers import Solution
from privateoffice.rooms.rotas.solver.byday.fitting import why_not
from privateoffice.rooms.rotas.solver.effort import WORK, Effort
from privateoffice.rooms.rotas.solver.model import Assignment, Fairness, Pin, Rule
from privateoffice.rooms.rotas.solver.rules import BY_THE_DAY, RULES

from .daily import DUTIES, MONDAY, team
from .problems import unit

BY_KEY = {rule.key: rule for rule in (*RULES, *BY_THE_DAY)}
DAY = timedelta(1)


def with_rule(rule: Rule):
    problem = team()
    return replace(problem, rules=(*problem.rules, rule))


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (team(), ""),
        (unit(), "Its duties are not each of one day."),
        (team(days=13), "It is shorter than two weeks."),
        (team(fairness=Fairness(strict=True)), "Its shares are put in strict order."),
        (with_rule(BY_KEY["weeks-running"]), "The rule “No two weeks running” is one about blocks."),
        (
            with_rule(replace(BY_KEY["weekends-worked"], key="more")),
            "There are two rules like “Weekends worked”.",
        ),
        (
            with_rule(Rule("half", "at-most-credits", "Days in all", "Custom", {"at_most": 9}, ("total",))),
            "The rule “Days in all” counts several duties together.",
        ),
        (
            with_rule(replace(BY_KEY["followers"], key="far", numbers={"days": 3})),
            "The rule “What may follow” reaches further than the next day.",
        ),
        (team(first=date(2026, 3, 23), duties=(replace(DUTIES[0], starts="09:00"), *DUTIES[1:])), "clocks"),
    ],
)
def test_why_a_rota_is_not_made_by_the_day_is_said_in_a_sentence(problem, said):
    if said == "clocks":
        # Late ends at 22:00 and early begins at 09:00: eleven hours, but ten in the night of 29 March.
        cut = [
            b for duty in problem.duties for b in blocks.cut(duty, date(2026, 3, 23), date(2026, 4, 19), range(7))
        ]
        problem = replace(problem, blocks=tuple(cut))
        said = "A change of the clocks alters “11 hours of rest between tours” on one day."
    assert why_not(problem) == said


def _tail(problem, person: str, days: int):
    """The same rota after one in which a person had early duties up to its first day."""
    before = blocks.cut(DUTIES[0], MONDAY - days * DAY, MONDAY - DAY, blocks.DAILY)
    stands = tuple(Assignment(block.id, person) for block in before)
    return replace(problem, blocks=(*problem.blocks, *before), fixed=stands)


@pytest.mark.slow
def test_a_rota_by_the_day_keeps_pins_the_run_of_days_from_before_and_every_rule():
    problem = _tail(team(12), "p5", 5)
    pinned = Pin(f"N@{MONDAY + 9 * DAY}", "p7")
    made = process.roster(replace(problem, pins=(pinned,)), Effort(limit=40))
    assert isinstance(made, Solution), made
    assert Assignment(pinned.block, pinned.person) in made.assignments
    early = {f"{duty.id}@{MONDAY + n * DAY}" for duty in DUTIES for n in range(2)}
    assert not [each for each in made.assignments if each.person == "p5" and each.block in early]
    assert checker.gaps(problem, made.assignments) == made.gaps
    named = {(each.rule, each.person, each.blocks) for each in made.waived}
    assert {(b.rule, b.person, b.blocks) for b in checker.check(problem, made.assignments)} == named
    assert made.cost == sum(made.parts.values()) >= made.bound


@pytest.mark.slow
def test_what_stands_against_the_rules_about_days_is_refused_by_the_day():
    alone = Pin(f"E@{MONDAY + 9 * DAY}", "p4")
    far = tuple(Pin(f"L@{MONDAY + n * DAY}", "p4") for n in (7, 11))
    made = process.roster(team(pins=(alone, *far)), Effort(limit=20))
    assert made == "What stands already does not keep the rules about days, or time was too short."


@pytest.mark.slow
def test_the_same_work_gives_the_same_rota_by_the_day():
    effort = Effort(mode=WORK, limit=3, seed=5)
    first, second = (process.roster(team(8, 14), effort) for _ in range(2))
    assert first == second


@pytest.mark.slow
def test_the_process_of_the_solver_by_the_day_never_loads_the_other_solver():
    code = (
        "import sys; from privateoffice.rooms.rotas.solver import rosterer; "
        "from privateoffice.rooms.rotas.solver.byday import solving; "
        "from privateoffice.rooms.rotas.solver.roster import warming; warming.warm(); "
        "print('ortools' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False"]
