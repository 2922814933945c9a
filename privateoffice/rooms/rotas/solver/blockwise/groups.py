"""A problem cut into named reasons: each place that wants cover, each rule of a person, each absence, each pin.

Any set of reasons can be asked whether it can all hold. What is not a reason is fact: who is on which list, and
what stands fixed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from .. import words
from ..answers import AWAY, COVER, PINNED, RULE, Reason
from ..model import MUST, Absence, Assignment, Block, Person, Problem, Rule
from .several import compiled
from .singles import Question, broken
from .units import Company, Pair, Unit, members
from .unitwriting import Units

Key = tuple[str, str, str]
PRICED = ("notice", "holiday-notice")
"""Kinds that forbid nothing while they may be waived: they only make a rota dearer."""
PIN_PRICE = 500


@dataclass(frozen=True)
class Scope:
    """The part of a problem that is looked at: some wanted blocks, with all else held as it stands."""

    problem: Problem
    blocks: frozenset[str]
    held: frozenset[Pair] = frozenset()

    @cached_property
    def asked(self) -> Problem:
        """The problem with its pins taken out, since they are reasons, and what is out of sight fixed."""
        kept = tuple(each for each in self.problem.demands if each.block in self.blocks)
        outside = tuple(Assignment(*pair) for pair in sorted(self.held) if pair[0] not in self.blocks)
        return replace(self.problem, demands=kept, fixed=(*self.problem.fixed, *outside), pins=())

    @cached_property
    def question(self) -> Question:
        return Question(self.asked)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """Everybody on the list of a wanted block, and whoever is pinned to it."""
        listed = {
            (each.block, who.id)
            for each in self.asked.demands
            for who in self.problem.people
            if self.problem.block[each.block].duty in who.duties
        }
        musts = (each for each in self.problem.pins if each.kind == MUST)
        pinned = {(each.block, each.person) for each in musts if each.block in self.blocks}
        return tuple(sorted((listed | pinned) - self.question.fixed))

    @cached_property
    def reasons(self) -> Mapping[Key, Reason]:
        found: dict[Key, Reason] = {}
        for each in self.asked.demands:
            block = self.problem.block[each.block]
            found[COVER, "", each.block] = _cover(self.problem, block, each.under * each.priority)
        for key, reason in [*self._of_singles(), *self._of_units(), *self._of_pins()]:
            found.setdefault(key, reason)
        return found

    def _of_singles(self) -> Iterator[tuple[Key, Reason]]:
        for key, (rule, person, said, absence) in self._forbidden_by.items():
            kind = AWAY if absence else RULE
            yield key, Reason(kind, f"{said}", rule.key, person, absence=absence, price=rule.waiver)

    def _of_units(self) -> Iterator[tuple[Key, Reason]]:
        for unit in self.units:
            who = words.name(self.problem, unit.person) if unit.person else "everybody"
            said = f"“{unit.rule.name}” holds for {who}"
            yield key_of(unit), Reason(RULE, said, unit.rule.key, unit.person, price=unit.rule.waiver)

    def _of_pins(self) -> Iterator[tuple[Key, Reason]]:
        for each in self.problem.pins:
            if each.block in self.blocks:
                does = "is pinned to" if each.kind == MUST else "is pinned away from"
                said = words.block(self.problem, self.problem.block[each.block])
                text = f"{words.name(self.problem, each.person)} {does} {said}"
                yield (
                    (PINNED, each.person, each.block),
                    Reason(PINNED, text, "", each.person, each.block, price=PIN_PRICE),
                )

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        found = compiled(self.asked, [*self.pairs, *self.question.fixed])
        return tuple(
            each for each in found if not (isinstance(each, Company) and members(each) <= self.question.fixed)
        )

    @cached_property
    def forbidden(self) -> Mapping[Key, list[Pair]]:
        """By reason, the pairs that it forbids by itself."""
        found: dict[Key, list[Pair]] = defaultdict(list)
        for pair, key, _ in self._singles():
            found[key].append(pair)
        return found

    @cached_property
    def _forbidden_by(self) -> dict[Key, tuple[Rule, str, str, Absence | None]]:
        return {key: said for _, key, said in self._singles()}

    def _singles(self) -> Iterator[tuple[Pair, Key, tuple[Rule, str, str, Absence | None]]]:
        for pair in self.pairs:
            block, who = self.problem.block[pair[0]], self.problem.person[pair[1]]
            for rule, said in broken(self.question, who, block):
                cheap = rule.kind in PRICED and rule.waiver is not None
                if not cheap and not self.question.accepted(rule.key, who.id, {block.id}):
                    yield from self._by_rule(rule, said, who, block)

    def _by_rule(self, rule: Rule, said: str, who: Person, block: Block) -> Iterator:
        if rule.kind != "away":
            yield (block.id, who.id), (RULE, who.id, rule.key), (rule, who.id, said, None)
            return
        for n, each in enumerate(self.question.away[who.id]):
            if each.kind in rule.words and each.first <= block.last and block.first <= each.last:
                text = f"{who.name} is away ({each.kind}) {words.span(each.first, each.last)}"
                yield (block.id, who.id), (AWAY, who.id, f"{n} {rule.key}"), (rule, who.id, text, each)


def _cover(problem: Problem, block: Block, price: int) -> Reason:
    return Reason(COVER, f"{words.block(problem, block)} must be filled", block=block.id, price=price)


def key_of(unit: Unit) -> Key:
    return RULE, unit.person, unit.rule.key


class Grouped:
    """A model of some reasons of a scope. With `lifted`, each reason has a literal that is true while it holds."""

    def __init__(self, scope: Scope, keys: Collection[Key], lifted: bool):
        self.scope, self.model = scope, cp_model.CpModel()
        self.free = {pair: self.model.new_bool_var("") for pair in scope.pairs}
        self.holds = {key: self.model.new_bool_var("") for key in keys} if lifted else {}
        self._keys = frozenset(keys)
        self._write()

    def _broken(self, key: Key) -> list[Any]:
        return [~self.holds[key]] if key in self.holds else []

    def _write(self) -> None:
        writer = Units(self.model, self.scope.question, self.free)
        for unit in self.scope.units:
            if key_of(unit) in self._keys:
                writer.put(unit, [*writer.accepted(unit), *self._broken(key_of(unit))])
        for key, pairs in self.scope.forbidden.items():
            if key in self._keys:
                for pair in pairs:
                    self.model.add_bool_or([~self.free[pair], *self._broken(key)])
        self._cover()
        self._pins()

    def _cover(self) -> None:
        on: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (block, _), var in self.free.items():
            on[block].append(var)
        for demand in self.scope.asked.demands:
            stands = sum(block == demand.block for block, _ in self.scope.question.fixed)
            short = max(0, demand.wanted - stands)
            if demand.over is None:
                self.model.add(sum(on[demand.block]) <= short)
            key = (COVER, "", demand.block)
            if key in self._keys and short:
                self.model.add(sum(on[demand.block]) + short * sum(self._broken(key)) >= short)

    def _pins(self) -> None:
        for each in self.scope.problem.pins:
            key, pair = (PINNED, each.person, each.block), (each.block, each.person)
            if key in self._keys and pair in self.free:
                literal = self.free[pair] if each.kind == MUST else ~self.free[pair]
                self.model.add_bool_or([literal, *self._broken(key)])

    def pairs(self, solver: cp_model.CpSolver) -> frozenset[Pair]:
        return self.scope.question.fixed | {pair for pair, var in self.free.items() if solver.value(var)}
