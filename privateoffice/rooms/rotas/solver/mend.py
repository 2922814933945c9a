"""Mends a published rota: the fewest changes, provably; the fairest; the cheapest for those who are told late.

The past is frozen, whatever has begun stands, and each answer is a diff. Import this only in a process of its own.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from ortools.sat.python import cp_model

from .answers import CHEAPEST, FAIREST, FEWEST, Mend
from .blockwise import naming
from .blockwise.answering import assignments
from .blockwise.groups import PRICED
from .blockwise.singles import Question, clear_days
from .blockwise.singles import broken as broken_by
from .blockwise.units import Pair
from .blockwise.writing import Written, write
from .diff import moves
from .duty import solver_for
from .effort import Effort
from .model import Absence, Assignment, Problem
from .trouble import Broken, broken

NOTICE = ((2, 100), (8, 40), (15, 20))
"""What a change of hands costs with less than so many clear days of notice; with more it costs `AHEAD`."""
AHEAD = 10
A_CHANGE = 3
"""What one change is worth in fairness, so that the fairest answer does not stir the rota for nothing."""
FIRST = 1000
"""Gaps and waived rules count before changes by this factor."""
PROVING = 8.0
"""Seconds that the proofs may take on a machine that has much else to do; on a quiet one they take one."""
SEARCHING = 0.8
"""The part of the time that searching may take; the rest writes the models and the diffs."""
FAULTS = ("gaps", "extra", "rules")


@dataclass(frozen=True)
class Found:
    """A rota that a search came to, whether no other can be better, and its objective."""

    pairs: frozenset[Pair]
    proven: bool
    reached: int


def mend(
    problem: Problem,
    rota: Iterable[Assignment],
    absences: Iterable[Absence],
    now: datetime,
    kinds: Iterable[str] = (FEWEST, CHEAPEST, FAIREST),
    seconds: float = 2.0,
) -> tuple[Mend, ...]:
    """An answer of each kind to what became known at `now`. An answer that came no further is not `proven`."""
    mender = _Mender(broken(problem, rota, absences, now), time.monotonic() + SEARCHING * seconds)
    return tuple(mender.answer(kind) for kind in kinds)


@dataclass
class _Mender:
    """One broken rota and the models of it, each written once."""

    trouble: Broken
    until: float
    _good: frozenset[Pair] = frozenset()

    @property
    def problem(self) -> Problem:
        return self.trouble.problem

    @cached_property
    def before(self) -> frozenset[Pair]:
        return frozenset((each.block, each.person) for each in self.trouble.rota)

    @cached_property
    def ruled(self) -> Problem:
        """The problem without what only makes a change dearer; notice has its own price here."""
        rules = tuple(r for r in self.problem.rules if r.kind not in PRICED or r.waiver is None)
        return replace(self.problem, rules=rules)

    @cached_property
    def plain(self) -> Written:
        return write(self.ruled, fair=False)

    @cached_property
    def whole(self) -> Written:
        return write(self.ruled)

    def answer(self, kind: str) -> Mend:
        begun = time.monotonic()
        found = {FEWEST: self._fewest, CHEAPEST: self._cheapest, FAIREST: self._fairest}[kind]()
        return self._told(kind, found, time.monotonic() - begun)

    @cached_property
    def least(self) -> Found:
        """The fewest changes after the fewest gaps and breaches, whatever it does to fairness."""
        objective = FIRST * self.plain.objective(FAULTS) + sum(self._given(self.plain).values())
        found = self._solve(self.plain, objective, self.before, seconds=PROVING)
        return found if found.pairs else self._as_it_is()

    def _as_it_is(self) -> Found:
        """Where no answer came in time: everybody keeps what they may keep, and the rest is open."""
        return Found(self.plain.taken | (self.before & self.plain.free.keys()), False, 0)

    def _fewest(self) -> Found:
        """A fair one of the rotas with the fewest changes; it is their number that is proven."""
        least, whole = self.least, self.whole
        if not least.proven or self._left() < 0.1:
            return least
        whole = replace(whole, model=whole.model.clone())
        whole.model.add(FIRST * whole.objective(FAULTS) + sum(self._given(whole).values()) <= least.reached)
        fair = self._solve(whole, whole.objective(self._fair_parts), least.pairs, enough=0.02)
        if not fair.pairs:
            return least
        self._good = fair.pairs
        return replace(fair, proven=True)

    def _cheapest(self) -> Found:
        """Gaps and breaches first, then what the changes cost by the notice that each leaves."""
        prices = {pair: self._price(pair) for pair in self.plain.free}
        notice = sum(prices[pair] * var for pair, var in self._given(self.plain).items())
        objective = FIRST * self.plain.objective(FAULTS) + notice
        found = self._solve(self.plain, objective, self.least.pairs, seconds=PROVING)
        return found if found.pairs else replace(self.least, proven=False)

    def _fairest(self) -> Found:
        changes = A_CHANGE * sum(self._given(self.whole).values())
        good = self._good or self.least.pairs
        found = self._solve(self.whole, self.whole.objective() + changes, good, enough=0.02)
        return found if found.pairs else replace(self.least, proven=False)

    @cached_property
    def _fair_parts(self) -> list[str]:
        return [part for part in self.whole.parts if part not in FAULTS]

    def _given(self, written: Written) -> dict[Pair, cp_model.IntVar]:
        """The pairs that would be new to somebody: each one taken is one change."""
        return {pair: var for pair, var in written.free.items() if pair not in self.before}

    def _price(self, pair: Pair) -> int:
        """What giving this block to this person costs: by the notice, and by what the rules say about notice."""
        block, who = self.problem.block[pair[0]], self.problem.person[pair[1]]
        days = clear_days(self._today, block.first)
        by_notice = next((price for until, price in NOTICE if days < until), AHEAD)
        breaks = [rule for rule, _ in broken_by(self._question, who, block) if rule.kind in PRICED]
        return by_notice + sum(rule.waiver or 0 for rule in breaks)

    @cached_property
    def _question(self) -> Question:
        return Question(self.problem)

    @property
    def _today(self) -> date:
        assert self.problem.now
        return self.problem.now.date()

    def _left(self) -> float:
        return self.until - time.monotonic()

    def _solve(
        self, written: Written, objective: Any, hint: frozenset[Pair], enough: float = 0.0, seconds: float = 0.0
    ) -> Found:
        """The best rota for an objective, in the time that is left or at least in these seconds."""
        written.model.clear_hints()
        for pair, var in written.free.items():
            written.model.add_hint(var, pair in hint)
        written.model.minimize(objective)
        solver = solver_for(Effort(limit=max(0.05, seconds, self._left()), workers=1, enough=enough))
        status = solver.solve(written.model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(frozenset(), False, 0)
        return Found(written.pairs(solver.value), status == cp_model.OPTIMAL, round(solver.objective_value))

    def _told(self, kind: str, found: Found, seconds: float) -> Mend:
        after = assignments(self.problem, found.pairs)
        given = frozenset((each.block, each.person) for each in after) - self.before
        new = [pair for pair in given if pair not in self._question.fixed]
        parts = naming.parts(self._question, found.pairs)
        return Mend(
            kind=kind,
            assignments=after,
            moves=moves(self.problem, self.trouble.rota, after),
            changes=len(new),
            proven=found.proven,
            gaps=naming.gaps(self.problem, found.pairs),
            waived=naming.waived(self._question, found.pairs),
            unfairness=sum(parts[kind] for kind in self.problem.fairness.order),
            notice_cost=sum(self._price(pair) for pair in new),
            blocks=self.trouble.cut,
            seconds=round(seconds, 3),
        )
