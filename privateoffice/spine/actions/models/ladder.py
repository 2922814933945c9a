"""The ladder by which an owner is chased: every step of it is known before it fires.

Five working days before, on the day, then weekly; at eight in the morning, London time, on working days. Once
late, the line manager is copied, from the second week the Staff Officer as well. From the third slip the
Commander hears of it at once, and is copied in whatever goes out late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown

MORNING = "08:00"
DAYS_BEFORE = 5
"""Working days of notice, which is also when an action turns amber."""

FRIDAY = 4
SLIPS_FOR_THE_COMMANDER = 3

OWNER, LINE_MANAGER, STAFF_OFFICER, COMMANDER = "owner", "line_manager", "staff_officer", "commander"


@dataclass(frozen=True)
class Course:
    """What the ladder needs to know of one action.

    `dates` counts how often its day was changed, `slips` how often to a later one. Nothing planned at or before
    `since` is sent: it is when the present date was set, or the last pause or return ended.
    """

    due_on: date
    since: datetime
    dates: int = 0
    slips: int = 0
    slipped_at: datetime | None = None
    fired: frozenset[str] = frozenset()
    is_silent: bool = False
    is_senior: bool = False


@dataclass(frozen=True)
class Step:
    """One step: its name within the action, its rung, when it fires, to whom, and who is copied."""

    key: str
    rung: str
    at: datetime
    to: str = OWNER
    copies: tuple[str, ...] = field(default=())
    week: int = 0


def steps(course: Course) -> Iterator[Step]:
    """Every step for the present date, in order of time, without end: an owner is chased until it is done."""
    yield from sorted(_set_steps(course), key=lambda step: step.at)
    for week in count(1):
        yield Step(
            key=f"{course.dates}/week-{week}",
            rung="late",
            at=_morning(_worked(course.due_on + timedelta(days=7 * week))),
            copies=_copies(course, week),
            week=week,
        )


def _set_steps(course: Course) -> Iterator[Step]:
    """The steps that come once for each date."""
    before = working_days.add(course.due_on, -DAYS_BEFORE)
    yield Step(f"{course.dates}/before", "before", _morning(before))
    yield Step(f"{course.dates}/day", "day", _morning(_worked(course.due_on)))
    if course.slips >= SLIPS_FOR_THE_COMMANDER and course.slipped_at:
        at = _next_morning(course.slipped_at)
        yield Step(f"{course.dates}/slips", "slips", at, to=COMMANDER, copies=(STAFF_OFFICER,))


def _copies(course: Course, week: int) -> tuple[str, ...]:
    """Nobody's line manager is copied above chief inspector: there the Staff Officer has a word instead."""
    copies: tuple[str, ...] = () if course.is_senior else (LINE_MANAGER,)
    if week > 1 or course.is_senior:
        copies += (STAFF_OFFICER,)
    if course.slips >= SLIPS_FOR_THE_COMMANDER:
        copies += (COMMANDER,)
    return copies


def due(course: Course, now: datetime) -> list[Step]:
    """The steps that are to fire now: their time has come, and they have not fired."""
    return [step for step in _passed(course, now) if step.at > course.since and step.key not in course.fired]


def _passed(course: Course, now: datetime) -> Iterator[Step]:
    if course.is_silent:
        return
    for step in steps(course):
        if step.at > now:
            if step.rung == "late":
                return
            continue
        yield step


def coming(course: Course, now: datetime, how_many: int = 4) -> list[Step]:
    """The next steps, soonest first, as they will fire if nothing changes. Missed ones that still go out lead."""
    if course.is_silent:
        return []
    found: list[Step] = []
    for step in steps(course):
        if step.at > course.since and step.key not in course.fired:
            found.append(step)
        if len(found) == how_many:
            break
    return found


def _worked(day: date) -> date:
    """The day itself where it is worked, else the next one that is.

    Far ahead no bank holidays are known yet; a step so far off is planned by the week alone.
    """
    try:
        return working_days.on_or_after(day)
    except HolidaysUnknown:
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)


def _morning(day: date) -> datetime:
    return clock.moment(day, MORNING)


def _next_morning(at: datetime) -> datetime:
    """The first eight o'clock of a working day after a moment."""
    day = _worked(clock.day_of(at))
    return _morning(day) if _morning(day) > at else _morning(_worked(day + timedelta(days=1)))
