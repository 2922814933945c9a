"""Choosing whom, and which days, to set free next.

What a roster pays above the bound can be read off: a place that costs, or a person whose row is dearer at the
root's prices than the cheapest. Both are where to look, more often than anywhere else.
"""

from dataclasses import dataclass, field

import numpy as np

from . import cover
from .instance import OFF, TOO_DEAR_TO_WORK, WEEK, Instance, Real, Roster
from .pricing import Span
from .windows import window

WHOLE = 100  # days up to which the whole horizon can be free at once
LEAST_DAYS = 5
GROW, SHRINK = 1.08, 0.93


@dataclass(frozen=True)
class Neighbourhood:
    """Persons and the days of each that are free."""

    persons: list[int]
    spans: dict[int, Span]


@dataclass
class Chooser:
    """Draws neighbourhoods whose size follows how long the last ones took."""

    instance: Instance
    random: np.random.Generator
    size: float  # person-days
    target: float  # seconds for one
    guide: Real | None = None  # [H, S] prices of the root
    windows: list[int] = field(default_factory=list)
    sweep: list[tuple[int, int]] = field(default_factory=list)

    def learn(self, seconds: float) -> None:
        """Follow the time that the last neighbourhood took."""
        most = self.instance.staff * min(self.instance.days, WHOLE)
        self.size *= GROW if seconds < self.target else SHRINK
        self.size = float(np.clip(self.size, 4 * min(self.instance.days, 28), most))

    def draw(self, roster: Roster) -> Neighbourhood:
        counts = cover.counted(self.instance, roster)
        paid = cover.cover_costs(self.instance, counts)
        start, end = self._days(paid)
        number = int(np.clip(self.size * self.random.uniform(0.6, 1.4) / (end - start), 3, self.instance.staff))
        weights = self._weights(roster, paid, start, end)
        number = min(number, int((weights > 0).sum()))
        persons = self.random.choice(self.instance.staff, number, replace=False, p=weights / weights.sum())
        spans = {int(p): window(self.instance, roster, int(p), start, end) for p in persons}
        spans = {
            p: span for p, span in spans.items() if span.end - span.start >= LEAST_DAYS or end - start < LEAST_DAYS
        }
        return Neighbourhood(sorted(spans), spans)

    def _days(self, paid: Real) -> tuple[int, int]:
        days = self.instance.days
        if self.sweep:
            return self.sweep.pop(0)
        length = int(self.random.choice(self.windows)) if self.windows else days
        if length >= days:
            return 0, days
        weight = paid.sum(axis=1) + 1e-3 + 0.1 * paid.sum() / days
        centre = int(self.random.choice(days, p=weight / weight.sum()))
        start = int(np.clip((centre - length // 2) // WEEK * WEEK, 0, days - length))
        return start, start + length

    def _weights(self, roster: Roster, paid: Real, start: int, end: int) -> Real:
        """[P]: how likely each person is to be set free."""
        draw = self.random.random()
        inside = paid[start:end]
        if draw < 0.45 and inside.sum() > 0:
            return self._by_place(roster, inside, start)
        if draw < 0.8 and self.guide is not None:
            return self._by_regret(roster)
        return np.ones(self.instance.staff)

    def _by_place(self, roster: Roster, paid: Real, start: int) -> Real:
        """One place that costs, and those who may work there."""
        at = int(self.random.choice(paid.size, p=(paid / paid.sum()).ravel()))
        day, duty = divmod(at, paid.shape[1])
        can = self.instance.bars[:, start + day, duty] < TOO_DEAR_TO_WORK
        return np.where(can, 3.0, 0.4) * np.where(roster[:, start + day] != OFF, 1.5, 1.0)

    def _by_regret(self, roster: Roster) -> Real:
        """Those whose row is dear at the root's prices."""
        assert self.guide is not None
        people, days = np.nonzero(roster != OFF)
        cells = roster[people, days]
        costs = self.instance.wishes[people, days, cells] - self.guide[days, cells]
        value = np.bincount(people, costs, minlength=self.instance.staff)
        regret = np.maximum(value - self.cheapest, 0.0)
        return regret + 0.1 * regret.mean() + 0.1

    cheapest: Real = field(default_factory=lambda: np.zeros(0))

    def follow(self, guide: Real, cheapest: Real) -> None:
        """Take prices as a guide, with each person's cheapest cost at them."""
        self.guide, self.cheapest = guide, cheapest


class Pool:
    """Good rows of each person over the whole horizon, the newest last."""

    MOST = 40

    def __init__(self, staff: int) -> None:
        self._rows: list[dict[bytes, np.ndarray]] = [{} for _ in range(staff)]

    def keep(self, person: int, row: np.ndarray) -> None:
        rows = self._rows[person]
        key = np.asarray(row, np.int8).tobytes()
        rows.pop(key, None)
        rows[key] = np.asarray(row, np.int64)
        if len(rows) > self.MOST:
            del rows[next(iter(rows))]

    def rows(self, person: int) -> list[np.ndarray]:
        return list(self._rows[person].values())
