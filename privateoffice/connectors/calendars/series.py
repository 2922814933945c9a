"""One event with its repeats and the instances that replace some of them."""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from privateoffice.connectors.calendars import rules, walls
from privateoffice.connectors.calendars.clocks import Zone, zone_of
from privateoffice.connectors.calendars.times import VERY_OFTEN, after, last_wall
from privateoffice.connectors.calendars.values import aware, iso

EFFORT_FOR_ONE = 50_000
EFFORT_AT_LEAST = 60
EFFORT_TO_TELL = 10  # an occurrence costs about ten steps of a rule
_DAY = timedelta(days=1)
_EARLIEST, _LATEST = datetime(1, 1, 3), datetime(9999, 12, 28)  # room for any offset

Event = dict[str, Any]


def series_of(events: list[Event]) -> Iterator["Series"]:
    """Events that belong together: one master of a name, with the instances that replace some of it."""
    masters: dict[tuple[int, str], list[tuple[int, Event]]] = defaultdict(list)
    parts: dict[tuple[int, str], list[tuple[int, Event]]] = defaultdict(list)
    for index, event in enumerate(events):
        if event["kind"] in ("event", "task", "journal") and event["start"]:
            held = parts if event["recurrence_id"] else masters
            held[(event["calendar"], event["uid"])].append((index, event))
    for key in dict.fromkeys([*masters, *parts]):
        standing = _standing(masters[key])
        for master in standing[:-1]:
            yield Series(master, [])
        yield Series(standing[-1] if standing else None, parts[key])


def newness(event: Event) -> tuple[int, str]:
    """By this the newer of two versions wins: SEQUENCE, then DTSTAMP."""
    return event["sequence"], event["dtstamp"] or ""


def _standing(masters: list[tuple[int, Event]]) -> list[tuple[int, Event]]:
    """The masters that are shown: the newest sequence of a name, and of one start only the newest."""
    top = max((event["sequence"] for _, event in masters), default=0)
    newest: dict[Any, tuple[int, Event]] = {}
    for index, event in masters:
        key = (event["kind"], event["starts_at"], event["all_day"])
        if event["sequence"] == top and (key not in newest or newness(event) >= newness(newest[key][1])):
            newest[key] = (index, event)
    return list(newest.values())


@dataclass(frozen=True)
class _Instance:
    """One instance that a master gives: where it stands by the rule, and how long it is where a date says so."""

    wall: datetime
    at: datetime
    seconds: int | None = None


class Series:
    """One master, or none, and its replaced instances."""

    def __init__(self, master: tuple[int, Event] | None, parts: list[tuple[int, Event]]):
        self.index: int = (master or parts[0])[0]
        self.master: Event | None = master[1] if master else None
        self.uid = (self.master or parts[0][1])["uid"]
        if self.master:
            self.zone = zone_of(self.master)
        self.parts = [part for part in _newest_of_each(parts) if not self._taken_back(part[1])]
        self.moved = sorted((part for part in self.parts if part[1]["recurrence_id"]["and_future"]), key=_place)
        self.places = [_place(part) for part in self.moved]
        self.too_many = False
        self._for_orphans = walls.Effort(EFFORT_FOR_ONE)

    def _taken_back(self, part: Event) -> bool:
        """Whether a newer master takes out the instance that this one replaces."""
        master, point = self.master, part["recurrence_id"]
        if not master or master["sequence"] <= part["sequence"] or not point["wall"]:
            return False
        return _Points(master["exdates"], master).hold(self._dated(master, point))

    def within(
        self, start: datetime, end: datetime, limit: int, effort: walls.Effort
    ) -> tuple[list[dict[str, Any]], bool]:
        """What of this series happens in the window, and whether it was too much to work out."""
        found = [
            self._told(index, part, _as_it_stands(part))
            for index, part in self.parts
            if _touches(part, start, end)
        ]
        if self.master and (self._repeats or _touches(self.master, start, end)):
            found += self._from_master(self.master, start, end, limit, effort)
        return found, self.too_many

    @property
    def _repeats(self) -> bool:
        return bool(self.master and (self.master["rrules"] or self.master["rdates"]))

    def _from_master(
        self, master: Event, start: datetime, end: datetime, limit: int, effort: walls.Effort
    ) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        recent: deque[datetime] = deque(maxlen=VERY_OFTEN + 1)
        allowed = walls.Effort(min(EFFORT_FOR_ONE, max(effort.left, EFFORT_AT_LEAST)))
        given = allowed.left
        for instance in self._instances(master, start, end, allowed):
            occurrence = self._occurrence(master, instance)
            if occurrence is None or not _touches(occurrence, start, end):
                continue
            allowed.left -= EFFORT_TO_TELL
            recent.append(instance.at)
            if len(found) >= limit or allowed.left < 0:
                self.too_many = True
                break
            found.append(occurrence)
            self.too_many |= len(recent) > VERY_OFTEN and abs(recent[-1] - recent[0]) <= _DAY
        effort.left -= given - allowed.left
        return found

    def _instances(
        self, master: Event, start: datetime, end: datetime, allowed: walls.Effort
    ) -> Iterator[_Instance]:
        """The instances by rule and date that could touch the window, without those taken out or replaced."""
        reach = timedelta(days=master["length"]["days"] + 2, seconds=master["length"]["seconds"])
        reach += max((abs(self._shift(part)) for _, part in self.moved), default=timedelta())
        since, before = (
            self._wall(start, -reach),
            self._wall(end, reach - timedelta(days=master["length"]["days"])),
        )
        gone = _Points([*master["exdates"], *(part["recurrence_id"] for _, part in self.parts)], master)
        excluded = set(self._walls(master, "exrules", since, before, allowed))
        seen: set[datetime] = set()
        for instance in self._all(master, since, before, allowed):
            if instance.at not in seen and instance.wall not in excluded and not gone.hold(instance):
                seen.add(instance.at)
                yield instance

    def _all(self, master: Event, since: datetime, before: datetime, effort: walls.Effort) -> Iterator[_Instance]:
        walls = self._walls(master, "rrules", since, before, effort)
        first = datetime.fromisoformat(master["start"])
        yield _Instance(
            first, self.zone.instant(first)
        )  # shown even where the rule does not give it, as others do
        yield from (self._dated(master, point) for point in _near(master["rdates"], since, before))
        for wall in walls:
            yield _Instance(wall, self.zone.instant(wall))

    def _dated(self, master: Event, point: dict[str, Any]) -> _Instance:
        wall = datetime.fromisoformat(point["wall"])
        if point["day"] and not master["all_day"]:
            wall = datetime.combine(wall.date(), datetime.fromisoformat(master["start"]).time())
        at = aware(point["at"]) if point["at"] and not point["loose"] else self.zone.instant(wall)
        return _Instance(self.zone.wall(at), at, point.get("seconds"))

    def _walls(
        self, master: Event, name: str, since: datetime, before: datetime, effort: walls.Effort
    ) -> Iterator[datetime]:
        first = datetime.fromisoformat(master["start"])
        try:
            for text in master[name]:
                yield from walls.walls(self._rule(text, master), first, since=since, before=before, effort=effort)
        except walls.TooMuch:
            self.too_many = True

    def _rule(self, text: str, master: Event) -> rules.Rule:
        rule = rules.read(text)
        last = last_wall(rule, self.zone, master["all_day"])
        return replace(rule, until=replace(rule.until, wall=last)) if rule.until and last else rule

    def _wall(self, moment: datetime, by: timedelta) -> datetime:
        """A wall time near a moment, moved, and kept within what a calendar can hold."""
        wall = moment.astimezone(UTC).replace(tzinfo=None)
        try:
            return min(max(wall + by, _EARLIEST), _LATEST)
        except OverflowError:
            return _EARLIEST if by < timedelta() else _LATEST

    def _shift(self, part: Event) -> timedelta:
        """How far an instance with all that follow was moved, on the clock on the wall."""
        point = part["recurrence_id"]
        if not self.master or not point["wall"]:
            return timedelta()
        return datetime.fromisoformat(part["start"]) - self._dated(self.master, point).wall

    def _occurrence(self, master: Event, instance: _Instance) -> dict[str, Any] | None:
        index, event, zone, wall = self.index, master, self.zone, instance.wall
        if held := bisect_right(self.places, iso(instance.at)):
            index, event = self.moved[held - 1]
            zone, wall = zone_of(event), instance.wall + self._shift(event)
        try:
            span = (
                event["length"]
                if instance.seconds is None
                else {"days": 0, "seconds": instance.seconds, "exact": True}
            )
            times = _whole_days(zone, wall, span) if event["all_day"] else _timed(zone, wall, span)
        except (OverflowError, ValueError):
            return None
        return self._told(index, event, times, iso(instance.at) if self._repeats else None)

    def _told(self, index: int, event: Event, times: dict[str, Any], at: str | None = None) -> dict[str, Any]:
        point = event["recurrence_id"] if at is None else None
        return {
            "uid": event["uid"],
            "calendar": event["calendar"],
            "line": event["line"],
            "index": index,
            **times,
            "all_day": event["all_day"],
            "recurrence_at": at or (point and (point["at"] or point["wall"])),
            "status": event["status"],
            "orphan": self._is_orphan(point) if point else False,
        }

    def _is_orphan(self, point: dict[str, Any]) -> bool:
        """Whether no instance stands where this one claims to; without a master every one is an orphan."""
        if not self.master or not point["wall"]:
            return True
        wanted = _Points([point], self.master)
        near = datetime.fromisoformat(point["wall"])
        try:
            since, before = near - 2 * _DAY, near + 2 * _DAY
        except OverflowError:
            return True
        self._for_orphans.left -= 1 + len(self.master["rdates"])
        return not any(wanted.hold(one) for one in self._all(self.master, since, before, self._for_orphans))


class _Points:
    """Moments to leave out of a master, matched as instants, as wall times without a zone, or as whole days."""

    def __init__(self, points: Iterable[dict[str, Any]], master: Event):
        self.instants: set[str] = set()
        self.walls: set[datetime] = set()
        self.days: set[date] = set()
        for point in points:
            if point["wall"] is None:
                continue
            wall = datetime.fromisoformat(point["wall"])
            if point["day"] or master["all_day"]:
                self.days.add(_nearest_day(wall))
                continue
            if point["loose"] or master["floating"]:
                self.walls.add(wall)
            if not point["loose"]:
                self.instants.add(point["at"])

    def hold(self, instance: _Instance) -> bool:
        """Whether the instance is one of them."""
        if (self.days and instance.wall.date() in self.days) or (self.walls and instance.wall in self.walls):
            return True
        return bool(self.instants) and iso(instance.at) in self.instants


def _near(points: list[dict[str, Any]], since: datetime, before: datetime) -> Iterator[dict[str, Any]]:
    """The points that can lie in the window, in any zone."""
    low, high = (since - _DAY).isoformat(), (before + _DAY).isoformat()
    return (point for point in points if point["wall"] and low <= point["wall"] <= high)


def _nearest_day(wall: datetime) -> date:
    """The day whose midnight is nearest: programs write midnight of their own zone for a whole day."""
    return (wall + timedelta(hours=11, minutes=59)).date() if wall < _LATEST else wall.date()


def _place(part: tuple[int, Event]) -> str:
    point = part[1]["recurrence_id"]
    return str(point["at"] or f"{point['wall']}Z" if point["wall"] else "")


def _newest_of_each(parts: list[tuple[int, Event]]) -> list[tuple[int, Event]]:
    """For each instance that is replaced more than once, the newest; the later of equals."""
    held: dict[Any, tuple[int, Event]] = {}
    for index, part in parts:
        point = part["recurrence_id"]
        key = point["at"] or point["wall"] or index
        if key not in held or newness(part) >= newness(held[key][1]):
            held[key] = (index, part)
    return list(held.values())


def _as_it_stands(event: Event) -> dict[str, Any]:
    return {name: event[name] for name in ("starts_at", "ends_at", "first_day", "last_day")}


def _timed(zone: Zone, wall: datetime, span: dict[str, Any]) -> dict[str, Any]:
    start, end = zone.instant(wall), after(zone, wall, span)
    return {"starts_at": iso(start), "ends_at": iso(max(start, end)), "first_day": None, "last_day": None}


def _whole_days(zone: Zone, wall: datetime, span: dict[str, Any]) -> dict[str, Any]:
    first = datetime(wall.year, wall.month, wall.day)
    last = first + max(1, span["days"]) * _DAY
    return {
        "starts_at": iso(zone.instant(first)),
        "ends_at": iso(zone.instant(last)),
        "first_day": first.date().isoformat(),
        "last_day": (last - _DAY).date().isoformat(),
    }


def _touches(one: dict[str, Any], start: datetime, end: datetime) -> bool:
    """Whether it lies in the window at least in part; something without length lies where it starts."""
    if not one["starts_at"]:
        return False
    begins, ends = one["starts_at"], one["ends_at"]
    return begins < iso(end) and (ends > iso(start) or begins >= iso(start))
