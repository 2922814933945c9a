"""Writes events as a calendar file (RFC 5545): for export, feeds and invitations."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from privateoffice.connectors.calendars.clocks import zone_of
from privateoffice.connectors.calendars.escapes import param, stamp, text, token
from privateoffice.connectors.calendars.values import clean
from privateoffice.connectors.calendars.vtimezones import zone_lines

PRODID = "-//Private Office//Calendar 1//EN"
_COMPONENTS = {"event": "VEVENT", "task": "VTODO", "journal": "VJOURNAL"}
_LINE = 75
_DAY = timedelta(days=1)

Event = dict[str, Any]


def calendar_of(
    events: Iterable[Event], *, name: str = "", method: str = "", made_at: datetime | None = None
) -> bytes:
    """A calendar file of events in the shape that `parse.events` gives.

    Needed of each: `uid`, and either `start` (wall time in `zone`) or `starts_at`; what is left out has the
    meaning that the format gives it. `made_at` stands for a DTSTAMP that an event lacks.
    """
    events = list(events)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN"]
    lines += [f"METHOD:{token(method)}"] if method else []
    lines += [f"X-WR-CALNAME:{text(name)}"] if name else []
    for name_there, (first, event) in _zones(events).items():
        lines += zone_lines(name_there, first, event.get("zone_rules"))
    for event in events:
        lines += _component(event, made_at)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _zones(events: list[Event]) -> dict[str, tuple[int, Event]]:
    """The zones that need describing, each with the first year that it is needed for and an event in it."""
    found: dict[str, tuple[int, Event]] = {}
    for event in filter(_zoned, events):
        name, year = _zone_name(event), _wall(event).year
        found[name] = (min(year, found.get(name, (year, event))[0]), event)
    return dict(sorted(found.items()))


def _zone_name(event: Event) -> str:
    """The name of an event's zone here; rules of a file's own get a name of their own, as two files may differ."""
    if not event.get("zone_rules"):
        return str(event["zone"])
    rules = json.dumps(event["zone_rules"], sort_keys=True).encode()
    name = event["zone"].partition(" by its own rules ")[0]
    return f"{name} by its own rules {hashlib.sha256(rules).hexdigest()[:8]}"


def _zoned(event: Event) -> bool:
    plain = event.get("all_day") or event.get("floating") or event.get("zone", "UTC") == "UTC"
    return not plain and bool(event.get("start") or event.get("starts_at"))


def _wall(event: Event) -> datetime:
    if event.get("start"):
        return datetime.fromisoformat(event["start"])
    return zone_of({"zone": "UTC", **event}).wall(datetime.fromisoformat(event["starts_at"]))


def _component(event: Event, made_at: datetime | None) -> Iterator[str]:
    kind = _COMPONENTS.get(event.get("kind", "event"), "VEVENT")
    yield f"BEGIN:{kind}"
    yield f"UID:{text(event['uid'])}"
    yield f"DTSTAMP:{_utc(event.get('dtstamp') or made_at or datetime(1970, 1, 1, tzinfo=UTC))}"
    yield from _times(event)
    yield from _repeats(event)
    yield from _words(event)
    yield from _people(event)
    for attachment in event.get("attachments", []):
        if attachment["address"] and attachment["safe"]:
            yield f"ATTACH:{_address(attachment['address'])}"
    yield f"END:{kind}"


def _times(event: Event) -> Iterator[str]:
    if event.get("all_day"):
        yield f"DTSTART;VALUE=DATE:{event['first_day'].replace('-', '')}"
        last = datetime.fromisoformat(event["last_day"]) + _DAY
        yield f"{_end_name(event)};VALUE=DATE:{last:%Y%m%d}"
    elif event.get("start") or event.get("starts_at"):
        yield f"DTSTART{_at(event, _wall(event))}"
        yield from _end(event)


def _end_name(event: Event) -> str:
    return "DUE" if event.get("kind") == "task" else "DTEND"


def _end(event: Event) -> Iterator[str]:
    length = event.get("length")
    if length is None and event.get("ends_at"):
        ends = zone_of({"zone": "UTC", **event}).wall(datetime.fromisoformat(event["ends_at"]))
        yield f"{_end_name(event)}{_at(event, ends)}"
    elif length and length["exact"] and (length["days"] or length["seconds"]):
        seconds = f"T{length['seconds']}S" if length["seconds"] else ""
        yield f"DURATION:P{length['days']}D{seconds}" if length["days"] else f"DURATION:P{seconds}"
    elif length and not length["exact"]:
        ends = _wall(event) + timedelta(days=length["days"], seconds=length["seconds"])
        yield f"{_end_name(event)}{_at(event, ends)}"


def _at(event: Event, wall: datetime) -> str:
    written = stamp(wall)
    if event.get("floating"):
        return f":{written}"
    return f";TZID={param(_zone_name(event))}:{written}" if _zoned(event) else f":{written}Z"


def _utc(moment: datetime | str) -> str:
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return stamp(moment.astimezone(UTC)) + "Z"


def _repeats(event: Event) -> Iterator[str]:
    for name in ("rrules", "exrules"):
        yield from (f"{name[:-1].upper()}:{token(rule, '=;,+-')}" for rule in event.get(name, []))
    for name in ("rdates", "exdates"):
        yield from (f"{name[:-1].upper()}{_point(event, point)}" for point in event.get(name, []))
    if point := event.get("recurrence_id"):
        reach = ";RANGE=THISANDFUTURE" if point.get("and_future") else ""
        if point["wall"]:
            yield f"RECURRENCE-ID{reach}{_point(event, point)}"


def _point(event: Event, point: dict[str, Any]) -> str:
    if point["day"]:
        return f";VALUE=DATE:{point['wall'][:10].replace('-', '')}"
    if point.get("seconds") is not None:
        return f";VALUE=PERIOD:{_utc(point['at'])}/PT{point['seconds']}S"
    if point["loose"]:
        return f":{stamp(datetime.fromisoformat(point['wall']))}"
    return f":{_utc(point['at'])}"


def _words(event: Event) -> Iterator[str]:
    for name in ("summary", "location", "description", "comment"):
        if event.get(name):
            yield f"{name.upper()}:{text(event[name])}"
    for key, name in (("status", "STATUS"), ("class", "CLASS"), ("transparency", "TRANSP")):
        if event.get(key):
            yield f"{name}:{token(event[key])}"
    if event.get("url"):
        yield f"URL:{_address(event['url'])}"
    if event.get("categories"):
        yield "CATEGORIES:" + ",".join(text(one) for one in event["categories"])
    if event.get("sequence"):
        yield f"SEQUENCE:{int(event['sequence'])}"
    if event.get("changed_at"):
        yield f"LAST-MODIFIED:{_utc(event['changed_at'])}"


def _people(event: Event) -> Iterator[str]:
    if organizer := event.get("organizer"):
        yield f"ORGANIZER{_name(organizer)}:{_mailto(organizer['address'])}"
    for person in event.get("attendees", []):
        asked = ";RSVP=TRUE" if person.get("asked") else ""
        role = token(person.get("role", "REQ-PARTICIPANT"))
        answer = token(person.get("answer", "NEEDS-ACTION"))
        kind = token(person.get("kind", "INDIVIDUAL"))
        start = f"ATTENDEE;CUTYPE={kind};ROLE={role};PARTSTAT={answer}{asked}"
        yield f"{start}{_name(person)}:{_mailto(person['address'])}"


def _name(person: dict[str, Any]) -> str:
    named = f";CN={param(person['name'])}" if person.get("name") else ""
    return named + (f";SENT-BY={param('mailto:' + person['sent_by'])}" if person.get("sent_by") else "")


def _mailto(address: str) -> str:
    address = _address(address)
    return address if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) else f"mailto:{address}"


def _address(value: str) -> str:
    return "".join(clean(value).split())


def _folded(line: str) -> bytes:
    """The line cut into pieces of at most 75 bytes, never inside a character."""
    pieces, piece = [], b""
    for character in line:
        raw = character.encode("utf-8", "replace")
        if len(piece) + len(raw) > _LINE:
            pieces.append(piece)
            piece = b" "
        piece += raw
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
