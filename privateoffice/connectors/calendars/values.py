"""Values of calendar properties: texts, moments, lengths, addresses."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10})S)?)?",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f\ud800-\udfff\ufffe\uffff]")


class Unfit(Exception):
    """A value that cannot be read."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a date and time. `wall` has no zone; `utc` says that it is in Universal Time already."""

    wall: datetime
    day: bool = False
    utc: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A duration: whole days by the calendar and seconds by the clock, both of one sign."""

    days: int
    seconds: int

    @property
    def negative(self) -> bool:
        """Whether it runs backwards."""
        return self.days < 0 or self.seconds < 0


def clean(text: str) -> str:
    """Plain text without NUL, lone surrogates and control characters; line ends become line feeds."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNFIT.sub("", text)


def text(value: str) -> str:
    """A TEXT value as it was meant."""
    if "\\" in value:
        value = _ESCAPE.sub(_meant, value)
    return clean(value).strip()


def _meant(match: re.Match[str]) -> str:
    mark = match[1]
    if mark in "nN":
        return "\n"
    return mark if mark in '\\;,:"' else match[0]


def texts(value: str) -> list[str]:
    """A list of TEXT values."""
    return [one for one in (text(piece) for piece in _COMMA.split(value)) if one]


def moment(value: str) -> Moment:
    """A DATE or DATE-TIME. Raises Unfit."""
    match = _MOMENT.fullmatch(value.strip().strip('"').strip())
    if not match:
        raise Unfit
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        midnight = datetime(int(year), int(month), int(day))
        if hour is None:
            return Moment(midnight, day=True)
        wall = midnight + _time(int(hour), int(minute), int(second or 0))
        return Moment(wall) if not zone else _in_utc(wall, zone.upper())
    except (ValueError, OverflowError) as fault:
        raise Unfit from fault


def _time(hour: int, minute: int, second: int) -> timedelta:
    if minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        raise Unfit
    return timedelta(hours=hour, minutes=minute, seconds=min(second, 59))


def _in_utc(wall: datetime, zone: str) -> Moment:
    if zone == "Z":
        return Moment(wall, utc=True)
    return Moment(wall - timedelta(seconds=offset(zone)), utc=True)


def offset(value: str) -> int:
    """A UTC offset in seconds. Raises Unfit."""
    match = re.fullmatch(r"([+-]?)(\d\d):?(\d\d)(?::?(\d\d))?", value.strip())
    if not match:
        raise Unfit
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    if seconds >= 86_400:
        raise Unfit
    return -seconds if match[1] == "-" else seconds


def length(value: str) -> Length:
    """A DURATION. Raises Unfit."""
    match = _LENGTH.fullmatch(value.strip())
    if not match or not any(match.groups()[1:]):
        raise Unfit
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    sign = -1 if match[1] == "-" else 1
    return Length(sign * (weeks * 7 + days), sign * (hours * 3600 + minutes * 60 + seconds))


def address(value: str) -> str:
    """A mail address without its `mailto:`; anything else as it stands. No blanks, so it can start no header."""
    value = "".join(clean(value).split()).strip("<>\"'")
    return value[7:] if value[:7].lower() == "mailto:" else value


def instant(wall: datetime) -> datetime:
    """A wall time of Universal Time as an aware moment."""
    return wall.replace(tzinfo=UTC)


def iso(moment: datetime) -> str:
    """An aware moment in Universal Time, as text that sorts."""
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"


def aware(text: str) -> datetime:
    """A moment from ISO text; without an offset it is Universal Time."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
