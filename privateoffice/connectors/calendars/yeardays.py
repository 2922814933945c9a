"""Which days of a year, month, week or day a repeat rule means."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from privateoffice.connectors.calendars.rules import MONTHLY, WEEKLY, YEARLY, Rule

_DAY = timedelta(days=1)


class Days:
    """The days of each period of a rule. Period 0 is the one that the first day lies in."""

    def __init__(self, rule: Rule, first: date):
        self.rule, self.first = rule, first
        self.year = self._week_year() if self._by_weeks else first.year
        self.cost = 1 + len(rule.monthdays) + len(rule.yeardays) // 8
        if rule.frequency == YEARLY and (rule.weekdays or rule.weeks):
            self.cost += 12

    @property
    def _by_weeks(self) -> bool:
        return self.rule.frequency == YEARLY and bool(self.rule.weeks)

    def _week_year(self) -> int:
        """The year that the first day's week is counted in, unless nothing of the rule is left in it."""
        year = week_year(self.first, self.rule.week_start)[0]
        if year < self.first.year and not any(day >= self.first for day in self._in_weeks_of(year)):
            return self.first.year
        return year

    def begins(self, place: int) -> date:
        """The earliest day that the period can hold."""
        if self.rule.frequency == YEARLY:
            return date(self.year + place, 1, 1) - 7 * _DAY
        if self.rule.frequency == MONTHLY:
            return date(*self._month(place), 1) - _DAY
        return self._week(place) if self.rule.frequency == WEEKLY else self.first + place * _DAY

    def place_of(self, day: date) -> int:
        """The period that the day lies in."""
        if self.rule.frequency == YEARLY:
            return day.year - self.year
        if self.rule.frequency == MONTHLY:
            return (day.year - self.first.year) * 12 + day.month - self.first.month
        away = (day - self.first).days
        return away // 7 if self.rule.frequency == WEEKLY else away

    def of(self, place: int) -> list[date]:
        """The days of one period, in order."""
        if self.rule.frequency == YEARLY:
            found = self._of_year(self.year + place)
        elif self.rule.frequency == MONTHLY:
            found = self._of_month(*self._month(place))
        elif self.rule.frequency == WEEKLY:
            found = list(self._of_week(self._week(place)))
        else:
            day = self.first + place * _DAY
            found = [day] if self.allows(self.rule, day) else []
        return sorted(set(found))

    def _month(self, place: int) -> tuple[int, int]:
        years, month = divmod(self.first.month - 1 + place, 12)
        return self.first.year + years, month + 1

    def _week(self, place: int) -> date:
        return self.first - ((self.first.weekday() - self.rule.week_start) % 7 - place * 7) * _DAY

    @staticmethod
    def allows(rule: Rule, day: date) -> bool:
        """Whether the day passes every list of the rule; ordinals of weekdays do not count here."""
        return (
            (not rule.months or day.month in rule.months)
            and (not rule.monthdays or _counted(day.day, monthrange(day.year, day.month)[1], rule.monthdays))
            and (not rule.weekdays or any(day.weekday() == weekday for _, weekday in rule.weekdays))
            and (not rule.yeardays or _counted(day.timetuple().tm_yday, _year_length(day.year), rule.yeardays))
            and (not rule.weeks or _in_weeks(day, rule.weeks, rule.week_start))
        )

    def _of_week(self, monday: date) -> Iterator[date]:
        rule = self.rule
        wanted = {weekday for _, weekday in rule.weekdays} or {self.first.weekday()}
        for day in (monday + n * _DAY for n in range(7)):
            if day.weekday() in wanted and self.allows(rule, day):
                yield day

    def _of_month(self, year: int, month: int) -> list[date]:
        rule = self.rule
        if rule.months and month not in rule.months:
            return []
        if rule.monthdays:
            days = self._at_monthdays(year, [month])
            nths = set(nth_weekdays(date(year, month, 1), rule.weekdays)) if rule.weekdays else None
            return [day for day in days if nths is None or day in nths]
        if rule.weekdays:
            return nth_weekdays(date(year, month, 1), rule.weekdays)
        return list(filter(None, [self._day(year, month, self.first.day)]))

    def _of_year(self, year: int) -> list[date]:
        rule = self.rule
        if rule.weeks:
            return self._in_weeks_of(year)
        if rule.yeardays:
            found = [self._yearday(year, n) for n in rule.yeardays]
            return [day for day in found if day and self._fits(day)]
        if rule.monthdays:
            return [day for day in self._at_monthdays(year, rule.months or range(1, 13)) if self._fits(day)]
        if rule.weekdays and rule.months:
            return [day for m in rule.months for day in nth_weekdays(date(year, m, 1), rule.weekdays)]
        if rule.weekdays:
            return nth_weekdays(date(year, 1, 1), rule.weekdays, whole_year=True)
        months = rule.months or (self.first.month,)
        return [day for m in months if (day := self._day(year, m, self.first.day))]

    def _fits(self, day: date) -> bool:
        """Whether a day found by its number lies on a wanted weekday, and in a wanted month."""
        rule = self.rule
        if rule.weekdays and all(day.weekday() != weekday for _, weekday in rule.weekdays):
            return False
        if not rule.yeardays or rule.skip != "OMIT":
            return True
        return self.allows(rule, day)

    def _in_weeks_of(self, year: int) -> list[date]:
        rule = self.rule
        begin, count = first_week(year, rule.week_start), weeks_in(year, rule.week_start)
        weeks = {n if n > 0 else count + 1 + n for n in rule.weeks}
        wanted = {weekday for _, weekday in rule.weekdays}
        if not (wanted or rule.monthdays or rule.yeardays):
            wanted = {self.first.weekday()}
        days = (begin + (week * 7 - 7 + n) * _DAY for week in weeks if 0 < week <= count for n in range(7))
        return [day for day in days if (not wanted or day.weekday() in wanted) and self.allows(rule, day)]

    def _at_monthdays(self, year: int, months: Iterable[int]) -> list[date]:
        return [day for m in months for n in self.rule.monthdays if (day := self._day(year, m, n))]

    def _day(self, year: int, month: int, number: int) -> date | None:
        """The day of the month with this number, or where the rule skips to when there is none."""
        size = monthrange(year, month)[1]
        return self._skipped(date(year, month, 1), size, number)

    def _yearday(self, year: int, number: int) -> date | None:
        return self._skipped(date(year, 1, 1), _year_length(year), number)

    def _skipped(self, begin: date, size: int, number: int) -> date | None:
        place = number - 1 if number > 0 else size + number
        if not 0 <= place < size:
            if self.rule.skip == "OMIT":
                return None
            edge = 0 if place < 0 else size
            place = edge if self.rule.skip == "FORWARD" else edge - 1
        return begin + place * _DAY


def nth_weekdays(begin: date, weekdays: tuple[tuple[int, int], ...], whole_year: bool = False) -> list[date]:
    """The wanted weekdays of the month (or year) that begins here; each with an ordinal, or 0 for every one."""
    size = _year_length(begin.year) if whole_year else monthrange(begin.year, begin.month)[1]
    found: list[date] = []
    for nth, weekday in weekdays:
        first = (weekday - begin.weekday()) % 7
        places = range(first, size, 7)
        if not nth:
            found += [begin + place * _DAY for place in places]
        elif abs(nth) <= len(places):
            found.append(begin + places[nth - 1 if nth > 0 else nth] * _DAY)
    return found


@lru_cache(maxsize=2048)
def first_week(year: int, week_start: int) -> date:
    """The day on which week 1 begins: the first week with four days or more in the year."""
    new_year = date(year, 1, 1)
    back = (new_year.weekday() - week_start) % 7
    return new_year + (7 - back if back > 3 else -back) * _DAY


def weeks_in(year: int, week_start: int) -> int:
    """How many numbered weeks the year has."""
    return (first_week(year + 1, week_start) - first_week(year, week_start)).days // 7


def week_year(day: date, week_start: int) -> tuple[int, int]:
    """The year that the day's week is counted in, and the number of the week."""
    year = day.year
    if day >= first_week(year + 1, week_start):
        year += 1
    elif day < first_week(year, week_start):
        year -= 1
    return year, (day - first_week(year, week_start)).days // 7 + 1


def _in_weeks(day: date, weeks: tuple[int, ...], week_start: int) -> bool:
    year, number = week_year(day, week_start)
    return number in weeks or number - 1 - weeks_in(year, week_start) in weeks


def _counted(number: int, size: int, wanted: tuple[int, ...]) -> bool:
    return number in wanted or number - size - 1 in wanted


def _year_length(year: int) -> int:
    return 366 if monthrange(year, 2)[1] == 29 else 365
