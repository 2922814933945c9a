"""Where the workers of one run keep the best roster and the best bound, and hear that they should stop.

On the clock there is one incumbent for all, and what a worker changed is patched into it at once. In counted work
each worker keeps its own, and all take over the best at fixed marks, so that a run is the same every time.
"""

import multiprocessing
import threading
import time
from dataclasses import dataclass
from multiprocessing.context import BaseContext
from typing import Any

import numpy as np

from . import cover
from .instance import Instance, Roster
from .meter import Meter
from .personal import keeps_rules

TRACE = 4000
MARK = 0.5
LATE = 600.0
NOTHING = 1e18


@dataclass(frozen=True)
class Progress:
    """How a run stands: seconds, the cost of the best roster so far, and the proven bound."""

    seconds: float
    cost: float | None
    bound: float | None


class Exchange:
    def __init__(
        self, instance: Instance, workers: int, counted: bool, context: BaseContext | None = None
    ) -> None:
        made: Any = context or multiprocessing.get_context("spawn")
        self.instance, self.counted, self.workers = instance, counted, workers
        slots = workers if counted else 1
        self._cells = made.RawArray("b", slots * instance.staff * instance.days)
        self._costs = made.RawArray("d", [NOTHING] * slots)
        self._bounds = made.RawArray("d", [-NOTHING] * slots)
        self._trace = made.RawArray("d", 2 * TRACE)
        self._traced = made.RawValue("i", 0)
        self._stop = made.RawValue("i", 0)
        self._lock = made.Lock()
        self._barrier = made.Barrier(workers) if counted and workers > 1 else None
        self._begun = time.monotonic()
        self.slot = 0
        self.mark = MARK

    def sit(self, worker: int, begun: float) -> None:
        """Take one's own slot; `begun` is when the run began."""
        self.slot, self._begun = (worker if self.counted else 0), begun

    def _rosters(self) -> np.ndarray:
        return np.frombuffer(self._cells, np.int8).reshape(-1, self.instance.staff, self.instance.days)

    def best(self) -> tuple[Roster, float]:
        """The best roster that this worker may see, and its cost."""
        with self._lock:
            return self._rosters()[self.slot].copy(), self._costs[self.slot]

    def offer(self, roster: Roster, base: Roster | None = None) -> bool:
        """Offer a roster, made from `base`: what was changed is patched into the best if that is no worse."""
        with self._lock:
            now = self._rosters()[self.slot]
            if self._costs[self.slot] >= NOTHING:
                return self._take(roster)
            if base is not None:
                patched = self._patched(now, roster, base)
                if patched is not None and self._take(patched):
                    return True
            return self._take(roster)

    def _patched(self, now: Roster, roster: Roster, base: Roster) -> Roster | None:
        changed = roster != base
        patched = np.where(changed, roster, now)
        people = np.flatnonzero(changed.any(axis=1) & (now != base).any(axis=1))
        valid = all(keeps_rules(self.instance, int(person), patched[person]) for person in people)
        return patched if valid else None

    def _take(self, roster: Roster) -> bool:
        cost = cover.total(self.instance, roster)
        if cost > self._costs[self.slot]:
            return False
        if cost < self._costs[self.slot] and self._traced.value < TRACE:
            self._trace[2 * self._traced.value] = time.monotonic() - self._begun
            self._trace[2 * self._traced.value + 1] = cost
            self._traced.value += 1
        self._rosters()[self.slot][:] = roster
        self._costs[self.slot] = cost
        return True

    def raise_bound(self, bound: float) -> None:
        with self._lock:
            self._bounds[self.slot] = max(self._bounds[self.slot], bound)

    def proved(self) -> bool:
        """Whether nothing better than the best can be."""
        bound = self._bounds[self.slot]
        if self.instance.whole_costs:
            bound = np.ceil(bound - 1e-6)
        return self._costs[self.slot] <= bound + 1e-6

    def cutoff(self) -> float:
        """A roster must cost at most this to be better than the best."""
        step = 1.0 if self.instance.whole_costs else 1e-4
        return self._costs[self.slot] - step + 1e-6

    def stopped(self) -> bool:
        return bool(self._stop.value)

    def stop(self) -> None:
        self._stop.value = 1
        if self._barrier is not None:
            self._barrier.abort()

    def meet(self, meter: Meter, to_the_end: bool = False) -> None:
        """In counted work, exchange at each mark that has been passed; on the clock there is nothing to do."""
        if self._barrier is None:
            return
        while self.mark <= (meter.allowance if to_the_end else min(meter.spent(), meter.allowance)):
            self.mark += MARK
            try:
                self._barrier.wait(LATE)
                best = int(np.argmin(self._costs[:]))
                roster, cost, bound = self._rosters()[best].copy(), self._costs[best], max(self._bounds[:])
                self._barrier.wait(LATE)
            except threading.BrokenBarrierError:
                self._stop.value = 1
                return
            self._rosters()[self.slot][:] = roster
            self._costs[self.slot], self._bounds[self.slot] = cost, bound

    def progress(self) -> Progress:
        cost, bound = min(self._costs[:]), max(self._bounds[:])
        return Progress(
            time.monotonic() - self._begun,
            None if cost >= NOTHING else cost,
            None if bound <= -NOTHING else bound,
        )

    def outcome(self) -> tuple[Roster | None, list[tuple[float, float]]]:
        """The best roster of all slots, and when each betterment came."""
        best = int(np.argmin(self._costs[:]))
        roster = None if self._costs[best] >= NOTHING else self._rosters()[best].copy()
        trace = sorted((self._trace[2 * i], self._trace[2 * i + 1]) for i in range(self._traced.value))
        return roster, trace
