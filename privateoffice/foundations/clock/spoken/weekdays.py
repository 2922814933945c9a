"""Days by weekday: "Friday", "next Tuesday", "Friday week", "Monday of next week", "last Thursday"."""

import re
from datetime import date, timedelta

from privateoffice.foundations.clock.spoken.forms import (
    NO_SINGLE_DAY,
    SATURDAY,
    SUNDAY,
    WEEK,
    WEEKDAY,
    WHOLE_WEEKDAY,
    Form,
    Moment,
    Read,
    Reader,
    always,
    form,
    weekday_of,
)

PAST = Read(why_none="in the past")


def _first_after(found: re.Match[str], at: Moment) -> date:
    """The first such weekday after the day on which it was said."""
    return at.day + timedelta(days=(weekday_of(found) - at.day.weekday() - 1) % 7 + 1)


def coming(weeks: int = 0) -> Reader:
    return lambda found, at: Read(_first_after(found, at) + WEEK * weeks)


def _next(found: re.Match[str], at: Moment) -> Read:
    """ "next Tuesday" is clear only where no such day is left in this week, and the week is not about to turn."""
    if at.day.weekday() >= SATURDAY or weekday_of(found) > at.day.weekday():
        return Read(why_none="may be this week's or the next")
    return Read(_first_after(found, at))


def _this(found: re.Match[str], at: Moment) -> Read:
    if at.day.weekday() >= SATURDAY or weekday_of(found) <= at.day.weekday():
        return Read(why_none="has passed this week")
    return Read(_first_after(found, at))


def _of_next_week(found: re.Match[str], at: Moment) -> Read:
    if at.day.weekday() == SUNDAY:
        return Read(why_none="the week is about to turn")
    monday = at.day - timedelta(days=at.day.weekday()) + WEEK
    return Read(monday + timedelta(days=weekday_of(found)))


FORMS: tuple[Form, ...] = (
    form(rf"next week[,:]?(?: [-–])? (?:on |say |probably )?(?:the )?{WHOLE_WEEKDAY}", _of_next_week),
    form(rf"{WEEKDAY} (?:of |in )?next week", _of_next_week),
    form(rf"{WEEKDAY} (?:of |in )?this week", _this),
    form(rf"this week[,:]? (?:on )?{WHOLE_WEEKDAY}", _this),
    form(rf"{WEEKDAY} (?:of )?(?:last week|last|just gone|past)", always(PAST)),
    form(rf"(?:last|past) {WEEKDAY}", always(PAST)),
    form(rf"(?:the )?{WEEKDAY} after(?: next| that)?", always(NO_SINGLE_DAY)),
    form(rf"(?:the )?following {WEEKDAY}", always(NO_SINGLE_DAY)),
    form(rf"(?:every|each|most) {WEEKDAY}s?", always(NO_SINGLE_DAY)),
    form(rf"(?:a |one )?week (?:on |from |this |this coming )?{WHOLE_WEEKDAY}", coming(1)),
    form(rf"{WEEKDAY} week", coming(1)),
    form(rf"(?:(?:a )?fortnight|(?:two|2) weeks) (?:on |from |this )?{WHOLE_WEEKDAY}", coming(2)),
    form(rf"{WEEKDAY} fortnight", coming(2)),
    form(rf"next {WHOLE_WEEKDAY}", _next),
    form(rf"(?:this (?:coming )?|coming ){WHOLE_WEEKDAY}", _this),
    form(rf"{WEEKDAY} coming", coming()),
    form(WHOLE_WEEKDAY, coming()),
)
