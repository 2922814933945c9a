"""Calendars: brought in from a file, or from a folder of them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.quarantine.limits import MEGABYTE, UNPACKED_BYTES
from privateoffice.program.exchange.outcome import NothingRead, Outcome
from privateoffice.spine.diary import services

HELP = "The Commander's diary: an .ics file, or a folder of them."
LISTED = 1_000
OPENINGS = (b"begin:vcalendar", b"begin:vevent", b"begin:vtodo", b"begin:vjournal", b"begin:vfreebusy")
LOOKED_AT = 64 * 1024


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", help="the file or folder")
    parser.add_argument("--calendar", default="", help="its name, where the file's own is not right")


def bring_in(office: Office, options: dict[str, Any]) -> Outcome:
    """Take in every calendar at the path."""
    path = Path(options["path"])
    files = sorted(filter(_is_calendar, path.rglob("*"))) if path.is_dir() else [path]
    if not path.exists() or not files:
        raise NothingRead(f"There is no calendar at {path}.")
    outcome = Outcome()
    for file in files:
        _bring_in_one(file, options.get("calendar") or "", outcome)
    return outcome


def _is_calendar(file: Path) -> bool:
    """By its name, or by what it says near its beginning: not every program ends the name in .ics."""
    if not file.is_file():
        return False
    if file.suffix.lower() == ".ics":
        return True
    with file.open("rb") as opened:
        beginning = opened.read(LOOKED_AT).lower()
    return any(opening in beginning for opening in OPENINGS)


def _bring_in_one(file: Path, calendar: str, outcome: Outcome) -> None:
    if file.stat().st_size > UNPACKED_BYTES:
        raise NothingRead(f"{file.name} is larger than {UNPACKED_BYTES // MEGABYTE} MB. Import it in parts.")
    taken = services.take_in(file.read_bytes(), calendar=calendar, source=file.name)
    for name, count in taken.counts.items():
        setattr(outcome, name, getattr(outcome, name) + count)
    items = taken.run.items.all()[: max(0, LISTED - len(outcome.listed))] if taken.run else []
    outcome.listed += [(f"{file.name}, line {item.line}", " ".join(item.reasons)) for item in items]
