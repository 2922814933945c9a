"""Cuts a period into the blocks that a unit shares out: weeks, weekdays and weekends, or single days."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from .model import BANK_HOLIDAY, CHRISTMAS, LONDON, WEEKDAY, WEEKEND, Block, DutyType, Holiday

WEEKLY, WEEK_AND_WEEKEND, DAILY = (0,), (0, 4), (0, 1, 2, 3, 4, 5, 6)


def cut(
    duty: DutyType, first: date, last: date, starts_on: Collection[int], holidays: Collection[Holiday] = ()
) -> tuple[Block, ...]:
    """Blocks that begin on each weekday in `starts_on` (Monday is 0), from `first` to `last` and no further.

    What lies before the first such weekday is a short block of its own, and the last one ends with the period.
    """
    return tuple(_block(duty, one, other, holidays) for one, other in _spans(first, last, starts_on))


def _spans(first: date, last: date, starts_on: Collection[int]) -> Iterator[tuple[date, date]]:
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    heads = [day for day in days if day == first or day.weekday() in starts_on]
    for head, following in zip(heads, [*heads[1:], last + timedelta(1)], strict=True):
        yield head, following - timedelta(1)


def _block(duty: DutyType, first: date, last: date, holidays: Collection[Holiday]) -> Block:
    start, end = time.fromisoformat(duty.starts), time.fromisoformat(duty.ends)
    closes = last + timedelta(1) if end <= start else last
    return Block(
        id=f"{duty.id}@{first.isoformat()}",
        duty=duty.id,
        first=first,
        last=last,
        start_at=datetime.combine(first, start, LONDON),
        end_at=datetime.combine(closes, end, LONDON),
        kind=kind_of(first, last, holidays),
    )


def kind_of(first: date, last: date, holidays: Collection[Holiday]) -> str:
    """The heaviest thing that a block holds: Christmas, a bank holiday, a weekend, or none."""
    falls = [each for each in holidays if first <= each.day <= last]
    if any(each.christmas for each in falls):
        return CHRISTMAS
    if falls:
        return BANK_HOLIDAY
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    return WEEKEND if any(day.weekday() >= 5 for day in days) else WEEKDAY
