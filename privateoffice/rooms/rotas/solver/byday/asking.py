"""A rota as the question that the solver by the day answers, and its roster as duties of people.

The horizon begins on a Monday at least two weeks before the first day that is wanted, so that the run of days in
which somebody comes from the last rota is seen. What stands already is a wish that no saving outweighs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from .. import words
from ..blockwise.days import wanted_days
from ..blockwise.singles import Question, candidates
from ..blockwise.units import Pair
from ..model import Block, Person, Problem, Rule
from ..roster.instance import OFF, Instance, Roster, Rules, Truth, Whole
from .fitting import counted_by, rest_between

LEAD_IN = timedelta(14)
DEAR = 20_000.0
"""What it costs to give what somebody may not have, or to take what stands: more than any gaps saved by it."""
NOT_WANTED = 10
"""How many times dearer one too many is than one missing, where nobody may be too many."""


@dataclass(frozen=True)
class Asked:
    """One rota laid out by people, days and duty types. Every cost in it is nothing or more."""

    problem: Problem

    @cached_property
    def question(self) -> Question:
        return Question(self.problem)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        on = {person for _, person in self.question.forced}
        return tuple(each for each in self.problem.people if each.duties or each.id in on)

    @cached_property
    def duties(self) -> tuple[str, ...]:
        wanted = {self.problem.block[each.block].duty for each in self.problem.demands}
        return tuple(each.id for each in self.problem.duties if each.id in wanted)

    @cached_property
    def first(self) -> date:
        return words.monday(wanted_days(self.problem)[0] - LEAD_IN)

    @cached_property
    def days(self) -> int:
        return (wanted_days(self.problem)[1] - self.first).days + 1

    @cached_property
    def cells(self) -> Mapping[tuple[int, int], Block]:
        """The wanted block of each day and duty type."""
        blocks = (self.problem.block[each.block] for each in self.problem.demands)
        return {((each.first - self.first).days, self.duties.index(each.duty)): each for each in blocks}

    @cached_property
    def stands(self) -> Mapping[tuple[int, int], int]:
        """The duty type that a person has on a day, by the past or by a pin, and keeps."""
        place = {each.id: n for n, each in enumerate(self.people)}
        found = {}
        for block, person in self.question.forced:
            cell = self._cell(self.problem.block[block])
            if cell and person in place:
                found[place[person], cell[0]] = cell[1]
        return found

    def _cell(self, block: Block) -> tuple[int, int] | None:
        day = (block.first - self.first).days
        inside = block.duty in self.duties and block.first == block.last and 0 <= day < self.days
        return (day, self.duties.index(block.duty)) if inside else None

    @cached_property
    def lead(self) -> int:
        """How many days lie before the first that is wanted."""
        return (wanted_days(self.problem)[0] - self.first).days

    def rules_of(self, kind: str) -> list[Rule]:
        return [each for each in self.problem.rules if each.kind == kind]

    @cached_property
    def prices(self) -> tuple[np.ndarray, np.ndarray]:
        """What each person's having each duty costs, and what is paid whatever happens."""
        wishes = np.full((len(self.people), self.days, len(self.duties)), DEAR)
        base = np.zeros(len(self.people))
        possible = candidates(self.question)
        for n, person in enumerate(self.people):
            for cell, block in self.cells.items():
                price = possible.get((block.id, person.id))
                if price is not None and not self._clashes(person.id, block):
                    wishes[n, *cell] = price
        self._wish(wishes, base)
        for (n, day), kind in self.stands.items():
            wishes[n, day, :] = DEAR
            wishes[n, day, kind] = -DEAR
            base[n] += DEAR
        return wishes, base

    def _wish(self, wishes: np.ndarray, base: np.ndarray) -> None:
        """What people ask for, and what taking a published duty from them costs."""
        place = {each.id: n for n, each in enumerate(self.people)}
        asked = [(each.block, each.person, each.wants, each.weight) for each in self.problem.requests]
        asked += [(*pair, True, price) for pair, price in self.question.losses.items() if price]
        for block, person, wants, weight in asked:
            cell = self._cell(self.problem.block[block])
            if cell and person in place:
                if wishes[place[person], *cell] < DEAR:
                    wishes[place[person], *cell] += -weight if wants else weight
                base[place[person]] += weight if wants else 0

    def _clashes(self, person: str, block: Block) -> bool:
        """Whether something else that the person has stands in the way."""
        minutes = max((each.numbers["minutes"] for each in self.rules_of("rest")), default=0)
        for other in self._others.get(person, ()):
            earlier, later = sorted((block, other), key=lambda each: each.begins)
            if later.begins < earlier.finishes or rest_between(self.problem, earlier, later, minutes):
                return True
        return False

    @cached_property
    def _others(self) -> Mapping[str, list[Block]]:
        found: dict[str, list[Block]] = {}
        for block, person in self.question.forced:
            if not self._cell(self.problem.block[block]):
                found.setdefault(person, []).append(self.problem.block[block])
        return found

    @cached_property
    def fixed_off(self) -> Truth:
        """Days on which a person can have nothing: those before, and those on which nothing is theirs."""
        wishes, _ = self.prices
        off: Truth = np.asarray((wishes >= DEAR).all(axis=2), np.bool_)
        for n, day in self.stands:
            off[n, day] = False
        return off

    @cached_property
    def forbidden(self) -> Truth:
        """[S, S] which duty may not follow which on the next day."""
        found = np.zeros((len(self.duties), len(self.duties)), np.bool_)
        minutes = max((each.numbers["minutes"] for each in self.rules_of("rest")), default=0)
        for (day, kind), one in self.cells.items():
            for other_kind in range(len(self.duties)):
                other = self.cells.get((day + 1, other_kind))
                if other:
                    found[kind, other_kind] |= self._may_not_follow(one, other, minutes)
        return found

    def _may_not_follow(self, one: Block, other: Block, minutes: int) -> bool:
        named = self.rules_of("followers") and other.duty in self.problem.duty[one.duty].forbidden_followers
        overlaps = bool(self.rules_of("one-at-a-time")) and other.begins < one.finishes
        return bool(named) or overlaps or rest_between(self.problem, one, other, minutes)

    @cached_property
    def limits(self) -> Whole:
        """[P, S] the most of each duty that anybody may have, the past included."""
        before = np.zeros((len(self.people), len(self.duties)), np.int64)
        for (n, day), kind in self.stands.items():
            before[n, kind] += day < self.lead
        most = np.full_like(before, self.days)
        for rule in self.rules_of("at-most-credits"):
            for duty in counted_by(self.problem, rule):
                most[:, self.duties.index(duty)] = rule.numbers["at_most"]
        for n, person in enumerate(self.people):
            most[n, [duty not in person.duties for duty in self.duties]] = 0
        pinned = np.zeros_like(before)
        for (n, day), kind in self.stands.items():
            pinned[n, kind] += day >= self.lead
        return before + np.maximum(most, pinned)

    def _frame(self, n: int) -> Rules:
        runs = next((each.numbers for each in self.rules_of("runs-of-days")), {})
        weekends = next((each.numbers["at_most"] for each in self.rules_of("weekends-worked")), self.days)
        earlier = {day // 7 for (who, day) in self.stands if who == n and day < self.lead and day % 7 >= 5}
        return Rules(
            least_minutes=0,
            most_minutes=int(self.minutes.max()) * self.days,
            longest_run=runs.get("longest", self.days),
            shortest_run=runs.get("shortest", 1),
            shortest_rest=runs.get("rest", 1),
            most_weekends=weekends + len(earlier),
        )

    @cached_property
    def minutes(self) -> Whole:
        first = {kind: block.minutes for (_, kind), block in sorted(self.cells.items(), reverse=True)}
        return np.array([first[n] for n in range(len(self.duties))], np.int64)

    @cached_property
    def instance(self) -> Instance:
        shape = (self.days, len(self.duties))
        need, under, over = np.zeros(shape), np.zeros(shape), np.full(shape, DEAR)
        for cell, block in self.cells.items():
            each = self.problem.demand[block.id]
            need[cell], under[cell] = each.wanted, each.under * each.priority
            over[cell] = NOT_WANTED * under[cell] if each.over is None else each.over
        over[: self.lead] = 0.0
        wishes, base = self.prices
        return Instance(
            name=self.problem.name,
            people=tuple(each.id for each in self.people),
            duties=self.duties,
            minutes=self.minutes,
            forbidden=self.forbidden,
            rules=tuple(self._frame(n) for n in range(len(self.people))),
            limits=self.limits,
            fixed_off=self.fixed_off,
            wishes=wishes,
            base=base,
            need=need,
            under=under,
            over=over,
        )

    def keeps_what_stands(self, roster: Roster) -> bool:
        """Whether a roster leaves what stands, and gives nobody what they may not have."""
        kept = all(roster[n, day] == kind for (n, day), kind in self.stands.items())
        people, days = np.nonzero(roster != OFF)
        return kept and bool((self.prices[0][people, days, roster[people, days]] < DEAR).all())

    def pairs(self, roster: Roster) -> frozenset[Pair]:
        """The roster as blocks and persons, with what stands besides."""
        found = {
            (self.cells[day, int(roster[n, day])].id, self.people[n].id)
            for n, day in zip(*np.nonzero(roster != OFF), strict=True)
            if (day, int(roster[n, day])) in self.cells
        }
        return frozenset(found) | self.question.forced
