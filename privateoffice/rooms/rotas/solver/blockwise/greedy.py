"""A first rota at once: block after block to whoever has done least of their part and breaks nothing by it.

It is what is handed out where the machine is too busy for any search at all.
"""

from collections import defaultdict
from collections.abc import Iterable

from ..model import TOTAL, Demand, Problem
from . import targets
from .limits import Bound
from .several import personal
from .units import Pair


class FirstRota:
    """What is taken already, and of what is possible at no price as much as fits, in the order of time.

    Whom a rule about several people concerns is left out: what stands with them is the search's to find.
    """

    def __init__(self, problem: Problem, taken: Iterable[Pair], possible: Iterable[Pair]):
        self.problem = problem
        self.on: dict[str, list[str]] = defaultdict(list)
        self.held: dict[str, list[str]] = defaultdict(list)
        for block, person in taken:
            self._take(block, person)
        several = [rule for rule in problem.rules if rule.kind in ("together", "company")]
        concerned = {person for rule in several for person in rule.people}
        self.free: dict[str, list[str]] = defaultdict(list)
        for block, person in possible:
            if person not in concerned:
                self.free[block].append(person)
        self.parts = {
            (aim.person, duty): aim.high.get(TOTAL, 1) for aim in targets.aims(problem) for duty in aim.duties
        }

    def pairs(self) -> frozenset[Pair]:
        for demand in sorted(self.problem.demands, key=lambda each: self.problem.block[each.block].begins):
            self._fill(demand)
        return frozenset((block, person) for block, people in self.on.items() for person in people)

    def _fill(self, demand: Demand) -> None:
        duty = self.problem.block[demand.block].duty
        for person in sorted(self.free[demand.block], key=lambda each: (self._done(each, duty), each)):
            if len(self.on[demand.block]) >= demand.wanted:
                return
            if self._fits(person, demand.block):
                self._take(demand.block, person)

    def _take(self, block: str, person: str) -> None:
        self.on[block].append(person)
        self.held[person].append(block)

    def _done(self, person: str, duty: str) -> float:
        """How much of their part a person has in one duty."""
        mine = (self.problem.block[block] for block in self.held[person])
        return sum(len(each.days) for each in mine if each.duty == duty) / max(
            1, self.parts.get((person, duty), 1)
        )

    def _fits(self, person: str, block: str) -> bool:
        """Whether one block more breaks nothing new: a unit compiled for what is held is a broken one."""
        before = sum(1 for _ in personal(self.problem, Bound(self.problem, person, self.held[person])))
        after = personal(self.problem, Bound(self.problem, person, [*self.held[person], block]))
        return sum(1 for _ in after) <= before
