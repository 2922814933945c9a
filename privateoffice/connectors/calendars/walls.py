"""The wall times that a repeat rule gives, worked out with a ceiling on effort.

    rule = read("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10")
    for wall in walls(rule, start, since=..., before=..., effort=Effort(50_000)): ...

Work is done period by period. Without a COUNT the first periods are jumped over; with one they are counted,
by arithmetic where all periods are alike. Nothing is looked at past `before`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from privateoffice.connectors.calendars.rules import DAILY, HOURLY, MINUTELY, SECONDLY, WEEKLY, Rule
from privateoffice.connectors.calendars.yeardays import Days

_SECONDS = {HOURLY: 3600, MINUTELY: 60, SECONDLY: 1}
_DAY = 86_400


class TooMuch(Exception):
    """The effort allowed has been used up."""


class Effort:
    """How many steps may still be taken."""

    def __init__(self, steps: int):
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Take steps, or raise TooMuch."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch


class Members(Sequence[datetime]):
    """All times of one period in order, none of them made before it is asked for."""

    def __init__(self, days: Sequence[date], hours: Sequence[int], minutes: Sequence[int], seconds: Sequence[int]):
        self.days, self.hours, self.minutes, self.seconds = days, hours, minutes, seconds
        self.of_day = len(hours) * len(minutes) * len(seconds)

    def __len__(self) -> int:
        return len(self.days) * self.of_day

    def __getitem__(self, at):  # type: ignore[no-untyped-def,override]
        if not -len(self) <= at < len(self):
            raise IndexError
        day, rest = divmod(at % len(self), self.of_day)
        rest, second = divmod(rest, len(self.seconds))
        hour, minute = divmod(rest, len(self.minutes))
        on = self.days[day]
        return datetime(on.year, on.month, on.day, self.hours[hour], self.minutes[minute], self.seconds[second])

    def chosen(self, positions: tuple[int, ...]) -> Sequence[datetime]:
        """The members at these positions, counted from 1, or from the end."""
        if not positions:
            return self
        size = len(self)
        places = {p - 1 if p > 0 else size + p for p in positions}
        return [self[at] for at in sorted(places) if 0 <= at < size]


def walls(rule: Rule, start: datetime, *, since: datetime, before: datetime, effort: Effort) -> Iterator[datetime]:
    """The rule's wall times from `start` on, in order, that lie in [since, before). May raise TooMuch."""
    left = rule.count
    until = rule.until.wall if rule.until else None
    floor, last = max(start, since), None
    for members, skipped in _Periods(rule, start, since, before, effort):
        if left is not None and (left := left - skipped) <= 0:
            return
        if not members:
            continue
        low = bisect_left(members, start)
        if last is not None:
            low = max(low, bisect_right(members, last))
        last = members[-1]
        at = max(low, bisect_left(members, floor))
        for place in range(at, len(members)):
            wall = members[place]
            if wall >= before or (until and wall > until) or (left is not None and place - low >= left):
                return
            effort.spend()
            yield wall
        if left is not None:
            left -= len(members) - low


class _Periods:
    """The periods of a rule one after another, each with how many members were jumped over before it."""

    def __init__(self, rule: Rule, start: datetime, since: datetime, before: datetime, effort: Effort):
        self.rule, self.start, self.since, self.effort = rule, start, since, effort
        self.until = min(before, rule.until.wall) if rule.until else before
        self.hours = rule.hours or (start.hour,)
        self.minutes = rule.minutes or (start.minute,)
        self.seconds = rule.seconds or (start.second,)

    def __iter__(self) -> Iterator[tuple[Sequence[datetime], int]]:
        try:
            yield from self._short() if self.rule.frequency >= HOURLY else self._long()
        except (OverflowError, ValueError):  # past the year 9999, where no calendar goes
            return

    def _jump(self, places: int, alike: bool, first: Callable[[int], Sequence[datetime]]) -> tuple[int, int]:
        """From which period to begin, given how many lie wholly before `since`, and how many members it skips."""
        places = max(0, places - 2)
        if not places or self.rule.count is None:
            return places, 0
        if not alike:
            return 0, 0
        skipped = len(first(0)) - bisect_left(first(0), self.start) + (places - 1) * len(first(1))
        return places, skipped

    def _long(self) -> Iterator[tuple[Sequence[datetime], int]]:
        """Years, months, weeks or days."""
        days = Days(self.rule, self.start.date())
        step = self.rule.interval

        def members(place: int) -> Sequence[datetime]:
            found = days.of(place * step)
            return Members(found, self.hours, self.minutes, self.seconds).chosen(self.rule.positions)

        alike = self.rule.frequency in (WEEKLY, DAILY) and not self.rule.picks_days
        place, skipped = self._jump(days.place_of(self.since.date()) // step, alike, members)
        while days.begins(place * step) <= self.until.date():
            self.effort.spend(days.cost)
            yield members(place), skipped
            place, skipped = place + 1, 0

    def _short(self) -> Iterator[tuple[Sequence[datetime], int]]:
        """Hours, minutes or seconds, counted from the one that `start` lies in."""
        rule, unit = self.rule, _SECONDS[self.rule.frequency]
        base = _in_seconds(self.start) // unit * unit
        step = rule.interval * unit

        def members(place: int) -> Sequence[datetime]:
            return self._moment(base + place * step).chosen(rule.positions)

        alike = not (rule.picks_days or rule.hours or (rule.frequency > HOURLY and rule.minutes))
        alike = alike and not (rule.frequency == SECONDLY and rule.seconds)
        place, skipped = self._jump((_in_seconds(self.since) - base) // step, alike, members)
        end = _in_seconds(self.until)
        while (now := base + place * step) <= end:
            self.effort.spend()
            if (later := self._opens(now)) > now:
                place -= (now - later) // step
                continue
            yield members(place), skipped
            place, skipped = place + 1, 0

    def _moment(self, seconds: int) -> Members:
        days, rest = divmod(seconds, _DAY)
        hour, minute, second = rest // 3600, rest // 60 % 60, rest % 60
        minutes = self.minutes if self.rule.frequency == HOURLY else (minute,)
        return Members(
            (date.fromordinal(days),),
            (hour,),
            minutes,
            (second,) if self.rule.frequency == SECONDLY else self.seconds,
        )

    def _opens(self, now: int) -> int:
        """`now` if the rule allows it, else the next moment at which the part that forbids it changes."""
        rule = self.rule
        days, rest = divmod(now, _DAY)
        if rule.picks_days and not Days.allows(rule, date.fromordinal(days)):
            return (days + 1) * _DAY
        if rule.hours and rest // 3600 not in rule.hours:
            return now // 3600 * 3600 + 3600
        if rule.frequency > HOURLY and rule.minutes and rest // 60 % 60 not in rule.minutes:
            return now // 60 * 60 + 60
        if rule.frequency == SECONDLY and rule.seconds and rest % 60 not in rule.seconds:
            return now + 1
        return now


def _in_seconds(wall: datetime) -> int:
    return wall.toordinal() * _DAY + wall.hour * 3600 + wall.minute * 60 + wall.second
