"""What the law or the office promises, as dates: freedom of information, subject access, breaches, answers."""

import calendar
from datetime import UTC, date, datetime, timedelta

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.clock.holidays import FOI

FOI_WORKING_DAYS = 20
SUBJECT_ACCESS_MONTHS = 1
MOST_EXTRA_MONTHS = 2
BREACH_REPORT = timedelta(hours=72)
END_OF_THE_OFFICE_DAY = "17:00"


def foi_due(received_on: date) -> date:
    """The last day to answer a freedom of information request: the 20th working day, UK-wide, after receipt."""
    return working_days.add(received_on, FOI_WORKING_DAYS, FOI)


def subject_access_due(received_on: date, extra_months: int = 0) -> date:
    """The last day to answer a subject access request: one month, and up to two more if it is complex.

    The same date in the month, or its last day where there is none; a weekend or holiday moves it on.
    """
    if not 0 <= extra_months <= MOST_EXTRA_MONTHS:
        raise ValueError("A subject access request can be extended by one or two months.")
    return working_days.on_or_after(months_after(received_on, SUBJECT_ACCESS_MONTHS + extra_months))


def breach_report_due(learned_at: datetime) -> datetime:
    """The last instant to tell the regulator of a data breach: 72 hours that truly pass."""
    return clock.london(learned_at).astimezone(UTC) + BREACH_REPORT


def answer_due(received_at: datetime, within: int, by: str = END_OF_THE_OFFICE_DAY) -> datetime:
    """The instant by which something promised within so many working days must be done.

    Day one is the working day after receipt. Within 0 is the same day, or the next working day if the office
    had closed or was not open.
    """
    day = clock.day_of(received_at)
    due = clock.closing(working_days.add(day, within), by)
    return due if due > received_at else clock.closing(working_days.next(day), by)


def is_in_time(done_at: datetime, due: date | datetime) -> bool:
    """Whether it was done by the end of the day due, or by the instant due."""
    return done_at <= (due if isinstance(due, datetime) else clock.closing(due))


def months_after(day: date, months: int) -> date:
    """The same date so many months later, or the last day of a month that has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
