"""The master problem: one column for each free person, and prices for each place that is to be covered.

It serves the whole horizon (`persons` are everybody), and every neighbourhood (a few persons, or a window of days,
with all else fixed). Bounds come only from rounds in which everybody was priced and no decision was fixed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from . import cover
from .columns import Columns, decision_weights
from .instance import BARRED, OFF, Instance, Real, Roster, Whole
from .interior import Programme, Solution, solved
from .kernels import row_cost
from .meter import Meter
from .pricing import Pricer, Span

SMOOTHING = 0.4
BONUS = 1e4
NEGATIVE = -1e-6
ROUGH, FINE = 0.02, 1e-5


@dataclass(frozen=True)
class Decision:
    """Somebody has a cell (or, not kept, has it not) on a day."""

    place: int
    day: int
    cell: int
    keep: bool = True


@dataclass
class Fixing:
    """A batch of decisions and the columns that it closed."""

    decisions: Sequence[Decision]
    closed: Whole = field(default_factory=lambda: np.empty(0, np.int64))


class Master:
    def __init__(
        self,
        instance: Instance,
        roster: Roster,
        persons: Sequence[int],
        pricer: Pricer,
        meter: Meter,
        spans: Mapping[int, Span] | None = None,
        loose: bool = False,
    ) -> None:
        self.instance, self.pricer, self.meter, self.loose = instance, pricer, meter, loose
        self.persons = list(persons)
        self.spans = [spans[p] if spans else pricer.whole(p) for p in self.persons]
        self.roster = roster
        self._lay_out(roster)
        self.columns = Columns(instance.days, self.row_of)
        self.x = np.zeros(0)
        self.prices = np.zeros(len(self.need))
        self.best_prices: Real | None = None
        self.bound, self.value = -np.inf, np.inf
        self.shares = np.zeros(len(self.persons))
        self.fixings: list[Fixing] = []
        self._decided: list[list[Decision]] = [[] for _ in self.persons]
        for place, (person, span) in enumerate(zip(self.persons, self.spans, strict=True)):
            self.add(place, roster[person, span.start : span.end].astype(np.int64))

    def _lay_out(self, roster: Roster) -> None:
        """Which places are covered by free persons, what is left to cover, and what the rest costs."""
        instance = self.instance
        fixed = roster.copy()
        for person, span in zip(self.persons, self.spans, strict=True):
            fixed[person, span.start : span.end] = OFF
        free = np.zeros(instance.days, np.bool_)
        for span in self.spans:
            free[span.start : span.end] = True
        counts = cover.counted(instance, fixed)
        costs = cover.cover_costs(instance, counts)
        used = free[:, None] & (instance.under + instance.over > 0)
        self.row_of = np.full(used.shape, -1, np.int64)
        self.row_of[used] = np.arange(used.sum())
        self.cells = np.nonzero(used)
        self.need = (instance.need - counts)[used].astype(float)
        self.under, self.over = instance.under[used], instance.over[used]
        worked = np.nonzero(fixed != OFF)
        wishes = instance.wishes[worked[0], worked[1], fixed[worked]].sum()
        self.constant = float(instance.base.sum() + wishes + costs[~used].sum())

    def add(self, place: int, row: Whole) -> bool:
        person, span = self.persons[place], self.spans[place]
        cost = row_cost(row, self.instance.wishes[person, span.start : span.end])
        return self.columns.add(place, span.start, row, cost)

    def price_table(self, prices: Real) -> Real:
        """[H, S] of a price for each cover row."""
        table = np.zeros(self.row_of.shape)
        table[self.cells] = prices
        return table

    def solve(self, within: float) -> float:
        """Solve the linear programme over the open columns; returns the value, all that is fixed included."""
        columns = self.columns
        self.x = np.concatenate([self.x, np.zeros(columns.count - len(self.x))])
        chosen = np.flatnonzero(columns.open[: columns.count])
        who, cost, first, rows = columns.shown(chosen)
        programme = Programme(cost, who, first, rows, len(self.persons), self.need, self.under, self.over)
        before = self.x[chosen]
        warm = before if np.bincount(who, before, minlength=len(self.persons)).min() > 1e-6 else None
        found: Solution = solved(programme, warm, self.prices, within)
        self.x[:] = 0.0
        self.x[chosen] = found.x
        self.prices, self.shares, self.value = found.prices, found.shares, found.value + self.constant
        self.meter.charge(1e-3 + found.steps * (4e-4 + 1e-10 * len(self.need) ** 3 + 1e-6 * len(chosen)))
        return self.value

    def price(self, prices: Real) -> tuple[int, float]:
        """Price everybody: how many columns that adds, and the cost below which no mixture can be."""
        table, now = self.price_table(prices), self.price_table(self.prices)
        added, least = 0, float(prices @ self.need) + self.constant
        for place, span in enumerate(self.spans):
            if self.meter.over():
                return added, -np.inf
            bound, row = self._priced(place, span, table)
            least += bound
            if row is not None and self._reduced(place, span, row, now) < NEGATIVE:
                added += self.add(place, row)
        return added, least

    def _priced(self, place: int, span: Span, table: Real) -> tuple[float, Whole | None]:
        person, decisions = self.persons[place], self._decided[place]
        days = slice(span.start, span.end)
        cost = self.instance.wanted[person, days] - table[days]
        if not decisions:
            answer = self.pricer.cheapest(person, cost, span, self.loose)
            return answer.bound, answer.row
        paid = _bend(cost, decisions, span.start)
        answer = self.pricer.cheapest(person, cost, span, loose=True)
        row = answer.row
        if row is not None and not all((row[d.day - span.start] == d.cell) == d.keep for d in decisions):
            row = None
        return answer.bound + paid, row

    def _reduced(self, place: int, span: Span, row: Whole, table: Real) -> float:
        days = slice(span.start, span.end)
        cost = self.instance.wishes[self.persons[place], days] - table[days]
        return float(row_cost(row, cost) - self.shares[place])

    def generate(self, enough: float, rounds: int = 1000, cutoff: float = np.inf) -> bool:
        """Solve and price until the gap is at most `enough`, or no mixture can be below `cutoff`.

        Returns whether it came to its own end (else the rounds or the allowance were used up).
        """
        smoothing = 0.0 if self.fixings else SMOOTHING
        within, floor = ROUGH, -np.inf if self.fixings else self.bound
        for _ in range(rounds):
            self.solve(within)
            prices = self.prices
            if smoothing and self.best_prices is not None:
                prices = smoothing * self.best_prices + (1 - smoothing) * prices
            added, least = self.price(prices)
            if least > floor:
                floor = least
                self.best_prices = None if self.fixings else prices.copy()
            if not self.fixings:
                self.bound = max(self.bound, floor)
            gap = self.value - floor
            if self.meter.over():
                return False
            if gap <= enough or floor > cutoff:
                return True
            if not added and smoothing:
                smoothing = 0.0
            elif not added and within <= FINE:
                return True
            elif not added:
                within = within / 10
            within = min(within, max(FINE, 0.1 * gap / (1.0 + abs(self.value))))
        return False

    def weights(self) -> Real:
        """[person, day, cell]: how much of each decision the mixture has taken; the last cell is off."""
        count = len(self.x)
        columns = self.columns
        return decision_weights(
            columns.who[:count], columns.rosters[:count], self.x, len(self.persons), self.instance.types
        )

    def fix(self, decisions: Sequence[Decision]) -> None:
        fixing = Fixing(decisions)
        closed = [np.empty(0, np.int64)]
        for decision in decisions:
            self._decided[decision.place].append(decision)
            wrong = self.columns.disagreeing(decision.place, decision.day, decision.cell, decision.keep)
            self.columns.open[wrong] = False
            closed.append(wrong)
        fixing.closed = np.concatenate(closed)
        self.fixings.append(fixing)

    def undo(self) -> None:
        fixing = self.fixings.pop()
        for decision in fixing.decisions:
            self._decided[decision.place].remove(decision)
        self.columns.open[fixing.closed] = True
        for decision in (each for earlier in self.fixings for each in earlier.decisions):
            wrong = self.columns.disagreeing(decision.place, decision.day, decision.cell, decision.keep)
            self.columns.open[wrong] = False

    def undo_all(self) -> None:
        self.fixings.clear()
        self._decided = [[] for _ in self.persons]
        self.columns.open[: self.columns.count] = True


def _bend(cost: Real, decisions: Sequence[Decision], start: int) -> float:
    """Bend one person's costs so that the cheapest row obeys; returns what must be added to its cost."""
    paid = 0.0
    for decision in decisions:
        day = decision.day - start
        if decision.cell == OFF and decision.keep:
            cost[day] = BARRED
        elif decision.cell == OFF:
            cost[day] -= BONUS
            paid += BONUS
        elif decision.keep:
            price = cost[day, decision.cell]
            cost[day] = BARRED
            cost[day, decision.cell] = price - BONUS
            paid += BONUS
        else:
            cost[day, decision.cell] = BARRED
    return paid
