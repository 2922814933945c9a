"""Repeat rules as they are written (RFC 5545 and the Gregorian part of RFC 7529)."""

import re
from dataclasses import dataclass

from privateoffice.connectors.calendars.values import Moment, Unfit, moment

YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY = range(7)
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_SKIPS = ("OMIT", "BACKWARD", "FORWARD")


class Unusable(Exception):
    """A rule that cannot be followed. The text is fit to show."""


@dataclass(frozen=True)
class Rule:
    """One repeat rule. Weekdays are pairs of ordinal (0 for every) and day (Monday is 0)."""

    frequency: int
    interval: int = 1
    count: int | None = None
    until: Moment | None = None
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    yeardays: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    skip: str = "OMIT"

    @property
    def picks_days(self) -> bool:
        """Whether some days are left out by the rule's own lists."""
        return bool(self.months or self.weeks or self.yeardays or self.monthdays or self.weekdays)


def read(text: str) -> Rule:
    """A rule from its text. Raises Unusable with the reason."""
    parts = _parts(text)
    name = parts.get("FREQ", "")
    if name not in _FREQUENCIES:
        raise Unusable("The repeat rule does not say how often.")
    if parts.get("RSCALE", "GREGORIAN") not in ("GREGORIAN", "GREGORY"):
        raise Unusable("The repeat rule is for another calendar than ours.")
    if parts.get("SKIP", "OMIT") not in _SKIPS:
        raise Unusable("The repeat rule has a SKIP that is not known.")
    return Rule(
        frequency=_FREQUENCIES.index(name),
        interval=_positive(parts.get("INTERVAL", "1"), "INTERVAL"),
        count=_positive(parts["COUNT"], "COUNT") if parts.get("COUNT", "-1") != "-1" else None,
        until=_until(parts.get("UNTIL")),
        week_start=_week_start(parts.get("WKST", "MO")),
        skip=parts.get("SKIP", "OMIT"),
        weekdays=_weekdays(parts.get("BYDAY")),
        **{to: _numbers(parts.get(key), key, low, high) for key, (to, low, high) in _LISTS.items()},
    )


_LISTS = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYYEARDAY": ("yeardays", -366, 366),
    "BYMONTHDAY": ("monthdays", -31, 31),
    "BYHOUR": ("hours", 0, 23),
    "BYMINUTE": ("minutes", 0, 59),
    "BYSECOND": ("seconds", 0, 60),
    "BYSETPOS": ("positions", -366, 366),
}
_KNOWN = {*_LISTS, "FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "RSCALE", "SKIP"}


def _parts(text: str) -> dict[str, str]:
    text = "".join(text.split()).upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for piece in filter(None, text.split(";")):
        key, equals, value = piece.partition("=")
        if not equals or (key not in _KNOWN and not key.startswith("X-")):
            raise Unusable("The repeat rule has a part that is not known.")
        if key in parts and parts[key] != value:
            raise Unusable(f"The repeat rule gives {key} twice.")
        parts[key] = value
    return parts


def _positive(text: str, key: str) -> int:
    if not re.fullmatch(r"\+?\d{1,12}", text) or int(text) < 1:
        raise Unusable(f"The repeat rule's {key} is not a number above nought.")
    return int(text)


def _numbers(text: str | None, key: str, low: int, high: int) -> tuple[int, ...]:
    if text is None:
        return ()
    pieces = text.split(",")
    if not all(re.fullmatch(r"[+-]?\d{1,4}", piece) for piece in pieces):
        raise Unusable(f"The repeat rule's {key} cannot be read.")
    numbers = {int(piece) for piece in pieces}
    if any(n < low or n > high or (n == 0 and low < 0) for n in numbers):
        raise Unusable(f"The repeat rule's {key} is out of range.")
    return tuple(sorted({min(n, 59) if key == "BYSECOND" else n for n in numbers}))


def _weekdays(text: str | None) -> tuple[tuple[int, int], ...]:
    if text is None:
        return ()
    matches = [_WEEKDAY.fullmatch(piece) for piece in text.split(",")]
    found = {(int(m[1] or 0), _WEEKDAYS.index(m[2])) for m in matches if m}
    if not all(matches) or any(abs(nth) > 53 for nth, _ in found):
        raise Unusable("The repeat rule's BYDAY cannot be read.")
    return tuple(sorted(found))


def _week_start(text: str) -> int:
    if text not in _WEEKDAYS:
        raise Unusable("The repeat rule's WKST is not a day of the week.")
    return _WEEKDAYS.index(text)


def _until(text: str | None) -> Moment | None:
    try:
        return moment(text) if text is not None else None
    except Unfit:
        raise Unusable("The repeat rule's last day cannot be read.") from None
