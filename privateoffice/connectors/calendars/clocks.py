"""Clocks: wall time to instant and back, by a zone that the world knows or by rules that a file brought.

A wall time that a clock change leaves out is read with the offset before the change, one that comes twice is the
first (RFC 5545, 3.3.5).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from privateoffice.connectors.calendars import rules, walls
from privateoffice.connectors.calendars.components import Part
from privateoffice.connectors.calendars.values import Moment, Unfit, iso, moment, offset

MOST_OBSERVANCES = 60
MOST_DATES = 500
_STEPS_A_YEAR = 5_000
_EARLY = datetime(4, 1, 1)


class Zone:
    """A zone that the world knows by name."""

    rules: list[dict[str, Any]] | None = None

    def __init__(self, name: str):
        self.name, self._info = name, ZoneInfo(name)

    def instant(self, wall: datetime) -> datetime:
        """The aware moment, in Universal Time, of a wall time here."""
        return (
            wall.replace(tzinfo=UTC) - (wall.replace(tzinfo=self._info).utcoffset() or timedelta())
        ).astimezone(UTC)

    def wall(self, instant: datetime) -> datetime:
        """What the clock on the wall shows at an aware moment."""
        return instant.astimezone(self._info).replace(tzinfo=None, fold=0)


@dataclass(frozen=True)
class _Change:
    """One change of the clock: the wall time from which it counts, its instant, and the offset from then on."""

    wall: datetime
    instant: datetime
    to: timedelta


class FileZone(Zone):
    """A zone by the rules that a file brought with it, as `own_rules` made them."""

    def __init__(self, name: str, own: list[dict[str, Any]]):
        self.name, self.rules = name, own
        self._observances = [_Observance(rule) for rule in own]
        self._years: dict[int, list[_Change]] = {}
        for one in self._observances:
            one.replaced = min((o.start for o in self._observances if o.replaces(one)), default=None)

    def instant(self, wall: datetime) -> datetime:
        held = [change for change in self._changes(wall.year) if change.wall <= wall]
        shift = held[-1].to if held else self._observances[0].before
        return (wall - shift).replace(tzinfo=UTC)

    def wall(self, instant: datetime) -> datetime:
        naive = instant.astimezone(UTC).replace(tzinfo=None)
        around = [*self._changes(naive.year), *self._changes(min(naive.year + 1, 9999))[1:]]
        held = [change for change in around if change.instant <= naive]
        return naive + (held[-1].to if held else self._observances[0].before)

    @property
    def begins(self) -> datetime:
        """The first time that the rules speak of."""
        return min(one.start for one in self._observances)

    def covers(self, wall: datetime) -> bool:
        """Whether the rules speak of this time; many programs write only the changes of a year or two."""
        last = max(max([one.start, *one.dates]) for one in self._observances)
        lasting = any(one.rule for one in self._observances) or len({one.kind for one in self._observances}) == 1
        return wall >= self.begins and (lasting or wall < last)

    def _changes(self, year: int) -> list[_Change]:
        """The changes within a year, after the last one before it."""
        if year not in self._years:
            begin, end = datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59)
            found = [change for one in self._observances for change in one.changes(begin, end)]
            found.sort(key=lambda change: change.wall)
            old = [change for change in found if change.wall < begin]
            self._years[year] = [*old[-1:], *(change for change in found if change.wall >= begin)]
        return self._years[year]


class _Observance:
    """One STANDARD or DAYLIGHT part."""

    def __init__(self, rule: dict[str, Any]):
        self.kind = rule["kind"]
        self.start = datetime.fromisoformat(rule["start"])
        self.before, self.to = timedelta(seconds=rule["from"]), timedelta(seconds=rule["to"])
        self.dates = sorted(datetime.fromisoformat(day) for day in rule["dates"])
        self.rule = self._in_wall_time(rules.read(rule["rule"])) if rule["rule"] else None
        self.replaced: datetime | None = None

    def _in_wall_time(self, rule: rules.Rule) -> rules.Rule:
        """The rule with its last day as the wall clock shows it just before the change."""
        if not (rule.until and rule.until.utc):
            return rule
        return replace(rule, until=Moment(rule.until.wall + self.before))

    def replaces(self, other: "_Observance") -> bool:
        """Whether this is a later era of the same kind, so that the other's rule has had its day."""
        return self.kind == other.kind and self.start > other.start and bool(self.rule)

    def changes(self, begin: datetime, end: datetime) -> list[_Change]:
        """The changes between two wall times, and the last one before."""
        found = {self.start, *self.dates}
        if self.rule:
            last = min(filter(None, (end, self.replaced)))
            since = max(min(begin, last, self._until()), _EARLY) - timedelta(days=800)
            effort = walls.Effort(_STEPS_A_YEAR)
            found |= set(walls.walls(self.rule, self.start, since=since, before=last, effort=effort))
        held = sorted(wall for wall in found if wall <= end)
        recent = [wall for wall in held if wall >= begin]
        return [self._change(wall) for wall in [*[w for w in held if w < begin][-1:], *recent]]

    def _until(self) -> datetime:
        until = self.rule.until if self.rule else None
        return until.wall if until else datetime.max

    def _change(self, wall: datetime) -> _Change:
        gap = max(timedelta(), self.to - self.before)
        return _Change(wall + gap, wall - self.before, self.to)


@lru_cache(maxsize=256)
def known(name: str) -> Zone:
    """A zone by the name that the world knows it by."""
    return Zone(name)


UTC_ZONE = known("UTC")


def zone_of(event: dict[str, Any]) -> Zone:
    """The zone that an event as `parse.events` gives it was read in."""
    own = event.get("zone_rules")
    return _by_rules(event["zone"], json.dumps(own)) if own else known(event["zone"])


@lru_cache(maxsize=64)
def _by_rules(name: str, own: str) -> FileZone:
    return FileZone(name, json.loads(own))


def own_rules(part: Part) -> list[dict[str, Any]]:
    """What a VTIMEZONE says, as plain data; nothing at all if it says more than any clock has done."""
    found = [own for piece in part.parts[: MOST_OBSERVANCES + 1] if (own := _own_rule(piece))]
    if len(found) > MOST_OBSERVANCES or sum(len(own["dates"]) for own in found) > MOST_DATES:
        return []
    return sorted(found, key=lambda own: str(own["start"]))


def _own_rule(part: Part) -> dict[str, Any] | None:
    values: Mapping[str, str] = {line.name: line.value for line in reversed(part.lines)}
    try:
        start = moment(values["DTSTART"]).wall
        before, to = offset(values["TZOFFSETFROM"]), offset(values["TZOFFSETTO"])
    except (KeyError, Unfit):
        return None
    return {
        "kind": part.name,
        "start": start.isoformat(),
        "from": before,
        "to": to,
        "rule": _yearly(values.get("RRULE", "")),
        "dates": [day.isoformat() for day in _dates(part)],
    }


def _yearly(text: str) -> str:
    """The rule, if it is one that a clock can follow: once a year or less."""
    try:
        rule = rules.read(text)
    except rules.Unusable:
        return ""
    seldom = rule.frequency in (rules.YEARLY, rules.MONTHLY)
    return text if seldom and max(len(rule.hours), len(rule.minutes), len(rule.seconds)) < 2 else ""


def _dates(part: Part) -> list[datetime]:
    found = []
    for line in part.every("RDATE"):
        for piece in line.value.split(",")[: MOST_DATES + 1]:
            try:
                found.append(moment(piece.split("/")[0]).wall)
            except Unfit:
                continue
    return found[: MOST_DATES + 1]


def as_text(instant: datetime | None) -> str | None:
    """An instant for JSON."""
    return iso(instant) if instant else None
