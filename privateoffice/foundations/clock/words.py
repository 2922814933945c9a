"""How days and times are said to people: "26 January 2026", "5:30pm", "Tomorrow 4:00pm", "2 working days late"."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown

When = date | datetime

_by_name: ContextVar[bool] = ContextVar("days_by_name", default=False)


@contextmanager
def days_by_name() -> Iterator[None]:
    """Within it days are said by their names alone: for paper, which is read on another day than it is made."""
    token = _by_name.set(True)
    try:
        yield
    finally:
        _by_name.reset(token)


def day(on: When) -> str:
    """ "26 January 2026"."""
    on = _day(on)
    return f"{on.day} {on:%B %Y}"


def weekday(on: When) -> str:
    """ "Monday 26 January 2026"."""
    return f"{_day(on):%A} {day(on)}"


def short_day(on: When, now: datetime | None = None) -> str:
    """ "Tue 24 Nov", with the year where it is not this one: "Tue 24 Nov 2026"."""
    on = _day(on)
    year = "" if on.year == clock.day_of(now or clock.now()).year else f" {on.year}"
    return f"{on:%a} {on.day} {on:%b}{year}"


def hour(at: datetime | time) -> str:
    """ "4:00pm", "midday", "midnight": with its minutes, so that times stand under one another."""
    at = _time(at)
    named = {(0, 0): "midnight", (12, 0): "midday"}.get((at.hour, at.minute))
    return named or f"{at.hour % 12 or 12}:{at.minute:02}{'am' if at.hour < 12 else 'pm'}"


def plain_hour(at: datetime | time) -> str:
    """ "4pm", "5:30pm": for letters and papers, where whole hours lose their noughts."""
    return hour(at).replace(":00", "")


def hours(start: datetime | time, end: datetime | time) -> str:
    """ "10am to 11:30am"."""
    return f"{plain_hour(start)} to {plain_hour(end)}"


def moment(at: datetime) -> str:
    """ "26 January 2026 at 5:30pm"."""
    return f"{day(at)} at {plain_hour(at)}"


def near(when: When, now: datetime | None = None) -> str:
    """ "Today 4:00pm", "Tomorrow", "Yesterday 9:12am", "Tue 24 Nov 10:00am"."""
    now = now or clock.now()
    away = (_day(when) - clock.day_of(now)).days
    named = {} if _by_name.get() else {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}
    said = named.get(away) or short_day(when, now)
    return f"{said} {hour(when)}" if isinstance(when, datetime) and not _ends_the_day(when) else said


def due(when: When, now: datetime | None = None) -> str:
    """When something is due, or by how much it is late: "Today", "Tomorrow 4:00pm", "3 working days late"."""
    now = now or clock.now()
    return late(when, now) if is_late(when, now) else near(when, now)


def is_late(when: When, now: datetime | None = None) -> bool:
    """Whether the day is over, or the instant past."""
    now = now or clock.now()
    return now > when if isinstance(when, datetime) else clock.day_of(now) > when


def late(when: When, now: datetime | None = None) -> str:
    """ "1 working day late"; within one working day "40 minutes late" or "3 hours late"; else "late since"."""
    now = now or clock.now()
    try:
        days = working_days.between(_day(when), clock.day_of(now))
    except HolidaysUnknown:
        return f"late since {day(when)}"
    if days > 0:
        return f"{counted(days, 'working day')} late"
    if isinstance(when, datetime) and clock.day_of(now) == _day(when):
        return f"{_passed(clock.elapsed(when, now))} late"
    return f"late since {near(_day(when), now)}".replace("since Y", "since y")


def counted(count: int, thing: str, things: str = "") -> str:
    """ "1 action", "3 actions", "2 enquiries"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"


def _passed(span: timedelta) -> str:
    minutes = max(int(span.total_seconds() // 60), 1)
    return counted(minutes, "minute") if minutes < 60 else counted(minutes // 60, "hour")


def _day(when: When) -> date:
    return clock.day_of(when) if isinstance(when, datetime) else when


def _time(at: datetime | time) -> time:
    return clock.london(at).time() if isinstance(at, datetime) else at


def _ends_the_day(when: datetime) -> bool:
    return (_time(when).hour, _time(when).minute) == (23, 59)
