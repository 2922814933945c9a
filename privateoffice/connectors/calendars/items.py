"""One event, task, journal or busy time from a calendar file, as plain data that JSON can carry."""

import hashlib
import re
from typing import Any

from privateoffice.connectors.calendars.components import ITEMS, Fault, Part, fault, shown, unread_lines
from privateoffice.connectors.calendars.lines import Line
from privateoffice.connectors.calendars.times import Times
from privateoffice.connectors.calendars.values import address, clean, text, texts
from privateoffice.connectors.calendars.zones import Zones
from privateoffice.foundations.quarantine.limits import CALENDAR_BYTES

MOST_PEOPLE = 2_000
MOST_ZONE_BYTES = 16 * 1024
MOST_ATTACHMENTS = 200
_LONGEST = {"SUMMARY": 1_000, "LOCATION": 2_000, "DESCRIPTION": 200_000, "URL": 2_000, "UID": 1_000}
_LONGEST_ADDRESS = 2_000
_ONCE = ("DTSTART", "DTEND", "DURATION", "UID", "RECURRENCE-ID", "SUMMARY", "LOCATION", "DUE")
_UNSAFE = re.compile(r"^[\s\x00-\x20]*(javascript|vbscript|data)[\s\x00-\x20]*:", re.IGNORECASE)
_NOT_IDENTITY = {"DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "UID"}
_NO_START_NEEDED = {"task", "journal", "busy", "other"}
_METHODS_WITHOUT_START = {"REPLY", "REFRESH", "CANCEL", "DECLINECOUNTER"}


class Item:
    """Reads one component. Nothing that is wrong with it stops it from being read."""

    def __init__(self, part: Part, zones: Zones, calendar: dict[str, Any], raw: bytes):
        self.part, self.zones, self.calendar, self.raw = part, zones, calendar, raw
        self.faults: list[Fault] = [*part.faults, *unread_lines(part)]
        self.kind = ITEMS.get(part.name, "other")

    def read(self) -> dict[str, Any]:
        """Every field of the item."""
        times = Times(self.part, self.zones)
        found = {
            "kind": self.kind,
            "component": self.part.name,
            "line": self.part.line,
            "calendar": self.calendar["number"],
            "method": self.calendar["method"],
            **self._identity(times),
            **self._words(),
            "organizer": next(iter(self._people("ORGANIZER")), None),
            "attendees": self._people("ATTENDEE"),
            **times.read(),
            "busy": self._busy(),
            "attachments": self._attachments(),
            "links": [self._link(line) for line in self.part.every("CONFERENCE")[:MOST_ATTACHMENTS]],
            "alarms": sum(part.name == "VALARM" for part in self.part.parts),
            "original": self._original(),
        }
        self.faults += times.faults
        self._judge(found)
        found["faults"] = sorted(self.faults, key=lambda f: int(f["line"]))
        found["needs_a_look"] = any(f["look"] for f in self.faults)
        return found

    def unread(self) -> dict[str, Any]:
        """The item with its original only, for when reading it came to grief."""
        nothing = Item(Part(self.part.name, self.part.line, 0, 0), self.zones, self.calendar, b"").read()
        self._fault(None, "This could not be read; only the original is kept.")
        return {**nothing, "original": self._original(), "faults": self.faults, "needs_a_look": True}

    def _fault(self, line: Line | None, words: str, look: bool = True) -> None:
        self.faults.append(fault(line.number if line else self.part.line, words, look))

    def _text(self, name: str) -> str:
        """The first value of this property that says something."""
        for line in self.part.every(name):
            if found := text(line.value):
                longest = _LONGEST.get(name, 200)
                if len(found) > longest:
                    self._fault(line, f"{name} has {len(found):,} characters; the first {longest:,} are shown.")
                return found[:longest]
        return ""

    def _identity(self, times: Times) -> dict[str, Any]:
        uid = " ".join(self._text("UID").split())
        if not uid:
            self._fault(None, "This has no name of its own (UID), so one was made from its content.", look=False)
        return {
            "uid": uid or self._made_uid(),
            "uid_made": not uid,
            "recurrence_id": times.recurrence_id(),
            "sequence": self._sequence(),
            "dtstamp": times.stamp("DTSTAMP"),
            "changed_at": times.stamp("LAST-MODIFIED"),
        }

    def _made_uid(self) -> str:
        """The same for the same content, whenever and by whatever program the file was written."""
        own = (x for x in self.part.lines if x.name not in _NOT_IDENTITY)
        lines = sorted(f"{x.name};{x.param('TZID')}:{x.value.strip()}" for x in own)
        digest = hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()
        return f"made-{digest[:32]}"

    def _sequence(self) -> int:
        line = self.part.first("SEQUENCE")
        if line is None or not line.value.strip():
            return 0
        if not re.fullmatch(r"[+]?\d{1,9}", line.value.strip()):
            self._fault(line, f"SEQUENCE is not a number: {shown(line.value)}", look=False)
            return 0
        return int(line.value)

    def _words(self) -> dict[str, Any]:
        klass = self._text("CLASS").upper() or "PUBLIC"
        return {
            "status": self._text("STATUS").upper(),
            "class": klass,
            "private": klass != "PUBLIC",
            "transparency": self._text("TRANSP").upper() or "OPAQUE",
            "summary": " ".join(self._text("SUMMARY").split()),
            "location": self._text("LOCATION"),
            "description": self._text("DESCRIPTION"),
            "url": self._text("URL"),
            "comment": "\n".join(filter(None, (text(x.value) for x in self.part.every("COMMENT")[:20]))),
            "categories": [one for x in self.part.every("CATEGORIES")[:20] for one in texts(x.value)][:100],
        }

    def _people(self, name: str) -> list[dict[str, Any]]:
        found = self.part.every(name)
        if len(found) > MOST_PEOPLE:
            self._fault(found[MOST_PEOPLE], f"Only the first {MOST_PEOPLE:,} of {len(found):,} people were read.")
        return [self._person(line) for line in found[:MOST_PEOPLE]]

    def _person(self, line: Line) -> dict[str, Any]:
        return {
            "name": " ".join(clean(line.param("CN")).split())[:300],
            "address": (address(line.value) or address(line.param("EMAIL")))[:320],
            "role": line.param("ROLE").upper() or "REQ-PARTICIPANT",
            "answer": line.param("PARTSTAT").upper() or "NEEDS-ACTION",
            "kind": line.param("CUTYPE").upper() or "INDIVIDUAL",
            "asked": line.param("RSVP").upper() == "TRUE",
            "sent_by": address(line.param("SENT-BY"))[:320],
        }

    def _busy(self) -> list[str]:
        """Periods of a VFREEBUSY as they stand."""
        return [shown(piece) for x in self.part.every("FREEBUSY")[:500] for piece in x.value.split(",")[:500]][
            :5_000
        ]

    def _attachments(self) -> list[dict[str, Any]]:
        lines = self.part.every("ATTACH")
        if len(lines) > MOST_ATTACHMENTS:
            self._fault(lines[MOST_ATTACHMENTS], f"Only the first {MOST_ATTACHMENTS} attachments were read.")
        return [self._attachment(line) for line in lines[:MOST_ATTACHMENTS]]

    def _attachment(self, line: Line) -> dict[str, Any]:
        """An attachment is an address shown as text and never fetched; one inside the file is a size."""
        inside = line.value.lstrip()[:5].lower() == "data:" or line.param("VALUE").upper() == "BINARY"
        if not inside:
            return self._link(line)
        size = len(line.value)
        if size > CALENDAR_BYTES:
            self._fault(
                line, f"An attachment inside the event was refused: {size:,} characters is over the ceiling."
            )
        name = line.param("FILENAME") or line.param("X-FILENAME") or line.param("X-LABEL")
        return {"address": "", "name": shown(name), "inside": True, "size": size, "safe": False}

    def _link(self, line: Line) -> dict[str, Any]:
        unsafe = bool(_UNSAFE.match(line.value))
        if unsafe:
            self._fault(
                line, f"{line.name} holds a script or data where an address should be; it is shown as text."
            )
        where = " ".join(clean(line.value).split())[:_LONGEST_ADDRESS]
        safe = not unsafe and where.lower().startswith(("https://", "http://", "mailto:", "tel:"))
        name = shown(line.param("FILENAME") or line.param("X-FILENAME") or line.param("LABEL"))
        return {"address": where, "name": name, "inside": False, "size": 0, "safe": safe}

    def _original(self) -> bytes:
        """The exact bytes of the item without its last line end, after those of the VTIMEZONEs that it names."""
        names = dict.fromkeys(line.param("TZID") for line in self.part.lines if "TZID" in line.params)
        named = [zone for name in names if (zone := self.zones.part(name))]
        zones = {zone.start: zone for zone in named if zone.end - zone.start <= MOST_ZONE_BYTES}
        if len(zones) < len({zone.start for zone in named}):
            self._fault(None, "The description of its time zone is too large to be kept with this.")
        pieces = [self.raw[piece.start : piece.end].rstrip(b"\r\n") for piece in (*zones.values(), self.part)]
        return b"\r\n".join(pieces)

    def _judge(self, found: dict[str, Any]) -> None:
        """What is wrong with the item as a whole."""
        for name in _ONCE:
            lines = self.part.every(name)
            if len({line.value for line in lines}) > 1 and not any(line.params.get("LANGUAGE") for line in lines):
                self._fault(lines[1], f"{name} is given more than once; the first is shown.")
        if any(line.guessed for line in self.part.lines):
            self._fault(None, "Some letters are not in the file's own alphabet (UTF-8) and may be shown wrongly.")
        if self.kind == "other":
            self._fault(
                None,
                f"This is a {shown(self.part.name) or 'component without a name'}, which is kept but not read.",
            )
        elif not found["start"] and self.part.first("DTSTART") is None and self._start_is_needed():
            self._fault(None, "This has no start.")
        if self.part.end - self.part.start > CALENDAR_BYTES:
            self._fault(None, "This is larger than the ceiling for one event.")

    def _start_is_needed(self) -> bool:
        return self.kind not in _NO_START_NEEDED and self.calendar["method"] not in _METHODS_WITHOUT_START
