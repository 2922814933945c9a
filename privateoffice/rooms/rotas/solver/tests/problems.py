"""Small invented units for the tests: every kind of rule, both clock changes, drawn by Hypothesis or by hand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import product
from random import Random

from hypothesis import strategies as st

from privateoffice.rooms.rotas.solver import blocks
from privateoffice.rooms.rotas.solver.model import (
    LONDON,
    MUST,
    NEVER,
    Absence,
    Assignment,
    Block,
    Demand,
    DutyType,
    History,
    Holiday,
    Person,
    Pin,
    Problem,
    Request,
    Rule,
    Skill,
    Waiver,
)
from privateoffice.rooms.rotas.solver.rules import RULES

MONDAY = date(2026, 10, 12)
HOLIDAYS = (
    Holiday(date(2026, 10, 21), "A day proclaimed", ("officers", "england")),
    Holiday(date(2026, 10, 24), "A day for officers", ("officers",), christmas=True),
)
KINDS_OF_BLOCKS = (blocks.WEEKLY, blocks.WEEK_AND_WEEKEND, blocks.DAILY)
MORE_RULES = (
    Rule("few", "at-most", "At most 2 duties in 5 days", "Custom", {"duties": 2, "days": 5}, waiver=150),
    Rule("holidays", "at-most-credits", "One bank holiday each", "Custom", {"at_most": 1}, ("bank holiday",), 120),
    Rule("runs", "runs-of-days", "Days running", "Custom", {"shortest": 2, "longest": 4, "rest": 2}, waiver=60),
    Rule("weekends", "weekends-worked", "One weekend", "Custom", {"at_most": 1}, waiver=80),
    Rule("apart", "together", "Not both", "Custom", {"at_most": 1}, waiver=90, people=("p0", "p1")),
    Rule("company", "company", "Not alone", "Custom", words=("pip",), waiver=80, people=("p2",)),
)


def unit(size: int = 4, weeks: int = 2, starts_on: Sequence[int] = blocks.WEEK_AND_WEEKEND, **changes) -> Problem:
    """People who can all do one duty on call, with the catalogue's rules and no absences."""
    duty = DutyType("sio", "On-call SIO", on_call=True)
    cut = blocks.cut(duty, MONDAY, MONDAY + timedelta(7 * weeks - 1), starts_on)
    base = Problem(
        name="A unit",
        people=tuple(Person(f"p{n}", f"Person {n}", ("sio",), rank="DCI") for n in range(size)),
        duties=(duty,),
        blocks=cut,
        demands=tuple(Demand(each.id) for each in cut),
        rules=RULES,
    )
    return replace(base, **changes)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Any small unit with anything in it that the model knows."""
    return drawn(draw(st.integers(0, 2**32)))


def drawn(seed: int) -> Problem:
    r = Random(seed)
    duties, first = _duties(r), r.choice([MONDAY, date(2026, 3, 16)])
    last = first + timedelta(r.choice([9, 13, 20]))
    cut = tuple(b for duty in duties for b in blocks.cut(duty, first, last, r.choice(KINDS_OF_BLOCKS), HOLIDAYS))
    people = tuple(_person(r, n, first) for n in range(r.randint(2, 5)))
    tail = [each for each in cut if each.first < first + timedelta(5)] if r.random() < 0.4 else []
    some = _Some(r, [Assignment(b.id, p.id) for b in cut for p in people])
    return Problem(
        name=f"Drawn {seed}",
        people=people,
        duties=duties,
        blocks=cut,
        fixed=tuple(Assignment(b.id, r.choice(people).id) for b in tail),
        demands=tuple(_demand(r, b) for b in cut if b not in tail or r.random() < 0.5),
        rules=_rules(r),
        absences=tuple(_absence(r, r.choice(people).id, first) for _ in range(r.randint(0, 4))),
        holidays=HOLIDAYS,
        pins=tuple(Pin(each.block, each.person, r.choice([MUST, MUST, NEVER])) for each in some.of(2)),
        requests=tuple(Request(e.block, e.person, r.random() < 0.5, r.randint(1, 9)) for e in some.of(4)),
        history=tuple(_history(r, people, duties)),
        published=_published(r, cut, people),
        waivers=tuple(_waiver(r, each) for each in some.of(2)),
        now=datetime(first.year, first.month, first.day, 9, tzinfo=LONDON) if r.random() < 0.6 else None,
    )


@dataclass
class _Some:
    """A few of all pairs of block and person."""

    drawn: Random
    pairs: list[Assignment]

    def of(self, most: int) -> list[Assignment]:
        return self.drawn.sample(self.pairs, min(len(self.pairs), self.drawn.randint(0, most)))


def _demand(r: Random, block: Block) -> Demand:
    price, over = r.choice([200, 1000]), r.choice([None, None, 40])
    return Demand(block.id, r.choice([1, 1, 1, 2]), under=price, over=over, priority=r.choice([1, 1, 3]))


def _history(r: Random, people: Sequence[Person], duties: Sequence[DutyType]) -> Iterator[History]:
    for person, duty, kind in product(people, duties, ("weekend", "bank holiday")):
        if r.random() < 0.3:
            yield History(person.id, duty.id, kind, r.randint(0, 4), r.choice([0, 100]))


def _published(r: Random, cut: Sequence[Block], people: Sequence[Person]) -> tuple[Assignment, ...]:
    if r.random() < 0.7:
        return ()
    return tuple(Assignment(b.id, r.choice(people).id) for b in cut if r.random() < 0.7)


def _waiver(r: Random, pair: Assignment) -> Waiver:
    return Waiver(r.choice(RULES).key, pair.person, (pair.block,) if r.random() < 0.5 else ())


def _duties(r: Random) -> tuple[DutyType, ...]:
    ends = r.choice(["17:00", "23:00"])
    night = DutyType("night", "Night duty", starts="21:00", ends="07:00", on_call=False, night=True)
    day = DutyType("day", "Day duty", starts="07:00", ends=ends, on_call=False, forbidden_followers=("night",))
    call = DutyType("sio", "On-call SIO", skills=("pip",), ranks=("DCI", "DI"))
    return tuple(r.sample([night, day, call], r.randint(1, 3)))


def _person(r: Random, n: int, first: date) -> Person:
    skills = (Skill("pip", None, r.choice([None, first + timedelta(8)])),) if r.random() < 0.8 else ()
    return Person(
        f"p{n}",
        f"Person {n}",
        tuple(r.sample(["night", "day", "sio"], r.randint(1, 3))),
        rank=r.choice(["DCI", "DI", "DS"]),
        skills=skills,
        calendar=r.choice(["officers", "england"]),
        share=r.choice([100, 100, 60]),
        weekly_minutes=r.choice([0, 1500]),
        pattern=r.choice([(), (), ("1111100", "0111111")]),
        restrictions=r.choice([(), (), ("night",), ("weekend",)]),
        post_until=r.choice([None, None, first + timedelta(9)]),
    )


def _absence(r: Random, person: str, first: date) -> Absence:
    start = first + timedelta(r.randint(-3, 18))
    return Absence(
        person, start, start + timedelta(r.randint(0, 6)), r.choice(["leave", "court", "course", "sick"])
    )


def _rules(r: Random) -> tuple[Rule, ...]:
    """Some of the catalogue and of six more, hours short enough to bite, each may be waived or not."""
    kept = [each for each in (*RULES, *MORE_RULES) if r.random() < 0.8]
    short = {"average-48": {"minutes_a_week": 1800, "weeks": 2}}
    rules = [replace(each, numbers=short.get(each.key, each.numbers)) for each in kept]
    return tuple(
        replace(each, waiver=r.choice([each.waiver, None, 70])) if r.random() < 0.4 else each for each in rules
    )
