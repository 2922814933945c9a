"""What time it is, and what a day and an hour in London mean as one instant.

Every instant is aware and in UTC: Python compares two moments of one zone by their wall clocks, which lies
on the nights the clocks change. London is for reading out, by `london`.

When the clocks go back, 01:30 happens twice: a start or a meeting is the first of the two, a closing time the
second, so that nobody is late who was early. When they go forward, 01:30 does not happen: it is read by the
clock as it stood before, which is 02:30 summer time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LAST_OF_A_MINUTE = timedelta(seconds=59, microseconds=999_999)

_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC)


def today() -> date:
    """The date in London."""
    return london(now()).date()


def london(at: datetime) -> datetime:
    """The instant as a clock in London shows it. A moment without a zone is refused."""
    return _aware(at).astimezone(LONDON)


def day_of(at: datetime) -> date:
    """The date in London at that instant."""
    return london(at).date()


def moment(day: date, at: str | time = time.min) -> datetime:
    """The instant of a London day and hour ("17:00"); the first of two where the hour comes twice."""
    return _instant(day, at, fold=0)


def closing(day: date, at: str | time = "23:59") -> datetime:
    """The last instant that is still in time: "23:55" is open to the end of that minute, 23:55:59."""
    return _instant(day, at, fold=1) + LAST_OF_A_MINUTE


def elapsed(start: datetime, end: datetime) -> timedelta:
    """The time that truly passes between two instants, clock changes counted: rest and duty are measured so."""
    return _aware(end).astimezone(UTC) - _aware(start).astimezone(UTC)


@contextmanager
def stopped_at(at: datetime) -> Iterator[None]:
    """Stop the clock, for sample data and for living a day again."""
    before = _stopped.set(_aware(at).astimezone(UTC))
    try:
        yield
    finally:
        _stopped.reset(before)


def _instant(day: date, at: str | time, fold: int) -> datetime:
    hour = time.fromisoformat(at) if isinstance(at, str) else at
    wall = datetime.combine(day, hour.replace(second=0, microsecond=0, tzinfo=None, fold=fold))
    if fold and _is_skipped(wall):
        wall = wall.replace(fold=0)
    return wall.replace(tzinfo=LONDON).astimezone(UTC)


def _is_skipped(wall: datetime) -> bool:
    back = wall.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)
    return back.replace(tzinfo=None) != wall.replace(fold=0)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("A moment needs a zone: a clock time alone may be either of two hours.")
    return at
