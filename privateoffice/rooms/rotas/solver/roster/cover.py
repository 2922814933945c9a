"""Counting who is on, and what a roster costs."""

import numpy as np

from .instance import OFF, Instance, Real, Roster, Whole


def counted(instance: Instance, roster: Roster) -> Whole:
    """[H, S]: how many people each duty has."""
    return np.stack([(roster == kind).sum(axis=0) for kind in range(instance.types)], axis=1)


def cover_costs(instance: Instance, counts: Whole | Real) -> Real:
    """[H, S]: what is paid for those missing and those too many."""
    short = instance.need - counts
    return np.where(short > 0, instance.under * short, -instance.over * short)


def marginal(instance: Instance, counts: Whole | Real) -> Real:
    """[H, S]: what one more person would add to the cost of cover."""
    return np.where(counts < instance.need, -instance.under, instance.over)


def wishes_paid(instance: Instance, person: int, row: Roster | Whole) -> float:
    """What one person's row costs in wishes, the constant `base` apart."""
    worked = np.flatnonzero(row != OFF)
    return float(instance.wishes[person, worked, row[worked]].sum())


def total(instance: Instance, roster: Roster) -> float:
    """What the whole roster costs."""
    people, days = np.nonzero(roster != OFF)
    wishes = instance.wishes[people, days, roster[people, days]].sum() + instance.base.sum()
    return float(wishes + cover_costs(instance, counted(instance, roster)).sum())
