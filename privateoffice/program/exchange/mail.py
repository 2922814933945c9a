"""Mail: brought in from messages, mailboxes and folders of them, and given back byte for byte."""

import csv
import os
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.models import Damaged
from privateoffice.program.exchange.outcome import NothingRead, Outcome
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.services.handing_over import HandedOver

HELP = "Mail: .eml, .msg, mbox, a Maildir, or a folder of these."
MANIFEST = "manifest.tsv"
COLUMNS = ("file", "sha256", "bytes", "message-id", "reference", "place")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", help="the file or folder")


def bring_in(office: Office, options: dict[str, Any]) -> Outcome:
    """Take in all that is found at the path."""
    path = Path(options["path"])
    if not path.exists():
        raise NothingRead(f"There is nothing at {path}.")
    taken = services.take_in(messages_in(path), source=path.resolve().name or str(path))
    if not taken.read:
        raise NothingRead(f"There is no mail in {path}.")
    if taken.run and not taken.unchanged and taken.new and not taken.messages:
        raise NothingRead(f"Nothing in {path} is a message that could be read. It was kept and listed.")
    counts = taken.counts
    return Outcome(counts["read"], counts["new"], counts["unchanged"], counts["needs_a_look"], taken.listed)


def give_back(office: Office, folder: Path) -> Outcome:
    """Write every original into the folder, one file each, and a manifest. What is there already is unchanged."""
    folder.mkdir(parents=True, exist_ok=True)
    outcome = Outcome()
    handed = services.hand_over()
    for one in handed:
        _write_one(folder, one, outcome)
    _write_manifest(folder, handed)
    return outcome


def _write_one(folder: Path, one: HandedOver, outcome: Outcome) -> None:
    outcome.read += 1
    place = folder / one.name
    try:
        if place.is_file() and place.stat().st_size == one.original.size:
            outcome.unchanged += place.read_bytes() == one.original.read()
            return
        _write(place, one.original.read())
        outcome.new += 1
    except Damaged as fault:
        outcome.needs_a_look += 1
        outcome.listed.append((one.name, str(fault)))


def _write(place: Path, raw: bytes) -> None:
    """Under its name there is always the whole file, whenever the machine stops."""
    handle, draft = tempfile.mkstemp(dir=place.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(raw)
    shutil.move(draft, place)


def _write_manifest(folder: Path, handed: list[HandedOver]) -> None:
    with tempfile.NamedTemporaryFile(
        "w", dir=folder, newline="", encoding="utf-8", delete=False, errors="replace"
    ) as file:
        rows = csv.writer(file, dialect="excel-tab")
        rows.writerow(COLUMNS)
        rows.writerows(
            (one.name, one.original.digest, one.original.size, one.message_id, one.reference, one.place)
            for one in handed
        )
    shutil.move(file.name, folder / MANIFEST)
