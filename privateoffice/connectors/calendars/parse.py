"""Reads a foreign calendar file into plain data. Meant for the quarantine child: `...calendars.parse:events`."""

from collections import Counter
from typing import Any

from privateoffice.connectors.calendars import walls
from privateoffice.connectors.calendars.components import ITEMS, Fault, Part, Reading, fault, unread_lines
from privateoffice.connectors.calendars.items import Item
from privateoffice.connectors.calendars.lines import as_utf8
from privateoffice.connectors.calendars.values import text
from privateoffice.connectors.calendars.zones import Zones

MOST_FAULTS = 200


def events(raw: bytes, zone: str = "Europe/London") -> dict[str, Any]:
    """Everything that a calendar file holds.

    `zone` is the office's own: times that name no zone are read in it. The answer holds `calendar` (name, prodid,
    method of the first), `calendars` (all), `events` (every item of any kind, in order, each with its `faults`,
    `needs_a_look` and `original`), `faults` of the file itself, and `read`, the number of items.
    Never raises for what is in the file.
    """
    raw = as_utf8(raw)
    reading = Reading(raw)
    calendars: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    faults = list(reading.faults)
    for number, part in enumerate(reading.calendars):
        calendars.append(_calendar(part, number))
        zones = Zones([piece for piece in part.parts if piece.name == "VTIMEZONE"], zone)
        faults += [*part.faults, *_of_zones(part)]
        found += [
            _read(Item(piece, zones, calendars[-1], raw)) for piece in part.parts if piece.name != "VTIMEZONE"
        ]
    _tell_doubles(found)
    if not calendars:
        faults.insert(0, fault(1, "This is not a calendar: there is no event in it."))
    first = calendars[0] if calendars else _calendar(Part("VCALENDAR", 1, 0, 0), 0)
    return {
        "calendar": first,
        "calendars": calendars,
        "events": found,
        "faults": _few(faults),
        "read": len(found),
    }


def _read(item: Item) -> dict[str, Any]:
    """One item never stops the rest, whatever it holds."""
    try:
        return item.read()
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError, walls.TooMuch):
        return item.unread()


def _calendar(part: Part, number: int) -> dict[str, Any]:
    def said(*names: str) -> str:
        return next((text(line.value)[:300] for name in names if (line := part.first(name))), "")

    return {
        "number": number,
        "name": said("X-WR-CALNAME", "NAME"),
        "prodid": said("PRODID"),
        "method": said("METHOD").upper(),
        "version": said("VERSION"),
        "zone": said("X-WR-TIMEZONE", "TIMEZONE-ID"),
    }


def _of_zones(calendar: Part) -> list[Fault]:
    zones = [part for part in calendar.parts if part.name == "VTIMEZONE"]
    return [one for part in zones for one in (*part.faults, *unread_lines(part))]


def _tell_doubles(found: list[dict[str, Any]]) -> None:
    """Two masters of one name in one calendar: both are kept, and each says so."""
    masters = [
        one for one in found if one["kind"] in ITEMS.values() and not one["recurrence_id"] and not one["uid_made"]
    ]
    counts = Counter((one["calendar"], one["kind"], one["uid"]) for one in masters)
    for one in masters:
        if counts[(one["calendar"], one["kind"], one["uid"])] > 1:
            one["faults"].append(
                fault(one["line"], "Another item in the same file has the same name (UID); both are kept.")
            )
            one["needs_a_look"] = True


def _few(faults: list[Fault]) -> list[Fault]:
    faults = sorted(faults, key=lambda one: int(one["line"]))
    if len(faults) <= MOST_FAULTS:
        return faults
    left = len(faults) - MOST_FAULTS
    return [
        *faults[:MOST_FAULTS],
        fault(faults[MOST_FAULTS]["line"], f"There are {left:,} more faults from this line on."),
    ]
