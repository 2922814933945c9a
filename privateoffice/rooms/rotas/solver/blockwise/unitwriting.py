"""Writes each unit as a constraint, which a priced literal or a breach that was accepted before may lift.

What is forced into the rota (the past, pins) may break a unit by itself. Such a breach is named, never hidden, and
nothing more is added to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ortools.sat.python import cp_model

from ..model import Problem
from .singles import Question
from .units import FORCED, Company, Limit, Moment, Pair, Rest, Run, Unit, members

Weighed = Sequence[tuple[int, Pair]]
Lifts = list[Any]


class Units:
    """The writer of one model's units."""

    def __init__(self, model: cp_model.CpModel, question: Question, free: Mapping[Pair, cp_model.IntVar]):
        self.model, self.question, self.free = model, question, free
        self.prices: list[tuple[int, cp_model.IntVar]] = []
        self._lifted: dict[tuple[str, str, str], cp_model.IntVar] = {}
        self._dearest = max((each.under * each.priority for each in self._problem.demands), default=0)

    @property
    def _problem(self) -> Problem:
        return self.question.problem

    def write(self, unit: Unit) -> None:
        if self.question.accepted(unit.rule.key, unit.person, {*self._problem.block}):
            return
        self.put(unit, [*self._waiver(unit), *self.accepted(unit)])

    def put(self, unit: Unit, lifts: Lifts) -> None:
        """The constraint, lifted by any of these literals."""
        match unit:
            case Limit():
                self._at_most([(n, (block, unit.person)) for block, n in unit.terms], unit.cap, lifts)
            case Moment():
                self._at_most([(1, pair) for pair in unit.pairs], unit.cap, lifts)
            case Run():
                self._run(unit, lifts)
            case Rest():
                self._rest(unit, lifts)
            case Company():
                self._company(unit, lifts)

    def _waiver(self, unit: Unit) -> Iterator[cp_model.IntVar]:
        """The literal by which the rule is waived, where that costs less than the dearest gap."""
        price = unit.rule.waiver
        if price is None or (price and price >= self._dearest):
            return
        if unit.unit not in self._lifted:
            self._lifted[unit.unit] = self.model.new_bool_var("")
            self.prices.append((price, self._lifted[unit.unit]))
        yield self._lifted[unit.unit]

    def accepted(self, unit: Unit) -> Iterator[cp_model.IntVar]:
        """A literal for each breach that was accepted before: free, while no other block joins it."""
        for waiver in self.question.waivers.get((unit.rule.key, unit.person), ()):
            others = [pair for pair in members(unit) if pair[0] not in waiver.blocks]
            if not any(pair in self.question.forced for pair in others):
                lift = self.model.new_bool_var("")
                for pair in others:
                    self.model.add_implication(lift, ~self.free[pair])
                yield lift

    def _split(self, weighed: Weighed) -> tuple[int, list[tuple[int, Pair]], list[tuple[int, cp_model.IntVar]]]:
        """How much is forced, by which pairs, and what is free."""
        forced = [(n, pair) for n, pair in weighed if pair in self.question.forced]
        free = [(n, self.free[pair]) for n, pair in weighed if pair in self.free]
        return sum(n for n, _ in forced), forced, free

    def _at_most(self, weighed: Weighed, cap: int, lifts: Lifts) -> None:
        amount, forced, free = self._split(weighed)
        if amount > cap and not all(pair in self.question.fixed for _, pair in forced):
            lifts = []
        left = max(0, cap - amount)
        beyond = sum(n for n, _ in free) - left
        if beyond <= 0:
            return
        if not lifts and left == 1 and all(n == 1 for n, _ in free):
            self.model.add_at_most_one([var for _, var in free])
        else:
            self.model.add(sum(n * var for n, var in free) <= left + beyond * sum(lifts))

    def _run(self, unit: Run, lifts: Lifts) -> None:
        groups = [[(block, unit.person) for block in group] for group in unit.groups]
        others = [(block, unit.person) for block in unit.unless]
        if any(pair in self.question.forced for pair in others):
            return None
        lifts = [*lifts, *(self.free[pair] for pair in others if pair in self.free)]
        if sum(any(pair in self.question.forced for pair in group) for group in groups) > unit.cap:
            return self._add_nothing(list(chain(*groups)), lifts)
        present = [self._present(group) for group in groups]
        self.model.add(sum(present) <= unit.cap + (len(groups) - unit.cap) * sum(lifts))
        return None

    def _present(self, group: Sequence[Pair]) -> Any:
        """One if a block of the group is taken."""
        if any(pair in self.question.forced for pair in group):
            return 1
        if len(group) == 1:
            return self.free[group[0]]
        here = self.model.new_bool_var("")
        for pair in group:
            self.model.add_implication(self.free[pair], here)
        return here

    def _add_nothing(self, pairs: Sequence[Pair], lifts: Lifts) -> None:
        """The past broke this by itself, and one block more would be a new breach. A pin's is named already."""
        if all(pair in self.question.fixed for pair in pairs if pair in self.question.forced):
            for pair in pairs:
                if pair in self.free:
                    self.model.add(self.free[pair] <= sum(lifts))

    def _rest(self, unit: Rest, lifts: Lifts) -> None:
        options = [[(block, unit.person) for block in option] for option in unit.options]
        possible = [option for option in options if not any(pair in self.question.forced for pair in option)]
        if not possible:
            return self._add_nothing([(block, unit.person) for block in unit.blocks], lifts)
        chosen = [self.model.new_bool_var("") for _ in possible]
        for literal, option in zip(chosen, possible, strict=True):
            for pair in option:
                self.model.add_implication(literal, ~self.free[pair])
        self.model.add_bool_or([*chosen, *lifts])
        return None

    def _company(self, unit: Company, lifts: Lifts) -> None:
        if any(pair in self.question.forced for pair in unit.helpers):
            return
        has = self._or_forced((unit.block, unit.person), lifts)
        self.model.add(has <= sum(self.free[pair] for pair in unit.helpers) + sum(lifts))

    def _or_forced(self, pair: Pair, lifts: Lifts) -> Any:
        """The pair's literal; where it is forced, one, and a lift at the price of what nobody may waive."""
        if pair in self.free:
            return self.free[pair]
        if not lifts:
            lifts.append(self.model.new_bool_var(""))
            self.prices.append((FORCED, lifts[-1]))
        return 1
