"""What the diary says for a cover note: the days themselves, and what comes again and again."""

from collections import defaultdict
from datetime import date, timedelta

from privateoffice.desk.handover.models import Group, Line
from privateoffice.foundations.clock import clock, words
from privateoffice.spine.diary.models import Occurrence, once_a_day

MOST = 60
WEEKS = 4


def days(first: date, last: date) -> Group:
    """Every engagement of the days of cover."""
    found = Occurrence.objects.between(first, last)
    shown = once_a_day(found[: MOST * 4])[:MOST]
    return Group("In the diary", tuple(_line(one) for one in shown), more=max(found.count() - MOST, 0))


def rhythm(first: date) -> Group:
    """What takes place twice or more in four weeks, the soonest first."""
    soon = Occurrence.objects.between(first, first + timedelta(weeks=WEEKS))[:2_000]
    times: dict[int, list[Occurrence]] = defaultdict(list)
    for one in soon:
        times[one.engagement_id].append(one)
    again = [found for found in times.values() if len(found) > 1]
    return Group("Comes again and again", tuple(_rhythm(found) for found in again[:MOST]))


def _rhythm(found: list[Occurrence]) -> Line:
    one = found[0]
    weekdays = {clock.london(each.starts_at).weekday() for each in found}
    day = f"{clock.london(one.starts_at):%A}s" if len(weekdays) == 1 else f"{len(found)} times in {WEEKS} weeks"
    hour = "" if one.is_all_day else f", {words.plain_hour(one.starts_at)}"
    return Line(one.title, one.place, f"{day}{hour}", is_sensitive=one.engagement.is_sensitive)


def _line(one: Occurrence) -> Line:
    hour = "all day" if one.is_all_day else words.hour(one.starts_at)
    return Line(
        one.title,
        one.place,
        f"{words.short_day(one.starts_at)} {hour}",
        url=one.engagement.get_absolute_url(),
        is_sensitive=one.engagement.is_sensitive,
    )
