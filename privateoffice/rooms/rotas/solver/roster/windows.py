"""Which days of a person can be free while the rest of their row stays: and what their rules leave for them."""

import numpy as np

from .instance import OFF, Instance, Roster
from .personal import weekends
from .pricing import Span


def window(instance: Instance, roster: Roster, person: int, start: int, end: int) -> Span:
    """The widest span within [start, end) that begins after a complete rest and ends before one."""
    row, rest = roster[person], int(instance.frames[person, 2])
    start, end = _ready_from(row, start, rest), _ready_until(row, end, rest)
    if end <= start:
        return Span(start, start, instance.frames[person], instance.limits[person])
    if start == 0 and end == instance.days:
        return Span(0, end, instance.frames[person], instance.limits[person])
    outside = row.copy()
    outside[start:end] = OFF
    worked = outside[outside != OFF]
    frame = instance.frames[person].copy()
    frame[3] -= weekends(outside)
    used = int(instance.lengths[worked].sum())
    frame[4], frame[5] = max(0, frame[4] - used), frame[5] - used
    limits = instance.limits[person] - np.bincount(worked, minlength=instance.types)
    frame[1] = min(frame[1], end - start)
    return Span(start, end, frame, limits)


def _ready_from(row: Roster, start: int, rest: int) -> int:
    """The first day, not before `start`, on which a duty may begin whatever stood before."""
    while 0 < start < len(row):
        before = row[max(0, start - rest) : start]
        if (before == OFF).all():
            break
        start += 1
    return start


def _ready_until(row: Roster, end: int, rest: int) -> int:
    """The last day, not after `end`, up to which duties may run whatever stands behind."""
    while 0 < end < len(row):
        behind = row[end : end + rest]
        if (behind == OFF).all():
            break
        end -= 1
    return end
