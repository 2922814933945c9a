"""Whether one person's row keeps their own hard rules."""

from itertools import groupby

import numpy as np

from .instance import OFF, SATURDAY, WEEK, Instance, Roster


def keeps_rules(instance: Instance, person: int, row: Roster) -> bool:
    worked = np.flatnonzero(row != OFF)
    used = np.bincount(row[worked], minlength=instance.types)
    rules = instance.rules[person]
    pairs = worked[:-1][np.diff(worked) == 1]
    return bool(
        not instance.fixed_off[person, worked].any()
        and (used <= instance.limits[person]).all()
        and rules.least_minutes <= (used * instance.minutes).sum() <= rules.most_minutes
        and not instance.forbidden[row[pairs], row[pairs + 1]].any()
        and weekends(row) <= rules.most_weekends
        and _runs_fit(instance, person, row)
    )


def weekends(row: Roster) -> int:
    """How many weekends a row touches."""
    worked = np.flatnonzero(row != OFF)
    return len(np.unique(worked[worked % WEEK >= SATURDAY] // WEEK))


def _runs_fit(instance: Instance, person: int, row: Roster) -> bool:
    rules, day = instance.rules[person], 0
    for working, run in groupby(row != OFF):
        length = len(list(run))
        edge = day == 0 or day + length == len(row)
        least = rules.shortest_run if working else rules.shortest_rest
        if (working and length > rules.longest_run) or (length < least and not edge):
            return False
        day += length
    return True
