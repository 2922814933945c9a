"""What the commands about backups share: how one is locked, how a refusal is said, what is held back."""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import services as jobs
from privateoffice.foundations.keeping import services as keeping
from privateoffice.foundations.keeping.container import Lock, NotGood, by_key, by_passphrase
from privateoffice.foundations.keeping.restoring import NotEmpty
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.shelf import Away
from privateoffice.program.database import first_line
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Stop

SHORTEST = 12

ELSEWHERE = ("DATABASE_URL", "STORAGE_URL", "QUEUE_URL", "CLAMAV_URL")
"""What a trial must not touch: it has a database and a folder of its own."""


def add_passphrase(parser: ArgumentParser) -> None:
    parser.add_argument("--passphrase-file", type=Path, help="a file that holds the passphrase of a sealed backup")


def lock_of(passphrase_file: Path | None, *, with_key: bool) -> Lock | None:
    """The lock that was asked for: a passphrase in a file, the office's key, or none."""
    if passphrase_file is None:
        return by_key(settings.BACKUP_KEY) if with_key else None
    try:
        words = passphrase_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise CommandError(f"The passphrase in {passphrase_file} cannot be read: {fault}.") from None
    if len(words.strip()) < SHORTEST:
        raise CommandError(f"The passphrase in {passphrase_file} is shorter than {SHORTEST} characters.")
    return by_passphrase(words)


@contextmanager
def said_plainly(place: Path) -> Iterator[None]:
    """What goes wrong with a backup, as one sentence."""
    try:
        yield
    except (NotGood, NotEmpty, Away) as refusal:
        raise CommandError(str(refusal) or str(refusal.__doc__)) from refusal
    except OSError as fault:
        said = f"{place} or the data folder cannot be used: {fault.strerror or fault}."
        raise CommandError(said) from fault
    except DatabaseError as fault:
        raise CommandError(
            f"The database refused: {first_line(fault)}. What was begun has been undone."
        ) from fault


def settle(made_at: datetime) -> dict[str, int]:
    """Write down that a house was restored, and hold what may have left or been done since; returns how many."""
    with scope.acting_as_system("restore"):
        keeping.note_restored(made_at)
        return {"jobs": jobs.hold_owed(made_at), "deliveries": _hold_deliveries(made_at)}


def _hold_deliveries(made_at: datetime) -> int:
    reason = f"The office was restored from a backup of {clock.london(made_at):%-d %B %Y at %H:%M}."
    held = 0
    for office in Office.objects.order_by("pk"):
        with scope.acting_as_system("restore", office=office):
            held += deliveries.hold_all(reason=reason, cause=Stop.Cause.RESTORED)
    return held


def restore_apart(place: Path, passphrase_file: Path | None) -> None:
    """Restore into a place of its own that is gone afterwards; raises CommandError where that fails."""
    words = ["restore", str(place.resolve())]
    if passphrase_file:
        words += ["--passphrase-file", str(passphrase_file.resolve())]
    with tempfile.TemporaryDirectory(prefix="private-office-trial-") as folder:
        apart = {"PRIVATE_OFFICE_HOME": f"{folder}/data", "PRIVATE_OFFICE_KEY_FILE": str(settings.KEY_FILE)}
        done = subprocess.run(  # noqa: S603  (our own command)
            [sys.executable, "-m", "privateoffice.program.cli", *words],
            env={**os.environ, **apart, **dict.fromkeys(ELSEWHERE, "")},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise CommandError(f"The trial restore failed: {done.stderr.strip() or done.stdout.strip()}")
