"""The CP-SAT model of a problem: who has which block, what is missing, what is waived, and each part's cost."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from ..model import Problem
from . import targets
from .profiles import Profiles, Terms
from .several import compiled
from .singles import Question, candidates
from .units import Pair
from .unitwriting import Units


@dataclass
class Written:
    """A model with its variables. `taken` is what is in every answer; `parts` are the priced terms by name."""

    question: Question
    model: cp_model.CpModel
    taken: frozenset[Pair]
    free: dict[Pair, cp_model.IntVar]
    parts: dict[str, Terms] = field(default_factory=lambda: defaultdict(list))

    @property
    def problem(self) -> Problem:
        return self.question.problem

    def literal(self, pair: Pair) -> cp_model.IntVar | int:
        return 1 if pair in self.taken else self.free[pair]

    def pairs(self, value) -> frozenset[Pair]:  # type: ignore[no-untyped-def]
        """The rota of an answer, given the solver's way of reading a variable."""
        return self.taken | {pair for pair, var in self.free.items() if value(var)}

    def objective(self, parts: Iterable[str] | None = None):  # type: ignore[no-untyped-def]
        names = self.parts if parts is None else parts
        return sum(price * var for name in names for price, var in self.parts[name])


def write(problem: Problem, fair: bool = True) -> Written:
    """The whole model; without fairness where only gaps, rules and changes matter."""
    question = Question(problem)
    priced = candidates(question)
    model = cp_model.CpModel()
    free = {pair: model.new_bool_var(f"{pair[0]} {pair[1]}") for pair in sorted(set(priced) - question.forced)}
    written = Written(question, model, question.forced, free)
    written.parts["rules"] += [(priced[pair], var) for pair, var in free.items() if priced[pair]]
    _demands(written)
    _units(written)
    _changes(written)
    if fair:
        _fairness(written)
    return written


def _demands(written: Written) -> None:
    on: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for (block, _), var in written.free.items():
        on[block].append(var)
    stands: dict[str, int] = defaultdict(int)
    for block, _ in written.taken:
        stands[block] += 1
    for demand in written.problem.demands:
        open_places = max(0, demand.wanted - stands[demand.block])
        gap: cp_model.IntVar | int = 0
        if open_places:
            gap = written.model.new_int_var(0, open_places, f"gap {demand.block}")
            written.parts["gaps"].append((demand.under * demand.priority, gap))
        extra = _extra(written, demand.over, len(on[demand.block]))
        written.model.add(sum(on[demand.block]) + gap == open_places + extra)


def _extra(written: Written, price: int | None, most: int) -> cp_model.IntVar | int:
    if price is None or not most:
        return 0
    extra = written.model.new_int_var(0, most, "")
    written.parts["extra"].append((price, extra))
    return extra


def _units(written: Written) -> None:
    writer = Units(written.model, written.question, written.free)
    for unit in compiled(written.problem, [*written.taken, *written.free]):
        writer.write(unit)
    written.parts["rules"] += writer.prices


def _changes(written: Written) -> None:
    """A published duty taken away at short notice is priced; one given at short notice is priced on its pair."""
    for pair, price in written.question.losses.items():
        if price and pair in written.free:
            written.parts["rules"].append((price, 1 - written.free[pair]))


def _fairness(written: Written) -> None:
    profiles = Profiles(written.model, written.problem, targets.weights(written.problem.fairness))
    for aim in targets.aims(written.problem):
        profiles.write(aim, written.taken, written.free)
    written.parts.update(profiles.prices)
    for each in written.problem.requests:
        var = written.free.get((each.block, each.person))
        if var is not None:
            written.parts["requests"].append((each.weight, 1 - var if each.wants else var))
