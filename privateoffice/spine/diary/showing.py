"""How a week of the diary is laid out: days, quarter hours, sides, and what does not fit the grid."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.quarantine.limits import CALENDAR_INSTANCES
from privateoffice.spine.diary.models import Engagement, Occurrence, clashes, once_a_day

FIRST_HOUR, SLOTS, LEAST = 8, 44, 2
"""The grid begins at 8am and has eleven hours in quarters; an event is shown half an hour high at least."""

A_DAY = 60
ALONGSIDE = 3
KINDS = {"hold": "hold", "travel": "travel"}


@dataclass
class Day:
    """One day of the week: what stands in the grid, what stands above it, and everything in order."""

    on: date
    number: int
    is_today: bool
    grid: list[dict[str, Any]] = field(default_factory=list)
    above: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    gaps: int = 0
    left_out: int = 0

    @property
    def shown_above(self) -> list[dict[str, Any]]:
        return self.above[:ALONGSIDE]

    @property
    def more_above(self) -> int:
        return max(0, len(self.above) - ALONGSIDE)


@dataclass
class Week:
    """Seven days from a Monday, and the sentence that sums them up."""

    monday: date
    days: list[Day]
    engagements: int
    holds: int
    gaps: int
    is_cut: bool

    @property
    def earlier(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def later(self) -> date:
        return self.monday + timedelta(days=7)

    @property
    def twin(self) -> list[tuple[date, list[dict[str, Any]]]]:
        return [(day.on, day.events) for day in self.days]

    @property
    def name(self) -> str:
        """ "23 to 29 November", "30 November to 6 December 2027"."""
        last = self.monday + timedelta(days=6)
        year = "" if last.year == clock.today().year == self.monday.year else f" {last.year}"
        if self.monday.month == last.month:
            return f"{self.monday.day} to {last.day} {last:%B}{year}"
        first_year = f" {self.monday.year}" if self.monday.year != last.year else ""
        return f"{self.monday.day} {self.monday:%B}{first_year} to {last.day} {last:%B}{year}"


def week_of(any_day: date) -> Week:
    """The week that a day is in."""
    monday = any_day - timedelta(days=any_day.weekday())
    found = list(Occurrence.objects.between(monday, monday + timedelta(days=6))[: CALENDAR_INSTANCES + 1])
    clashing = {one.pk for pair in clashes(found) for one in pair}
    days = [_day(monday + timedelta(days=n), n + 1, found, clashing) for n in range(7)]
    return Week(
        monday=monday,
        days=days,
        engagements=len({one.engagement_id for one in found}),
        holds=len({o.engagement_id for o in found if o.engagement.status == Engagement.Status.TENTATIVE}),
        gaps=sum(day.gaps for day in days),
        is_cut=len(found) > CALENDAR_INSTANCES,
    )


def now_in(week: Week) -> int | None:
    """The quarter hour at hand, where the grid shows it."""
    slot = _slot(clock.now(), clock.today())
    return slot if 0 <= slot < SLOTS - 1 and any(day.is_today for day in week.days) else None


def _day(on: date, number: int, found: Iterable[Occurrence], clashing: set[int]) -> Day:
    day = Day(on, number, is_today=on == clock.today())
    start, end = clock.moment(on), clock.moment(on + timedelta(days=1))
    mine = _in_order(one for one in found if _is_on(one, start, end))
    day.left_out = max(0, len(mine) - A_DAY)
    for one in mine[:A_DAY]:
        shown = shown_on(one, on, clashing)
        day.events.append(shown)
        day.gaps += bool(shown["gap"])
        (day.above if shown["is_above"] else day.grid).append(shown)
    _side_by_side(day)
    return day


def _is_on(one: Occurrence, start: datetime, end: datetime) -> bool:
    return one.starts_at < end and (one.ends_at > start or one.starts_at >= start)


def _in_order(found: Iterable[Occurrence]) -> list[Occurrence]:
    return sorted(once_a_day(found), key=lambda one: (not one.is_all_day, one.starts_at, one.ends_at, one.pk))


def shown_on(one: Occurrence, on: date, clashing: set[int]) -> dict[str, Any]:
    """One engagement as a day shows it."""
    at, length = _place(one, on)
    return {
        "title": one.title,
        "url": one.engagement.get_absolute_url(),
        "times": times_of(one, on),
        "brief": "" if one.is_all_day else words.hour(one.starts_at),
        "place": " ".join(one.place.split())[:80],
        "kind": KINDS.get(one.state, "travel" if one.engagement.is_travel else _kind(one)),
        "gap": gap_of(one, clashing),
        "is_sensitive": one.engagement.is_sensitive,
        "is_above": one.is_all_day or length == 0,
        "at": at,
        "length": length,
        "side": "",
    }


def _kind(one: Occurrence) -> str:
    return "hold" if one.engagement.status == Engagement.Status.TENTATIVE else "meet"


def times_of(one: Occurrence, on: date) -> str:
    """ "10:00am to 11:30am", "from 10:00pm" on the first of two days, "All day"."""
    if one.is_all_day:
        return "All day"
    starts_here, ends_here = clock.day_of(one.starts_at) == on, clock.day_of(one.ends_at) == on
    if one.repeats_very_often:
        return "Repeats very often"
    if one.ends_at <= one.starts_at:
        return words.hour(one.starts_at)
    if starts_here and (ends_here or one.ends_at == clock.moment(on + timedelta(days=1))):
        return f"{words.hour(one.starts_at)} to {words.hour(one.ends_at)}"
    if starts_here:
        return f"From {words.hour(one.starts_at)}"
    return f"Until {words.hour(one.ends_at)}" if ends_here else "All day"


def gap_of(one: Occurrence, clashing: set[int]) -> str:
    """What is missing or wrong, in two or three words."""
    engagement = one.engagement
    if one.pk in clashing:
        return "Clash"
    if engagement.needs_a_look:
        return "Needs a look"
    is_meeting = engagement.organiser and not (engagement.is_travel or one.is_all_day)
    return "No place" if is_meeting and not one.place else ""


def _place(one: Occurrence, on: date) -> tuple[int, int]:
    """The first quarter hour and how many; none where it lies outside the hours of the grid.

    By the clock on the wall, so that a day on which the clocks change has its hours where they are read.
    """
    first, last = _slot(one.starts_at, on), _slot(one.ends_at, on, rounded_up=True)
    if first >= SLOTS or (last <= 0 and first < 0):
        return 0, 0
    begin = max(first, 0)
    length = max(min(last, SLOTS) - begin, LEAST)
    return min(begin, SLOTS - length), length


def _slot(at: datetime, on: date, rounded_up: bool = False) -> int:
    wall = clock.london(at)
    minutes = (wall.date() - on).days * 1440 + wall.hour * 60 + wall.minute - FIRST_HOUR * 60
    return -(-minutes // 15) if rounded_up else minutes // 15


def _side_by_side(day: Day) -> None:
    """Two at one time stand side by side; a third goes above the grid, so that none hides another."""
    placed: list[dict[str, Any]] = []
    for event in sorted(day.grid, key=lambda one: (one["at"], -one["length"])):
        beside = [other for other in placed if _overlap(event, other)]
        sides = {other["side"] for other in beside}
        if not beside:
            placed.append(event)
        elif sides == {""} and len(beside) == 1:
            beside[0]["side"], event["side"] = "l", "r"
            placed.append(event)
        elif len(free := {"l", "r"} - sides) == 1 and "" not in sides:
            event["side"] = free.pop()
            placed.append(event)
        else:
            day.above.append(event)
    day.grid = placed


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["at"] < other["at"] + other["length"] and other["at"] < one["at"] + one["length"]
