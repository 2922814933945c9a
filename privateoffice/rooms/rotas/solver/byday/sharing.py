"""Makes a roster fairer and leaves its cover: two people exchange days in a row where that costs less."""

from collections.abc import Callable

import numpy as np

from ..blockwise import targets
from ..roster.instance import OFF, Roster
from ..roster.personal import keeps_rules
from .asking import Asked

LONGEST = 7
"""Days in a row that two people exchange at most."""
STEPS = 40_000
WARMEST = 6.0
"""What a worse step may cost on average at first: about a weekend out of share."""


class Sharing:
    """One roster while its shares are evened out."""

    def __init__(self, asked: Asked, roster: Roster, over: Callable[[], bool]):
        self.asked, self.roster, self.over = asked, roster.copy(), over
        self.kinds = tuple(asked.problem.fairness.order)
        self.scale = targets.weights(asked.problem.fairness)
        self.aims = list(targets.aims(asked.problem))
        self.worth = [self._worth(n) for n in range(len(asked.people))]

    def _worth(self, person: int) -> np.ndarray:
        """[H, S, kind]: what each cell counts for this person."""
        asked = self.asked
        found = np.zeros((asked.days, len(asked.duties), len(self.kinds)))
        for cell, block in asked.cells.items():
            credits = asked.problem.credits(asked.people[person].id, block.id)
            found[cell] = [credits[kind] for kind in self.kinds]
        return found

    def cost(self, person: int, row: Roster) -> float:
        """What a row costs in unfairness and wishes."""
        days = np.flatnonzero(row != OFF)
        has = np.zeros((len(self.asked.duties), len(self.kinds)))
        np.add.at(has, row[days], self.worth[person][days, row[days]])
        cost = float(self.asked.prices[0][person, days, row[days]].sum())
        for aim in self.aims:
            if aim.person == self.asked.people[person].id:
                mine = has[[n for n, duty in enumerate(self.asked.duties) if duty in aim.duties]].sum(axis=0)
                cost += sum(aim.price(kind, self.scale[kind], int(mine[n])) for n, kind in enumerate(self.kinds))
        return cost

    def even_out(self, seed: int = 1) -> Roster:
        """The evenest roster met in a walk that takes a worse step now and then, and ever more seldom."""
        random = np.random.default_rng(seed)
        paid = [self.cost(n, row) for n, row in enumerate(self.roster)]
        best, least = self.roster.copy(), sum(paid)
        for step in range(STEPS if len(paid) > 1 else 0):
            if least <= 0 or self.over():
                break
            one, other = (int(n) for n in random.choice(len(paid), 2, replace=False))
            start = int(random.integers(self.asked.lead, self.asked.days))
            end = min(start + int(random.integers(1, LONGEST + 1)), self.asked.days)
            bearable = -np.log(1 - random.random()) * WARMEST * (1 - step / STEPS)
            moved = self._differ(one, other, start, end) and self._exchange(one, other, start, end, paid, bearable)
            if moved and sum(paid) < least:
                best, least = self.roster.copy(), sum(paid)
        return best

    def _differ(self, one: int, other: int, start: int, end: int) -> bool:
        """An exchange that begins or ends where the two are alike is one of fewer days."""
        ours, theirs = self.roster[one], self.roster[other]
        return bool(ours[start] != theirs[start] and ours[end - 1] != theirs[end - 1])

    def _exchange(self, one: int, other: int, start: int, end: int, paid: list[float], bearable: float) -> bool:
        """Exchange where that costs no more than is bearable and both rows keep their rules."""
        mine, theirs = self.roster[one].copy(), self.roster[other].copy()
        mine[start:end], theirs[start:end] = self.roster[other][start:end], self.roster[one][start:end]
        costs = self.cost(one, mine), self.cost(other, theirs)
        if sum(costs) > paid[one] + paid[other] + bearable:
            return False
        instance = self.asked.instance
        if not (keeps_rules(instance, one, mine) and keeps_rules(instance, other, theirs)):
            return False
        self.roster[one], self.roster[other] = mine, theirs
        paid[one], paid[other] = costs
        return True
