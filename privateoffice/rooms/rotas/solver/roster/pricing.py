"""One person's cheapest roster at given prices, with type limits counted only where they bite.

A limit that the cheapest roster breaks gets a counter in the state of the dynamic programme, for that person and
from then on, while the product of the counters stays small. What does not fit is priced by a penalty on the type,
kept between calls. A loose limit ("21 of at most 27 duties") is counted from the other side: enough of the others.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from .instance import BARRED, Instance, Real, Whole
from .kernels import LOST, NOWHERE, cheapest_row, row_cost
from .meter import Meter

FIRST_PENALTY = 4.0
GROWTH = 1.7
EASING = 0.8
TRIES = 4
LONG = 100
BAND_DUTIES, BAND_WEEKENDS = 7, 4
FEW_STATES, USUAL_STATES, MANY_STATES = 24, 100, 300


@dataclass(frozen=True)
class Span:
    """The days [start, end) of one person that are free, and what their own rules leave for them."""

    start: int
    end: int
    frame: Whole
    limits: Whole


@dataclass(frozen=True)
class Answer:
    """The cheapest row found, its cost, and a bound below which no row can be."""

    bound: float
    row: Whole | None = None
    cost: float = NOWHERE


@dataclass
class Counters:
    """The type counters of one call, as mixed-radix digits."""

    types: list[int] = field(default_factory=list)
    radix: list[int] = field(default_factory=list)
    saturates: list[bool] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    product: int = 1

    def steps(self, types: int) -> Whole:
        """What one duty of each type adds, or -1 where there may be none."""
        found, unit, never = np.zeros(types, np.int64), 1, []
        for place, size in enumerate(self.radix):
            if self.saturates[place]:
                found += unit if size > 1 else 0
                found[self.types[place]] -= unit if size > 1 else 0
            elif size > 1:
                found[self.types[place]] += unit
            else:
                never.append(self.types[place])
            unit *= size
        found[never] = -1
        return found


class Pricer:
    """Prices rosters of one instance; keeps each person's counters and penalties from call to call."""

    def __init__(self, instance: Instance, meter: Meter | None = None) -> None:
        self.instance = instance
        self.meter = meter or Meter(math.inf)
        self.most_states = USUAL_STATES
        self.even = instance.lengths.min() == instance.lengths.max()
        self.penalties = np.zeros((instance.staff, instance.types))
        self._counted: list[list[int]] = [[] for _ in range(instance.staff)]
        self._whole = [
            Span(0, instance.days, instance.frames[person], instance.limits[person])
            for person in range(instance.staff)
        ]

    def whole(self, person: int) -> Span:
        """The whole horizon of a person."""
        return self._whole[person]

    def cheapest(self, person: int, cost: Real, span: Span | None = None, loose: bool = False) -> Answer:
        """Price one person. cost[days of span, S]; `loose` may miss the best row on a long horizon, for speed."""
        span = span or self._whole[person]
        bound, best = -NOWHERE, Answer(NOWHERE)
        growth = FIRST_PENALTY
        for _ in range(TRIES):
            counters = self._counters(person, span)
            value, row = self._run(person, cost, span, counters, loose)
            if value >= NOWHERE:
                return best if best.row is not None else Answer(NOWHERE)
            bound = max(bound, value - self._charged(person, span, counters))
            used = np.bincount(row[row >= 0], minlength=self.instance.types)
            broken = np.flatnonzero(used > span.limits)
            if not len(broken):
                self._ease(person, used, span, counters)
                return Answer(bound, row, row_cost(row, cost))
            if not self._count_more(person, span, counters, broken):
                self.penalties[person, broken] += growth
                growth *= GROWTH
        return self._within_limits(person, cost, span, loose, row, bound)

    def _within_limits(self, person: int, cost: Real, span: Span, loose: bool, row: Whole, bound: float) -> Answer:
        """A good row, not always the best: of each type too often used, only the cells most worth it stay open."""
        open_cost = cost.copy()
        for _ in range(self.instance.types):
            used = np.bincount(row[row >= 0], minlength=self.instance.types)
            broken = np.flatnonzero(used > span.limits)
            if not len(broken):
                return Answer(bound, row, row_cost(row, cost))
            for kind in broken:
                days = np.flatnonzero(row == kind)
                others = np.where(np.arange(self.instance.types) == kind, np.inf, open_cost[days]).min(axis=1)
                worth = others - open_cost[days, kind]
                kept = days[np.argsort(-worth, kind="stable")[: max(0, span.limits[kind])]]
                closed = np.ones(len(cost), np.bool_)
                closed[kept] = False
                open_cost[closed, kind] = BARRED
            value, row = self._run(person, open_cost, span, self._counters(person, span), loose)
            if value >= NOWHERE:
                break
        return Answer(bound)

    def _counters(self, person: int, span: Span) -> Counters:
        found = Counters()
        for kind in self._counted[person]:
            self._include(found, kind, span)
        return found

    def _include(self, counters: Counters, kind: int, span: Span) -> bool:
        """Add a counter if the product of all stays small enough."""
        most = int(span.frame[5] // self.instance.lengths.min())
        limit = int(max(span.limits[kind], 0))
        from_others = self.even and most - limit < limit
        size = max(1, most - limit + 1) if from_others else limit + 1
        if counters.product * size > self._most_states(span):
            return False
        counters.types.append(kind)
        counters.radix.append(size)
        counters.saturates.append(from_others)
        counters.others.append(limit)
        counters.product *= size
        return True

    def _most_states(self, span: Span) -> int:
        return self.most_states if span.end - span.start <= LONG else 1

    def _run(self, person: int, cost: Real, span: Span, counters: Counters, loose: bool) -> tuple[float, Whole]:
        instance = self.instance
        penalty = np.where(self._penalised(person, counters), self.penalties[person], 0.0)
        if penalty.any():
            cost = cost + penalty
        row = np.empty(span.end - span.start, np.int64)
        classes, follows = instance.classes
        self.meter.charge(2e-4 + 2e-8 * len(cost) * counters.product * int(span.frame[5] + 1))

        def run(bands: tuple[int, int]) -> float:
            return cheapest_row(
                cost, instance.lengths, classes, follows, counters.steps(instance.types),
                np.array(counters.radix, np.int64), np.array(counters.saturates, np.bool_),
                np.array(counters.others, np.int64), span.frame, span.start % 7, span.start == 0,
                span.end == instance.days, np.array(bands, np.int64), row,
            )  # fmt: skip

        value = NOWHERE
        if loose and span.end - span.start > LONG:
            value = run((BAND_DUTIES * int(instance.lengths.min()), BAND_WEEKENDS))
        if value >= NOWHERE:
            value = run((0, 0))
        if value <= LOST:
            raise ArithmeticError("The roster of a priced value could not be walked back.")
        return value, row

    def _penalised(self, person: int, counters: Counters) -> np.ndarray:
        free = self.penalties[person] > 0
        free[counters.types] = False
        return free

    def _charged(self, person: int, span: Span, counters: Counters) -> float:
        """What the penalties would charge a roster that stands exactly at every limit."""
        free = self._penalised(person, counters)
        return float((self.penalties[person] * np.maximum(span.limits, 0))[free].sum())

    def _ease(self, person: int, used: Whole, span: Span, counters: Counters) -> None:
        slack = self._penalised(person, counters) & (used < span.limits)
        self.penalties[person, slack] *= EASING
        self.penalties[person, slack & (self.penalties[person] < 0.05)] = 0.0

    def _count_more(self, person: int, span: Span, counters: Counters, broken: Whole) -> bool:
        fitted = [int(k) for k in broken if int(k) not in counters.types and self._include(counters, int(k), span)]
        counted = self._counted[person]
        counted.extend(kind for kind in fitted if kind not in counted)
        return bool(fitted)
