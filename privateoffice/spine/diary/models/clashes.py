"""Times at which the Commander is wanted in two places."""

from collections.abc import Iterable
from itertools import takewhile

from privateoffice.spine.diary.models.engagement import Engagement
from privateoffice.spine.diary.models.occurrence import Occurrence

Pair = tuple[Occurrence, Occurrence]


def clashes(occurrences: Iterable[Occurrence]) -> list[Pair]:
    """Every two that overlap and both want the Commander, in the order of the day."""
    wanted = sorted(filter(takes_time, occurrences), key=lambda one: (one.starts_at, one.pk))
    return [
        (one, other)
        for place, one in enumerate(wanted)
        for other in takewhile(lambda later, one=one: later.starts_at < one.ends_at, wanted[place + 1 :])
        if other.engagement_id != one.engagement_id
    ]


def takes_time(one: Occurrence) -> bool:
    """Whether nothing else can be done meanwhile. A hold is not promised, and a whole day is a heading."""
    engagement = one.engagement
    return (
        engagement.is_busy
        and not one.is_all_day
        and not engagement.is_travel
        and not one.repeats_very_often
        and engagement.status == Engagement.Status.CONFIRMED
        and one.ends_at > one.starts_at
    )
