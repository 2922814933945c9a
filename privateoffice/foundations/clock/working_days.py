"""Working days: Monday to Friday without bank holidays. `calendar` is england, or foi for the whole UK.

In a year whose bank holidays are not known, a weekday cannot be called working or not: HolidaysUnknown is
raised and nothing is guessed. Work already due is never moved by a count that was asked for later.
"""

from datetime import date, timedelta
from functools import lru_cache

from privateoffice.foundations.clock import holidays
from privateoffice.foundations.clock.holidays import ENGLAND, HolidaysUnknown

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def is_working(day: date, calendar: str = ENGLAND) -> bool:
    """Whether the office works on this day. Raises HolidaysUnknown beyond the years that are known."""
    return _is_working(day, holidays.off(calendar), holidays.known_years(calendar))


def on_or_after(day: date, calendar: str = ENGLAND) -> date:
    """This day if it is a working day, else the next that is."""
    return day if is_working(day, calendar) else add(day, 1, calendar)


def next(day: date, calendar: str = ENGLAND) -> date:
    """The first working day after this day."""
    return add(day, 1, calendar)


def add(day: date, count: int, calendar: str = ENGLAND) -> date:
    """The working day so many after the day (before it, if negative); the day itself is never counted.

    With 0 it is the day itself, or the next working day if it is not one.
    """
    if count == 0:
        return on_or_after(day, calendar)
    return _add(day, count, holidays.off(calendar), holidays.known_years(calendar))


@lru_cache(maxsize=4096)
def _add(day: date, count: int, off: frozenset[date], known: frozenset[int]) -> date:
    step = ONE_DAY if count > 0 else -ONE_DAY
    left = abs(count)
    while left:
        day += step
        left -= _is_working(day, off, known)
    return day


def between(start: date, end: date, calendar: str = ENGLAND) -> int:
    """How many working days lie after `start` up to and with `end`; negative if `end` is earlier.

    It undoes `add`: between(day, add(day, n)) is n, for every n but 0.
    """
    step = ONE_DAY if end > start else -ONE_DAY
    off, known = holidays.off(calendar), holidays.known_years(calendar)
    count = sum(_is_working(start + step * far, off, known) for far in range(1, abs((end - start).days) + 1))
    return count if end > start else -count


def _is_working(day: date, off: frozenset[date], known: frozenset[int]) -> bool:
    if day.weekday() >= SATURDAY or day in off:
        return False
    if day.year not in known:
        raise HolidaysUnknown(day)
    return True
