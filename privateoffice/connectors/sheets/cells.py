"""The text of one cell: numbers as they were typed, dates as 2026-01-26, durations in hours."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

WHOLE = re.compile(r"-?\d{1,30}")
PADDED = re.compile(r"[0 ()+-]*0[0 ()+-]*")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_CONDITION = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_BUILT_IN_DATES = {**dict.fromkeys([*range(14, 18), 22, *range(27, 37), *range(50, 59)], "date")}
_BUILT_IN_DATES |= dict.fromkeys([18, 19, 20, 21, 45, 47], "time") | {46: "elapsed"}
LAST_SERIAL = 2_958_466  # 31 December 9999
LEAP_DAY_THAT_NEVER_WAS = 60


def number_text(stored: str | float) -> str:
    """A number as a person would have typed it: no .0, no exponent, fifteen digits unless it is whole."""
    if isinstance(stored, str) and WHOLE.fullmatch(stored):
        return stored
    try:
        digits = Decimal(f"{float(stored):.15g}")
        return f"{digits:f}" if abs(digits.adjusted()) < 22 else str(digits)
    except (ValueError, InvalidOperation, OverflowError):
        return str(stored)


def kind_of_format(number: int, code: str | None) -> str:
    """What a number format shows: "date", "time", "elapsed", "padded" (leading noughts) or "" for a number."""
    if code is None:
        return _BUILT_IN_DATES.get(number, "")
    first = _LITERAL.sub("", code.split(";")[0])
    if _ELAPSED.search(first):
        return "elapsed"
    first = _CONDITION.sub("", first)
    letters = set(re.sub("general", "", first.lower()))
    if letters & {"y", "d"} or (letters & {"m"} and not letters & {"h", "s"}):
        return "date"
    if letters & {"h", "s"}:
        return "time"
    return "padded" if PADDED.fullmatch(first) and first.count("0") > 1 else ""


def padded(digits: str, code: str) -> str:
    """A whole number with the noughts and spaces that its format shows: 123 by 00000 is 00123."""
    shape = _CONDITION.sub("", re.sub(r'\\(.)|"([^"]*)"', r"\1\2", code.split(";")[0]))
    if not digits.isdigit() or len(digits) > shape.count("0"):
        return digits
    left = list(digits.zfill(shape.count("0")))
    return "".join(left.pop(0) if mark == "0" else mark for mark in shape).strip()


def serial_text(stored: str | float, shown_as: str, *, from_1904: bool = False) -> str:
    """A stored day count as a date, a time of day or a duration; as a number where it can be none of them."""
    try:
        days = float(stored)
    except ValueError:
        return str(stored)
    if shown_as == "elapsed" and 0 <= days < LAST_SERIAL:
        return duration_text(timedelta(days=days))
    if not 0 <= days < LAST_SERIAL:
        return number_text(stored)
    if not from_1904 and int(days) == LEAP_DAY_THAT_NEVER_WAS:
        return "1900-02-29"
    if days < 1 and (shown_as == "time" or not from_1904):
        return moment_text((datetime(1900, 1, 1) + _rounded(days)).time())
    return moment_text(_day_zero(days, from_1904) + _rounded(days))


def moment_text(value: date | datetime | time) -> str:
    """2026-01-26, 2026-01-26 17:30 or 17:30, with seconds only where there are some."""
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        if value.time() == time.min:
            return f"{value:%Y-%m-%d}".rjust(10, "0")
        return f"{moment_text(value.date())} {moment_text(value.time())}"
    if isinstance(value, date):
        return value.isoformat()
    if value.microsecond:
        return moment_text(
            (datetime.combine(date(1900, 1, 1), value) + timedelta(microseconds=500_000))
            .time()
            .replace(microsecond=0)
        )
    return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"


def duration_text(span: timedelta) -> str:
    """27:30 for twenty-seven and a half hours."""
    seconds = round(span.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


def _day_zero(days: float, from_1904: bool) -> datetime:
    if from_1904:
        return datetime(1904, 1, 1)
    return datetime(1899, 12, 31) if days < LEAP_DAY_THAT_NEVER_WAS else datetime(1899, 12, 30)


def _rounded(days: float) -> timedelta:
    return timedelta(seconds=round(days * 86_400))
