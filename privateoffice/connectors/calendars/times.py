"""When an item is: its start, end, length, repeats and exceptions, each as plain data."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from privateoffice.connectors.calendars import rules, walls
from privateoffice.connectors.calendars.clocks import UTC_ZONE, Zone, as_text
from privateoffice.connectors.calendars.components import Fault, Part, fault, shown
from privateoffice.connectors.calendars.lines import Line
from privateoffice.connectors.calendars.values import Length, Moment, Unfit, length, moment
from privateoffice.connectors.calendars.zones import Zones

MOST_DATES = 5_000
MOST_RULES = 10
VERY_OFTEN = 48  # more than this within a day is more than any diary can show
_STEPS = 2_000
_DAY = timedelta(days=1)
_NOTHING: dict[str, Any] = {
    "start": None,
    "zone": "",
    "zone_rules": None,
    "starts_at": None,
    "ends_at": None,
    "all_day": False,
    "first_day": None,
    "last_day": None,
    "floating": False,
    "length": {"days": 0, "seconds": 0, "exact": True},
    "rrules": [],
    "exrules": [],
    "rdates": [],
    "exdates": [],
    "very_often": False,
}


class Times:
    """Reads the times of one component. `faults` collects what was wrong."""

    def __init__(self, part: Part, zones: Zones):
        self.part, self.zones = part, zones
        self.faults: list[Fault] = []

    def read(self) -> dict[str, Any]:
        """All fields about time; without a start that can be read, empty ones."""
        line = self.part.first("DTSTART") or self.part.first("DUE")
        start = self.moment(line)
        if line is None or start is None:
            return {**_NOTHING, "zone": self.zones.local.name}
        zone, floating = self._zone(line, start)
        try:
            found = {**_NOTHING, **self._placed(line, start, zone)}
        except (OverflowError, ValueError):
            self._fault(line, "The date is outside what a calendar can hold.")
            return {**_NOTHING, "zone": self.zones.local.name}
        found.update(start=start.wall.isoformat(), zone=zone.name, zone_rules=zone.rules, floating=floating)
        found.update(self._repeats(start, zone, found["all_day"]))
        return found

    def moment(self, line: Line | None) -> Moment | None:
        """The date and time of a property, or None with a fault."""
        if line is None:
            return None
        try:
            return moment(line.value)
        except Unfit:
            self._fault(line, f"{line.name} is not a date: {shown(line.value) or 'nothing there'}")
            return None

    def stamp(self, name: str) -> str | None:
        """A property that is an instant, as text."""
        line = self.part.first(name)
        try:
            found = moment(line.value) if line else None
            if line is None or found is None:
                return None
            return as_text(self._quietly(line, found).instant(found.wall))
        except (Unfit, OverflowError, ValueError):
            self._fault(line, f"{name} is not a date: {shown(line.value) if line else ''}", look=False)
            return None

    def recurrence_id(self) -> dict[str, Any] | None:
        """Which instance of a series this one replaces."""
        line = self.part.first("RECURRENCE-ID")
        if line is None or not line.value.strip():
            return None
        at = self.moment(line)
        point = self._point(line, at) if at else None
        unread = {"at": None, "wall": None, "day": False, "loose": False}
        return {**(point or unread), "and_future": line.param("RANGE").upper() == "THISANDFUTURE"}

    def _fault(self, line: Line | None, words: str, look: bool = True) -> None:
        self.faults.append(fault(line.number if line else self.part.line, words, look))

    def _quietly(self, line: Line, at: Moment) -> Zone:
        if at.utc:
            return UTC_ZONE
        name = line.param("TZID")
        return self.zones.named(name).zone if name and not at.day else self.zones.local

    def _zone(self, line: Line, at: Moment) -> tuple[Zone, bool]:
        """The zone of a moment, told with its faults, and whether the moment floats."""
        if at.utc or at.day or "TZID" not in line.params:
            return (UTC_ZONE if at.utc else self.zones.local), not at.utc and not at.day
        found = self.zones.named(line.param("TZID"))
        if found.words:
            self._fault(line, found.words, found.look)
        if self._contradicted(line.param("TZID"), at.wall):
            words = f"The file gives {found.zone.name} other clock changes than it has"
            self._fault(line, f"{words}: the time may be out by an hour or more.")
        return found.zone, False

    def _contradicted(self, name: str, wall: datetime) -> bool:
        try:
            return self.zones.contradicts(name, wall)
        except (OverflowError, ValueError, walls.TooMuch):
            return False

    def _placed(self, line: Line, start: Moment, zone: Zone) -> dict[str, Any]:
        end_line = self.part.first("DTEND") or (self.part.first("DUE") if line.name == "DTSTART" else None)
        end = self.moment(end_line)
        if start.day or self._is_whole_days(start, end):
            return self._whole_days(start.wall, end_line, end)
        span = self._span(start, zone, end_line, end)
        starts_at = zone.instant(start.wall)
        ends_at = after(zone, start.wall, span)
        if ends_at < starts_at:
            self._fault(end_line or line, "The end is before the start, so only the start is shown.")
            span, ends_at = {"days": 0, "seconds": 0, "exact": True}, starts_at
        return {"starts_at": as_text(starts_at), "ends_at": as_text(ends_at), "length": span}

    def _is_whole_days(self, start: Moment, end: Moment | None) -> bool:
        """Outlook writes whole days as midnight to midnight, with a note of its own."""
        line = self.part.first("X-MICROSOFT-CDO-ALLDAYEVENT")
        said = bool(line and line.value.strip().upper() == "TRUE")
        return said and not any(at and (at.utc or at.wall.hour or at.wall.minute) for at in (start, end))

    def _whole_days(self, first: datetime, end_line: Line | None, end: Moment | None) -> dict[str, Any]:
        days = self._day_count(first, end_line, end)
        last = first + (days - 1) * _DAY
        local = self.zones.local
        return {
            "all_day": True,
            "first_day": first.date().isoformat(),
            "last_day": last.date().isoformat(),
            "starts_at": as_text(local.instant(datetime(first.year, first.month, first.day))),
            "ends_at": as_text(local.instant(datetime(last.year, last.month, last.day) + _DAY)),
            "length": {"days": days, "seconds": 0, "exact": False},
        }

    def _day_count(self, first: datetime, end_line: Line | None, end: Moment | None) -> int:
        if end:
            days = (end.wall.date() - first.date()).days
            days += bool(not end.day and (end.wall.hour or end.wall.minute))
            if days < 0:
                self._fault(end_line, "The end is before the start, so only the first day is shown.")
            return max(days, 1)
        lasts = self._length()
        if lasts and lasts.negative:
            self._fault(self.part.first("DURATION"), "The length is below nought, so only the first day is shown.")
        return max(lasts.days + -(-lasts.seconds // 86_400), 1) if lasts else 1

    def _length(self) -> Length | None:
        line = self.part.first("DURATION")
        try:
            return length(line.value) if line else None
        except Unfit:
            self._fault(line, f"The length cannot be read: {shown(line.value) if line else ''}")
            return None

    def _span(self, start: Moment, zone: Zone, end_line: Line | None, end: Moment | None) -> dict[str, Any]:
        """How long each instance is: by the wall clock where start and end share a zone, else exact seconds."""
        if end_line is not None and end:
            end_zone = self._end_zone(end_line, end, zone)
            if end_zone is zone:
                return _wall_span(end.wall - start.wall)
            seconds = (end_zone.instant(end.wall) - zone.instant(start.wall)).total_seconds()
            return {"days": 0, "seconds": int(seconds), "exact": True}
        lasts = self._length()
        if lasts and lasts.negative:
            self._fault(self.part.first("DURATION"), "The length is below nought, so only the start is shown.")
            lasts = None
        return {"days": lasts.days if lasts else 0, "seconds": lasts.seconds if lasts else 0, "exact": True}

    def _end_zone(self, line: Line, end: Moment, zone: Zone) -> Zone:
        """An end without a zone ends where the event starts."""
        if end.utc or (line.params and "TZID" in line.params and not end.day):
            return self._quietly(line, end)
        return zone

    def _point(self, line: Line, at: Moment) -> dict[str, Any] | None:
        """One moment as data: `at` where it is an instant, `wall` as written, `day` when it is a date only."""
        zone = self._quietly(line, at)
        try:
            instant = None if at.day else as_text(zone.instant(at.wall))
        except (OverflowError, ValueError):
            self._fault(line, f"{line.name} is outside what a calendar can hold.")
            return None
        loose = not at.day and not at.utc and "TZID" not in line.params
        return {"at": instant, "wall": at.wall.isoformat(), "day": at.day, "loose": loose}

    def _repeats(self, start: Moment, zone: Zone, all_day: bool) -> dict[str, Any]:
        found: dict[str, list[Any]] = {
            "rrules": self._rules("RRULE", start, zone, all_day),
            "exrules": self._rules("EXRULE", start, zone, all_day),
            "rdates": self._points("RDATE"),
            "exdates": self._points("EXDATE"),
        }
        often = any(self._judge(text, start) for text in found["rrules"])
        return {**found, "very_often": often}

    def _rules(self, name: str, start: Moment, zone: Zone, all_day: bool) -> list[str]:
        """The rules that can be followed, their last day turned into wall time here."""
        held = []
        for line in filter(_says_something, self.part.every(name)[:MOST_RULES]):
            try:
                rule = rules.read(line.value)
            except rules.Unusable as refusal:
                self._fault(line, f"{refusal} The event is shown once.")
                continue
            held.append(line.value.strip())
            if name == "RRULE" and (last := last_wall(rule, zone, all_day)) and last < start.wall:
                self._fault(line, "The repeats end before the event begins, so it is shown once.")
        return held

    def _judge(self, text: str, start: Moment) -> bool:
        """Whether a rule repeats very often; tells that, and a first date that is none of the rule's."""
        rule = replace(rules.read(text), until=None)
        line = next(filter(_says_something, self.part.every("RRULE")), None)
        first: list[datetime] = []
        try:
            found = walls.walls(
                rule, start.wall, since=start.wall, before=datetime.max, effort=walls.Effort(_STEPS)
            )
            for wall in found:
                first.append(wall)
                if len(first) > VERY_OFTEN or wall - first[0] > _DAY:
                    break
        except walls.TooMuch:  # nothing within thousands of steps is nothing
            pass
        if len(first) > VERY_OFTEN and first[-1] - first[0] <= _DAY:
            self._fault(line, "This repeats very often, so not every time may be shown.")
            return True
        if not first:
            self._fault(line, "The repeat rule gives no date, so the event is shown once.")
        elif first[0] != start.wall:
            self._fault(
                line, "The first date is not one that the repeat rule gives; it is shown as well.", look=False
            )
        return False

    def _points(self, name: str) -> list[dict[str, Any]]:
        """RDATE or EXDATE as data; a period keeps its length."""
        found: list[dict[str, Any]] = []
        for line in self.part.every(name):
            for piece in filter(str.strip, line.value.split(",")):
                if len(found) >= MOST_DATES:
                    self._fault(line, f"Only the first {MOST_DATES} of {name} were read.")
                    return found
                if point := self._piece(line, piece.strip()):
                    found.append(point)
        return found

    def _piece(self, line: Line, piece: str) -> dict[str, Any] | None:
        begin, _, end = piece.partition("/")
        try:
            at = moment(begin)
            point = self._point(line, at)
            return point if not end or not point else {**point, "seconds": self._period(line, at, end)}
        except (Unfit, OverflowError, ValueError):
            self._fault(line, f"{line.name} is not a date: {shown(piece)}")
            return None

    def _period(self, line: Line, at: Moment, end: str) -> int:
        if end[:1] in "+-Pp":
            lasts = length(end)
            return max(0, lasts.days * 86_400 + lasts.seconds)
        until = moment(end)
        return max(
            0,
            int(
                (
                    self._quietly(line, until).instant(until.wall) - self._quietly(line, at).instant(at.wall)
                ).total_seconds()
            ),
        )


def _says_something(line: Line) -> bool:
    return bool(line.value.strip())


def _wall_span(span: timedelta) -> dict[str, Any]:
    return {"days": span.days, "seconds": span.seconds, "exact": False}


def after(zone: Zone, wall: datetime, span: dict[str, Any]) -> datetime:
    """When something ends that starts at this wall time: days by the calendar, seconds by the clock if `exact`."""
    if span["exact"]:
        return zone.instant(wall + timedelta(days=span["days"])) + timedelta(seconds=span["seconds"])
    return zone.instant(wall + timedelta(days=span["days"], seconds=span["seconds"]))


def last_wall(rule: rules.Rule, zone: Zone, all_day: bool) -> datetime | None:
    """The last wall time that a rule's UNTIL lets through."""
    until = rule.until
    if until is None:
        return None
    if until.day:
        return until.wall + _DAY - timedelta(seconds=1)
    if all_day:
        return datetime(until.wall.year, until.wall.month, until.wall.day)
    return zone.wall(UTC_ZONE.instant(until.wall)) if until.utc else until.wall
