"""Days by number: "3 December", "Dec 3rd", "Fri 4/12", "2026-12-04", "the 30th", "Christmas Eve"."""

import re
from datetime import date

from privateoffice.foundations.clock.promises import months_after
from privateoffice.foundations.clock.spoken.forms import (
    MONTH,
    WEEKDAY,
    Form,
    Moment,
    Read,
    form,
    month_of,
    weekday_of,
)

JUST_PASSED = 120
"""Days: a date without a year that lies so little behind is taken for one that has passed, not for next year's."""

NTH = r"(?P<number>\d{1,2})(?:st|nd|rd|th)"
PERHAPS_NTH = r"(?P<number>\d{1,2})(?:st|nd|rd|th)?"
PERHAPS_WEEKDAY = rf"(?:{WEEKDAY}\b[,.]? (?:the )?)?"
PERHAPS_YEAR = r"(?:,? ?(?P<year>20\d\d))?"
NO_TIME = r"(?![:.]\d| ?[ap]\.?m\b| ?o'?clock)".replace(" ?", r"\s?")
NO_THING = (
    r"(?!\s+(?:draft|one|part|party|floor|time|version|half|review|quarter|line|item|point|attempt|stage|phase|"
    r"bit|edition|team|page|class|person|instance|tranche|batch|thing|century|anniversary)\b)"
)
FEASTS = {"christmas eve": (24, 12), "christmas day": (25, 12), "boxing day": (26, 12),
          "new years eve": (31, 12), "new years day": (1, 1)}  # fmt: skip


def dated(number: int, month: int, year: int | None, at: Moment) -> Read:
    """A day of a month. Without a year it is the next such day, unless one has only just passed."""
    if year:
        return _existing(year, month, number)
    this_year = _existing(at.day.year, month, number)
    if this_year.day and this_year.day < at.day:
        has_just_passed = (at.day - this_year.day).days < JUST_PASSED
        return Read(why_none="has passed") if has_just_passed else _existing(at.day.year + 1, month, number)
    return this_year


def _existing(year: int, month: int, number: int) -> Read:
    try:
        return Read(date(year, month, number))
    except ValueError:
        return Read(why_none="does not exist")


def _agreed(found: re.Match[str], read: Read) -> Read:
    """The day, unless a weekday beside it says another."""
    if read.day and found.groupdict().get("weekday") and read.day.weekday() != weekday_of(found):
        return Read(why_none="weekday and date disagree")
    return read


def _with_month(found: re.Match[str], at: Moment) -> Read:
    year = int(found["year"]) if found["year"] else None
    return _agreed(found, dated(int(found["number"]), month_of(found), year, at))


def _in_figures(found: re.Match[str], at: Moment) -> Read:
    said = found.groupdict().get("year") or ""
    year = int(said) + (2000 if len(said) == 2 else 0) if said else None
    return _agreed(found, dated(int(found["number"]), int(found["figure"]), year, at))


def _alone(found: re.Match[str], at: Moment) -> Read:
    """The next day of that number, in this month or the next one; a month without it is passed over by nobody."""
    return _nth(int(found["number"]), found, at)


def _nth(number: int, found: re.Match[str], at: Moment) -> Read:
    this_month = _existing(at.day.year, at.day.month, number)
    if this_month.day is None or this_month.day >= at.day:
        return _agreed(found, this_month)
    next_month = months_after(at.day.replace(day=1), 1)
    return _agreed(found, _existing(next_month.year, next_month.month, number))


def _feast(found: re.Match[str], at: Moment) -> Read:
    number, month = FEASTS[re.sub(r"\s+", " ", re.sub("['’]", "", found["feast"].lower()))]
    return dated(number, month, None, at)


TEENS = (
    "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
UNITS = ("first", "second", "third", *TEENS[:6])
ORDINALS = (*TEENS, *(f"twenty-{unit}" for unit in UNITS), "thirtieth", "thirty-first")
"""In words. The first three order things more often than they are days."""


def _in_words(found: re.Match[str], at: Moment) -> Read:
    number = 4 + ORDINALS.index(re.sub(r"\s+", "-", found["ordinal"].lower()))
    return _nth(number, found, at)


FIGURES = r"(?P<number>\d{1,2})[/.-](?P<figure>\d{1,2})"

FORMS: tuple[Form, ...] = (
    form(r"(?P<year>20\d\d)-(?P<figure>\d\d)-(?P<number>\d\d)", _in_figures),
    form(rf"{PERHAPS_WEEKDAY}(?:the )?{PERHAPS_NTH}\s*(?:of )?{MONTH}{PERHAPS_YEAR}", _with_month),
    form(rf"{PERHAPS_WEEKDAY}{MONTH} (?:the )?{PERHAPS_NTH}{NO_TIME}{PERHAPS_YEAR}", _with_month),
    form(rf"{PERHAPS_WEEKDAY}{FIGURES}[/.-](?P<year>20\d\d|\d\d)", _in_figures),
    form(rf"{WEEKDAY},? (?P<number>\d{{1,2}})[/.](?P<figure>\d{{1,2}})", _in_figures),
    form(r"(?P<number>\d{1,2})/(?P<figure>\d{1,2})(?!\s+(?:done|complete|of|way|hours?|days?)\b)", _in_figures),
    form(r"(?P<feast>christmas eve|christmas day|boxing day|new year['’]?s eve|new year['’]?s day)", _feast),
    form(rf"{WEEKDAY}[,.]? (?:the )?{NTH}{NO_THING}", _alone),
    form(rf"{WEEKDAY}[,.]? (?:the )?(?P<number>\d{{1,2}}){NO_TIME}(?!\s*(?:hours|hrs|\w))", _alone),
    form(rf"(?:the )?{NTH}{NO_THING}", _alone),
    form(
        rf"the (?P<ordinal>{'|'.join(sorted(ORDINALS, key=len, reverse=True)).replace('-', '[ -]')}){NO_THING}",
        _in_words,
    ),
)
