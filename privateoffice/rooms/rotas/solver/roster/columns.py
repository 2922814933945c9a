"""The columns of a master problem: whole rows of persons, kept in arrays that grow."""

import numpy as np
from numba import njit

from .instance import OFF, Real, Truth, Whole


@njit(cache=True, nogil=True)
def decision_weights(who, rosters, x, persons, types):
    """[person, day, type]: how much of each person's mixture has that cell; the last type is a day off."""
    weights = np.zeros((persons, rosters.shape[1], types + 1))
    for column in range(who.shape[0]):
        if x[column] > 1e-9:
            for day in range(rosters.shape[1]):
                cell = rosters[column, day]
                weights[who[column], day, cell if cell >= 0 else types] += x[column]
    return weights


class Columns:
    """Who each column is for, its own cost, its cells, and the cover rows that it touches."""

    def __init__(self, days: int, row_of: Whole) -> None:
        self._row_of = row_of  # [H, S] the cover row, or -1
        self._seen: set[tuple[int, bytes]] = set()
        self.count = 0
        self.who = np.empty(64, np.int64)
        self.cost = np.empty(64)
        self.rosters = np.full((64, days), OFF, np.int8)
        self.open = np.zeros(64, np.bool_)
        self.first = np.zeros(65, np.int64)
        self.rows = np.empty(1024, np.int64)

    def add(self, who: int, start: int, row: Whole, cost: float) -> bool:
        """Add a row that begins on day `start`; False if that column is known."""
        key = who, np.asarray(row, np.int8).tobytes()
        if key in self._seen:
            return False
        self._seen.add(key)
        worked = np.flatnonzero(row != OFF)
        touched = self._row_of[start + worked, row[worked]]
        touched = touched[touched >= 0]
        self._make_room(len(touched))
        at, begin = self.count, self.first[self.count]
        self.who[at], self.cost[at], self.open[at] = who, cost, True
        self.rosters[at] = OFF
        self.rosters[at, start : start + len(row)] = row
        self.first[at + 1] = begin + len(touched)
        self.rows[begin : begin + len(touched)] = touched
        self.count += 1
        return True

    def _make_room(self, more: int) -> None:
        if self.count == len(self.cost):
            for name in ("who", "cost", "rosters", "open"):
                old = getattr(self, name)
                setattr(self, name, np.concatenate([old, np.empty_like(old)]))
            self.first = np.concatenate([self.first, np.zeros(self.count, np.int64)])
        while self.first[self.count] + more > len(self.rows):
            self.rows = np.concatenate([self.rows, np.empty_like(self.rows)])

    def shown(self, chosen: Whole) -> tuple[Whole, Real, Whole, Whole]:
        """Who, cost and the compressed rows of some columns."""
        begins, sizes = self.first[chosen], self.first[chosen + 1] - self.first[chosen]
        first = np.concatenate([[0], np.cumsum(sizes)])
        places = np.arange(first[-1]) + np.repeat(begins - first[:-1], sizes)
        return self.who[chosen], self.cost[chosen], first, self.rows[places]

    def disagreeing(self, who: int, day: int, cell: int, keep: bool) -> Whole:
        """The open columns of one person that have (or, to keep it, have not) that cell."""
        own = self.open[: self.count] & (self.who[: self.count] == who)
        same = self.rosters[: self.count, day] == cell
        wrong: Truth = own & (~same if keep else same)
        return np.flatnonzero(wrong)
