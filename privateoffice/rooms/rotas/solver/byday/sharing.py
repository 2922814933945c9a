"""Makes a roster fairer and leaves its cover: two people exchange days in a row where that costs less."""

from collections.abc import Callable
from itertools import combinations

import numpy as np

from ..blockwise import targets
from ..roster.instance import OFF, Roster
from ..roster.personal import keeps_rules
from .asking import Asked

LONGEST = 7
"""Days in a row that two people exchange at most."""


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

    def even_out(self) -> Roster:
        """Exchange until nothing more is gained, or time is over."""
        paid = [self.cost(n, row) for n, row in enumerate(self.roster)]
        while self._round(paid) and not self.over():
            pass
        return self.roster

    def _round(self, paid: list[float]) -> bool:
        gained = False
        for one, other in combinations(range(len(self.roster)), 2):
            if self.over():
                return False
            gained |= self._between(one, other, paid)
        return gained

    def _between(self, one: int, other: int, paid: list[float]) -> bool:
        gained = False
        for start in range(self.asked.lead, self.asked.days):
            for end in range(start + 1, min(start + LONGEST, self.asked.days) + 1):
                if self._differ(one, other, start, end):
                    gained |= self._exchange(one, other, start, end, paid)
        return gained

    def _differ(self, one: int, other: int, start: int, end: int) -> bool:
        """An exchange that begins and ends where the two are alike is one that was tried already."""
        ours, theirs = self.roster[one], self.roster[other]
        return bool(ours[start] != theirs[start] and ours[end - 1] != theirs[end - 1])

    def _exchange(self, one: int, other: int, start: int, end: int, paid: list[float]) -> bool:
        mine, theirs = self.roster[one].copy(), self.roster[other].copy()
        mine[start:end], theirs[start:end] = self.roster[other][start:end], self.roster[one][start:end]
        costs = self.cost(one, mine), self.cost(other, theirs)
        if sum(costs) >= paid[one] + paid[other] - 0.5:
            return False
        instance = self.asked.instance
        if not (keeps_rules(instance, one, mine) and keeps_rules(instance, other, theirs)):
            return False
        self.roster[one], self.roster[other] = mine, theirs
        paid[one], paid[other] = costs
        return True
