"""Time zones as calendar files name them: known names, Windows names, a file's own rules, and guesses told."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from privateoffice.connectors.calendars.clocks import FileZone, Zone, known, own_rules
from privateoffice.connectors.calendars.components import Part
from privateoffice.connectors.calendars.values import clean

_PREFIX = re.compile(r"^\(\s*(?:UTC|GMT)?\s*([+-]?\s*\d{1,2}:?\d\d|)\s*\)\s*(.*)$", re.IGNORECASE | re.DOTALL)
_BARE_OFFSET = re.compile(r"^(?:UTC|GMT)?\s*([+-])\s*(\d{1,2})(?::?(\d\d))?$", re.IGNORECASE)
_PATHS = re.compile(r"^(?:/|posix/|right/|tzfile/|tzone://)", re.IGNORECASE)


@cache
def _names() -> dict[str, str]:
    """Every known zone, and by its last part (the city) where that is not shared, in lower case."""
    names = (files("tzdata") / "zones").read_text("utf-8").split()
    cities = {name.rpartition("/")[2].replace("_", " ").lower(): name for name in reversed(names) if "/" in name}
    return {
        **{city: name for city, name in cities.items() if len(city) > 3},
        **{name.lower(): name for name in names},
    }


@cache
def _windows() -> dict[str, str]:
    table = (files(__package__) / "data" / "windows_zones.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {windows.lower(): name for windows, name in pairs}


@dataclass(frozen=True)
class Found:
    """The zone found for a name; `words` says what was guessed, `look` whether a person needs to know."""

    zone: Zone
    words: str = ""
    look: bool = False


class Zones:
    """The zones of one calendar: its own VTIMEZONEs, and `local` for times that name none."""

    def __init__(self, parts: list[Part], local: str):
        self.local = known(local)
        self._own: dict[str, Part] = {}
        for part in parts:
            line = part.first("TZID")
            self._own.setdefault(_key(line.value if line else ""), part)
        self._found: dict[str, Found] = {}
        self._read: dict[str, FileZone | None] = {}

    def part(self, name: str) -> Part | None:
        """The VTIMEZONE of this name."""
        return self._own.get(_key(name))

    def named(self, name: str) -> Found:
        """The zone that a file means by this name."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def contradicts(self, name: str, wall: datetime) -> bool:
        """Whether the file's own rules give this wall time another instant than the known zone does."""
        zone, own = self.named(name).zone, self._file_zone(name)
        if own is None or zone.rules is not None or own.instant(wall) == zone.instant(wall):
            return False
        january, july = wall.replace(month=1, day=15), wall.replace(month=7, day=15)
        usual = {day - zone.instant(day).replace(tzinfo=None) for day in (january, july)}
        if wall < own.begins:
            return False
        return own.covers(wall) or wall - own.instant(wall).replace(tzinfo=None) not in usual

    def _find(self, name: str) -> Found:
        plain = " ".join(name.replace('"', " ").split())
        if zone := _well_known(plain):
            return Found(zone)
        if own := self._file_zone(name):
            return Found(own)
        if zone := self._by_location(name) or _by_cities(plain) or _by_offset(plain):
            return Found(zone, f"The time zone “{plain[:60]}” was taken to be {zone.name}.")
        said = f"The time zone “{plain[:60]}” is not known" if plain else "The time zone has no name"
        return Found(self.local, f"{said}, so the time is shown as it stands, in {self.local.name}.", look=True)

    def _by_location(self, name: str) -> Zone | None:
        part = self.part(name)
        line = part.first("X-LIC-LOCATION") if part else None
        return _well_known(line.value.strip()) if line else None

    def _file_zone(self, name: str) -> FileZone | None:
        key = _key(name)
        if key not in self._read:
            part = self._own.get(key)
            own = own_rules(part) if part else []
            self._read[key] = FileZone(" ".join(clean(name).split())[:100] or "Unnamed", own) if own else None
        return self._read[key]


def _key(name: str) -> str:
    return " ".join(name.replace('"', " ").split()).lower()


def _well_known(name: str) -> Zone | None:
    """A zone by its full name, its Windows name, or a path that ends in its full name."""
    lower = name.lower()
    full = {
        key: value
        for key, value in ((lower, _names().get(lower)),)
        if value and ("/" in key or key == value.lower())
    }
    if full or lower in _windows():
        return known(full.get(lower) or _windows()[lower])
    if not _PATHS.match(name):
        return None
    pieces = lower.split("/")
    tails = ("/".join(pieces[-size:]) for size in (3, 2))
    return next((known(_names()[tail]) for tail in tails if "/" in tail and tail in _names()), None)


def _by_cities(name: str) -> Zone | None:
    """A zone by the cities that old programs list, or by a name that is nearly a Windows one."""
    match = _PREFIX.match(name)
    rest = (match[2] if match else name).strip().lower()
    american = re.sub(r"\s+time \(us (?:&|and) canada\)$", " standard time", rest)
    dashed = rest.replace("-", "/", 1)
    for guess in (american, dashed, f"{rest} standard time", *(piece.strip() for piece in rest.split(","))):
        if guess in _windows() or guess in _names():
            return known(_windows().get(guess) or _names()[guess])
    return None


def _by_offset(name: str) -> Zone | None:
    match = _PREFIX.match(name)
    bare = _BARE_OFFSET.match(match[1].replace(" ", "") if match else name)
    if not bare or int(bare[2]) > 14 or int(bare[3] or 0) > 59:
        return None
    seconds = (int(bare[2]) * 3600 + int(bare[3] or 0) * 60) * (-1 if bare[1] == "-" else 1)
    fixed = {
        "kind": "STANDARD",
        "start": "1970-01-01T00:00:00",
        "from": seconds,
        "to": seconds,
        "rule": "",
        "dates": [],
    }
    return FileZone(f"UTC{bare[1]}{int(bare[2]):02}:{bare[3] or '00'}", [fixed])
