"""Time zones as a calendar file describes them to programs that do not know them by name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from privateoffice.connectors.calendars.escapes import stamp, text, token

_DAY = timedelta(days=1)
_YEARS = 30
_LONDON = [
    "BEGIN:VTIMEZONE",
    "TZID:Europe/London",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T010000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0100",
    "TZNAME:BST",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0000",
    "TZNAME:GMT",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "END:STANDARD",
    "END:VTIMEZONE",
]


def zone_lines(name: str, year: int, own: list[dict[str, Any]] | None) -> list[str]:
    if own:
        return ["BEGIN:VTIMEZONE", f"TZID:{text(name)}", *_own_lines(own), "END:VTIMEZONE"]
    if name == "Europe/London" and year > 1996:
        return _LONDON
    return ["BEGIN:VTIMEZONE", f"TZID:{text(name)}", *_known_lines(name, year), "END:VTIMEZONE"]


def _own_lines(rules: list[dict[str, Any]]) -> Iterator[str]:
    for rule in rules:
        kind = "DAYLIGHT" if rule["kind"] == "DAYLIGHT" else "STANDARD"
        dates = [stamp(datetime.fromisoformat(day)) for day in rule["dates"]]
        start = stamp(datetime.fromisoformat(rule["start"]))
        yield from _observance(kind, start, rule["from"], rule["to"], dates, rule["rule"])


def _known_lines(name: str, year: int) -> Iterator[str]:
    """The changes of a known zone over the years that matter, one part for each pair of offsets."""
    zone = ZoneInfo(name)
    begin = datetime(max(year - 1, 2), 1, 1, tzinfo=UTC)
    first = _seconds(zone, begin)
    yield from _observance("STANDARD", stamp(begin.replace(tzinfo=None)), first, first, [], "")
    for (kind, before, to), walls in _changes(name, begin.year).items():
        yield from _observance(kind, walls[0], before, to, list(walls[1:]), "")


@lru_cache(maxsize=64)
def _changes(name: str, year: int) -> dict[tuple[str, int, int], tuple[str, ...]]:
    zone = ZoneInfo(name)
    found: dict[tuple[str, int, int], tuple[str, ...]] = {}
    day = datetime(year, 1, 1, tzinfo=UTC)
    for _ in range(366 * _YEARS):
        before, after = _seconds(zone, day), _seconds(zone, day + _DAY)
        if before != after:
            at = _exactly(zone, day, before)
            kind = "DAYLIGHT" if at.astimezone(zone).dst() else "STANDARD"
            wall = stamp((at + timedelta(seconds=before)).replace(tzinfo=None))
            found[kind, before, after] = (*found.get((kind, before, after), ()), wall)
        day += _DAY
        if day.year > 9990:
            break
    return found


def _exactly(zone: ZoneInfo, day: datetime, before: int) -> datetime:
    low, high = 0, 86_400
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _seconds(zone, day + timedelta(seconds=middle)) == before else (low, middle)
    return day + timedelta(seconds=high)


def _seconds(zone: ZoneInfo, moment: datetime) -> int:
    return int((moment.astimezone(zone).utcoffset() or timedelta()).total_seconds())


def _observance(kind: str, start: str, before: int, to: int, dates: list[str], rule: str) -> Iterator[str]:
    yield f"BEGIN:{kind}"
    yield f"DTSTART:{start}"
    yield f"TZOFFSETFROM:{_offset(before)}"
    yield f"TZOFFSETTO:{_offset(to)}"
    if rule:
        yield f"RRULE:{token(rule, '=;,+-')}"
    if dates:
        yield "RDATE:" + ",".join(dates)
    yield f"END:{kind}"


def _offset(seconds: int) -> str:
    minutes, rest = divmod(abs(seconds), 60)
    text = f"{'-' if seconds < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"
    return f"{text}{rest:02}" if rest else text
