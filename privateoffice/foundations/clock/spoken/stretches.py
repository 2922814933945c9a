"""Days by how far away they are, and stretches of time that are no single day."""

import re
from datetime import date, timedelta

from privateoffice.foundations.clock import working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown
from privateoffice.foundations.clock.promises import months_after
from privateoffice.foundations.clock.spoken.forms import (
    COUNT,
    MONTH,
    NO_SINGLE_DAY,
    SATURDAY,
    WEEK,
    WEEKDAY,
    Form,
    Moment,
    Read,
    Reader,
    always,
    count_of,
    form,
    later,
    month_of,
)

NOT_KNOWN = Read(why_none="bank holidays are not known")
SPAN = r"(?P<span>working days?|weeks?|fortnights?|days?)"


def _in_working_days(found: re.Match[str], at: Moment) -> Read:
    return _after_working_days(at.day, count_of(found))


def _after_working_days(day: date, count: int) -> Read:
    try:
        return Read(working_days.add(day, count))
    except HolidaysUnknown:
        return NOT_KNOWN


def _more_time(found: re.Match[str], at: Moment) -> Read:
    """ "another week": read only on the day due, where it counts from the same day either way."""
    if at.due != at.day:
        return Read(why_none="may count from today or from the day due")
    span, count = found["span"].lower(), count_of(found)
    if span.startswith("working"):
        return _after_working_days(at.day, count)
    return Read(at.day + timedelta(days={"w": 7, "f": 14, "d": 1}[span[0]] * count))


def _end_of_week(weeks: int) -> Reader:
    """Its Friday. At the weekend nobody knows which week is meant."""

    def read(found: re.Match[str], at: Moment) -> Read:
        if at.day.weekday() >= SATURDAY:
            return Read(why_none="said at the weekend")
        return Read(at.day + timedelta(days=4 - at.day.weekday()) + WEEK * weeks)

    return read


def _end_of_month(months: int) -> Reader:
    return lambda found, at: _last_of(months_after(at.day.replace(day=1), months))


def _end_of_named_month(found: re.Match[str], at: Moment) -> Read:
    month = month_of(found)
    return _last_of(date(at.day.year + (month < at.day.month), month, 1))


def _end_of_year(found: re.Match[str], at: Moment) -> Read:
    return _last_of(date(at.day.year, 12, 1))


def _last_of(first: date) -> Read:
    """The last day of a month, where it is worked."""
    last = months_after(first, 1) - timedelta(days=1)
    try:
        return Read(last) if working_days.is_working(last) else Read(why_none="its last day is not worked")
    except HolidaysUnknown:
        return NOT_KNOWN


STRETCH = (
    rf"(?:(?:next|this|the|that) (?:week|month|year|term|quarter|weekend|new year)|{MONTH}|"
    r"(?:the )?half[\s-]term|term|the (?:summer|easter|christmas) holidays?|(?:the )?new year)"
)
PART = (
    r"(?:some\s*time|any\s*time|early|mid|middle of|late|later|(?:in )?(?:the )?(?:start|beginning|first week|"
    r"second week|first half|second half|back half|latter part|last week|week|back end) (?:of|in)|in|during|over)"
)

FIRST_FORMS: tuple[Form, ...] = (
    form(
        rf"(?:w/c|w\.c\.|wc|w/b|w/e|week (?:commencing|beginning|starting|ending|of)),?(?: (?:the )?{WEEKDAY}\b)?"
        rf"(?:,? ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?:[/.]\d{{1,2}})*(?:\s*(?:of )?{MONTH})?)?",
        always(NO_SINGLE_DAY),
    ),
    form(rf"(?:the )?(?:end of|last day of|last day in) {MONTH}", _end_of_named_month),
    form(rf"(?:(?:very )?{PART}[\s-]+)+{STRETCH}", always(NO_SINGLE_DAY)),
)
"""These stand before the days by number and by weekday."""

FORMS: tuple[Form, ...] = (
    form(r"(?:today|tonight) week", later(7)),
    form(r"(?:a |one )?week (?:from )?(?:today|now)", later(7)),
    form(r"(?:a )?week (?:from )?tomorrow|tomorrow week", later(8)),
    form(r"(?:(?:a )?fortnight|(?:two|2) weeks) (?:from )?(?:today|now)|today fortnight", later(14)),
    form(r"(?:a )?fortnight (?:from )?tomorrow", later(15)),
    form(r"(?:three|3) weeks (?:from )?today", later(21)),
    form(r"(?:the )?day after (?:tomorrow|tmrw|tmw)", later(2)),
    form(r"tomorrow|tmrw|tmw|tmr|tomoz|tomorow|tommorow|tommorrow|2moro", later(1)),
    form(
        rf"(?:another|one more|an? (?:extra|further|additional)|(?:an? )?extension of|(?:an )?extra|further) "
        rf"(?:{COUNT} )?(?:more |extra )?{SPAN}",
        _more_time,
    ),
    form(rf"{COUNT} (?:more|extra|further) {SPAN}", _more_time),
    form(rf"{COUNT} (?P<span>working days?)(?=\s*(?:please|pls|$|[.?!]))", _more_time),
    form(r"(?:an? |one )?(?P<span>week|fortnight)['’]?s?(?P<count>) (?:extension|grace|more|extra)", _more_time),
    form(
        r"(?:two |2 )(?P<span>week)s?['’]?(?P<count>) (?:extension|grace)", lambda found, at: _doubled(found, at)
    ),
    form(rf"(?:in|within) (?:the next )?{COUNT} (?:working days?|wd)(?:['’]? time)?", _in_working_days),
    form(
        rf"{COUNT} (?:working days?|wd)(?= (?:should|will|would|'ll) (?:do|be|see|cover|get)\b)", _in_working_days
    ),
    form(rf"{COUNT} (?:working days?|wd) (?:from (?:now|today)|time)", _in_working_days),
    form(r"(?:the )?(?:end|back end) of next week", _end_of_week(1)),
    form(r"(?:the )?end of (?:the |this )?week|eow", _end_of_week(0)),
    form(r"(?:the )?end of next month", _end_of_month(1)),
    form(r"(?:the )?end of (?:the |this )?month|month[\s-]end|eom", _end_of_month(0)),
    form(r"(?:the )?end of (?:the |this )?year|year[\s-]end", _end_of_year),
    form(
        r"next (?:week|month|year|quarter)|this (?:week|month|weekend)|the (?:weekend|new year)|"
        r"(?:the )?half[\s-]term|"
        r"(?:(?:a|the next) )?(?:few|couple of|several|coming) (?:more )?(?:working )?(?:days|weeks)|"
        rf"(?:in |within )?(?:a |about a |{COUNT} )(?:weeks?|fortnights?|months?|days?)['’]?(?:s['’]?)?"
        r"(?: time| or (?:so|two))|(?:in|within) (?:about )?(?:a|an|one|two|three|four|\d+) "
        r"(?:weeks?|fortnight|months?|days?)|(?:a )?week or (?:so|two)|(?:a )?day or (?:so|two)",
        always(NO_SINGLE_DAY),
    ),
)
LAST_FORMS: tuple[Form, ...] = (
    form(
        r"(?:later )?today|tonight|this (?:morning|afternoon|evening|pm|aft)|cop|cob|eop|eod|"
        r"(?:the )?(?:end|close) of (?:play|business|the day|day)|before close",
        later(0),
    ),
)
"""These stand behind all others: "COP Friday" is Friday."""


def _doubled(found: re.Match[str], at: Moment) -> Read:
    once = _more_time(found, at)
    return Read(once.day + WEEK) if once.day else once
