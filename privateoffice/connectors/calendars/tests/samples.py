"""Small calendars of this house's own making, and the window that most tests look through."""

from datetime import UTC, datetime
from typing import Any

from privateoffice.connectors.calendars.occurrences import between
from privateoffice.connectors.calendars.parse import events

NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


def calendar(*bodies: str, head: str = "", kind: str = "VEVENT") -> bytes:
    """A calendar of events given by their lines, each with a name and a stamp unless it has its own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head.split("\n")]
    for number, body in enumerate(bodies):
        own = [line.strip() for line in body.strip().split("\n")]
        uid = [] if any(line.upper().startswith("UID") for line in own) else [f"UID:{number}@office.test"]
        lines += [f"BEGIN:{kind}", *uid, "DTSTAMP:20261101T090000Z", *own, f"END:{kind}"]
    return "\r\n".join(filter(None, [*lines, "END:VCALENDAR"])).encode() + b"\r\n"


def one(*bodies: str, **options: Any) -> dict[str, Any]:
    """The first event of such a calendar, read."""
    found: dict[str, Any] = events(calendar(*bodies, **options))["events"][0]
    return found


def starts(raw: bytes, since: datetime = NOVEMBER[0], until: datetime = NOVEMBER[1], **options: Any) -> list[str]:
    """When something starts in the window."""
    return [one["starts_at"] for one in between(events(raw)["events"], since, until, **options)["occurrences"]]


def words(event: dict[str, Any]) -> list[str]:
    """What is said to be wrong."""
    return [fault["words"] for fault in event["faults"]]
