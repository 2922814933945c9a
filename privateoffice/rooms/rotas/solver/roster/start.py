"""A first roster that breaks no rule, and its betterment one person at a time."""

import numpy as np

from . import cover
from .instance import OFF, Instance, Roster
from .kernels import row_cost
from .meter import Meter
from .pricing import Pricer


class NobodyCan(ValueError):
    """A person for whom no row keeps their own rules."""


def first_roster(instance: Instance, pricer: Pricer, order: np.ndarray) -> Roster:
    """Everybody in turn takes the cheapest row in view of those before. Raises NobodyCan."""
    roster = np.full((instance.staff, instance.days), OFF, np.int8)
    counts = cover.counted(instance, roster).astype(float)
    for done, person in enumerate(order):
        # The last person sees the whole cost of a shortage; the first, who has many after them, hardly any.
        pressing = ((done + 1) / len(order)) ** 2
        prices = np.where(counts < instance.need, -instance.under * pressing, instance.over)
        answer = pricer.cheapest(int(person), instance.wanted[person] + prices, loose=True)
        if answer.row is None:
            raise NobodyCan(f"No roster keeps every rule of {instance.people[person]}.")
        roster[person] = answer.row
        _count(counts, answer.row, 1)
    return roster


def best_responses(
    instance: Instance, pricer: Pricer, meter: Meter, roster: Roster, order: np.ndarray, until: float
) -> Roster:
    """Everybody in turn takes their cheapest row in view of all others, until nobody gains or time is up."""
    roster = roster.copy()
    counts = cover.counted(instance, roster).astype(float)
    gained = True
    while gained:
        gained = False
        for person in order:
            if meter.spent() > until or meter.over():
                return roster
            _count(counts, roster[person], -1)
            cost = instance.wanted[person] + cover.marginal(instance, counts)
            answer = pricer.cheapest(int(person), cost, loose=True)
            if answer.row is not None and answer.cost < row_cost(roster[person], cost) - 1e-6:
                roster[person] = answer.row
                gained = True
            _count(counts, roster[person], 1)
    return roster


def _count(counts: np.ndarray, row: np.ndarray, number: int) -> None:
    worked = np.flatnonzero(row != OFF)
    counts[worked, row[worked]] += number
