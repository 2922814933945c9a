"""From a mixture of rosters to one roster: fix the likeliest decisions, price again, and go on.

A *decision* is one person's cell on one day, so a dive stays free to change everything else about that person.
A batch that makes the programme jump is undone; then its first decision alone is tried, and then its opposite.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from . import cover
from .instance import OFF, Real, Roster
from .master import Decision, Master

SETTLED = 0.999
NEARLY = 0.95
OFF_WEIGHS = 0.9


@dataclass(frozen=True)
class Style:
    """How boldly to dive."""

    share: float = 0.3  # of the undecided persons, one decision each
    rounds: int = 3  # of new columns after each batch
    enough: float = 0.5  # reduced cost that is not worth another round
    jump: float = 0.004  # of the value, that is too much for one batch
    undoings: int = 1000


@dataclass
class Pace:
    """Keeps a dive within its time: bolder where it would overrun, back to its style where there is plenty."""

    style: Style
    until: float
    share: float = 0.0
    undecided: float = 0.0
    at: float = 0.0

    def rounds(self) -> int:
        return self.style.rounds if self.share < 2 * self.style.share else max(1, self.style.rounds - 1)

    def look(self, now: float, undecided: float) -> None:
        """See how far the last batch went, and set the share for the next."""
        if not self.share:
            self.share = self.style.share
        elif undecided > 0:
            gone = max(self.undecided - undecided, 0.02 * self.undecided)
            needed = (now - self.at) * undecided / gone
            if needed > self.until - now:
                self.share = min(1.0, self.share * 1.6)
            elif needed < 0.5 * (self.until - now):
                self.share = max(self.style.share, self.share * 0.8)
        self.undecided, self.at = undecided, now


def dive(master: Master, style: Style, until: float, cutoff: float = np.inf) -> Roster | None:
    """A roster found from the master's mixture by `until` (as its meter counts); None where none can be below
    `cutoff`. The master is left as it was found, with more columns."""
    try:
        return _dive(master, Pace(style, until), cutoff)
    finally:
        master.undo_all()


def _dive(master: Master, pace: Pace, cutoff: float) -> Roster | None:
    meter, undoings = master.meter, 0
    while True:
        if master.value > cutoff:
            return None
        weights = master.weights()
        candidates = _candidates(weights)
        if not candidates or meter.spent() > pace.until or meter.over():
            return rounded(master)
        pace.look(meter.spent(), float((1.0 - weights.max(axis=2)).sum()))
        batch = _batch(candidates, pace.share)
        undoings += _advance(master, batch, pace, undoings < pace.style.undoings and meter.spent() < pace.until)


def _candidates(weights: Real) -> list[tuple[float, Decision]]:
    """Each undecided person's likeliest decision, the likeliest person first."""
    weights = weights.copy()
    undecided = np.flatnonzero(weights.max(axis=2).min(axis=1) < SETTLED)
    weights[:, :, -1] *= OFF_WEIGHS
    weights[weights > SETTLED] = 0.0
    weights[:, :, -1][weights[:, :, -1] > SETTLED * OFF_WEIGHS] = 0.0
    flat = weights.reshape(len(weights), -1)
    found = []
    for place in undecided:
        best = int(flat[place].argmax())
        day, cell = divmod(best, weights.shape[2])
        decision = Decision(int(place), day, OFF if cell == weights.shape[2] - 1 else cell)
        found.append((float(flat[place, best]), decision))
    return sorted(found, key=lambda pair: (-pair[0], pair[1].place))


def _batch(candidates: Sequence[tuple[float, Decision]], share: float) -> list[Decision]:
    number = max(1, int(np.ceil(share * len(candidates))))
    return [each for at, (weight, each) in enumerate(candidates) if at < number or weight > NEARLY]


def _advance(master: Master, batch: list[Decision], pace: Pace, careful: bool) -> int:
    """Fix a batch, or less of it, or the opposite of its first; returns 1 where something was undone."""
    most = master.value + max(pace.style.jump * abs(master.value), 2.0)
    _fixed(master, batch, pace)
    if master.value <= most or not careful:
        return 0
    first = batch[:1]
    if len(batch) > 1:
        master.undo()
        _fixed(master, first, pace)
        if master.value <= most:
            return 1
    kept = master.value
    master.undo()
    one = first[0]
    _fixed(master, [Decision(one.place, one.day, one.cell, keep=False)], pace)
    if master.value > kept:
        master.undo()
        _fixed(master, first, pace)
    return 1


def _fixed(master: Master, decisions: list[Decision], pace: Pace) -> None:
    master.fix(decisions)
    master.generate(pace.style.enough, pace.rounds())


def rounded(master: Master) -> Roster:
    """Everybody's heaviest column, or a lighter one that fits better with those already chosen."""
    instance, columns = master.instance, master.columns
    roster = master.roster.copy()
    for person, span in zip(master.persons, master.spans, strict=True):
        roster[person, span.start : span.end] = OFF
    count = len(master.x)
    heaviest = np.zeros(len(master.persons))
    np.maximum.at(heaviest, columns.who[:count], master.x)
    counts = cover.counted(instance, roster)
    for place in np.argsort(-heaviest, kind="stable"):
        own = np.flatnonzero((columns.who[:count] == place) & (master.x > 0.1 * heaviest[place]))
        prices = cover.marginal(instance, counts)
        costs = [_cost_in_view(master, int(column), prices) for column in own]
        row = columns.rosters[own[int(np.argmin(costs))]]
        person, span = master.persons[place], master.spans[place]
        roster[person, span.start : span.end] = row[span.start : span.end]
        worked = np.flatnonzero(row != OFF)
        counts[worked, row[worked]] += 1
    return roster


def _cost_in_view(master: Master, column: int, prices: Real) -> float:
    row = master.columns.rosters[column]
    worked = np.flatnonzero(row != OFF)
    return float(master.columns.cost[column] + prices[worked, row[worked]].sum())
