"""Making a backup and writing down that it was made; trying one; and how the house stands with both."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import making
from privateoffice.foundations.keeping.container import Lock, Reading, check
from privateoffice.foundations.keeping.models import Backup, Trial
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.verbs import fact, trail, verb

LONGEST = timedelta(days=1)
"""A backup that has run for longer was killed."""

TOO_OLD = timedelta(hours=36)
UNTRIED = timedelta(days=100)


@dataclass(frozen=True)
class Standing:
    """How the house stands with its backups: the last good one, the last tried, and what is wrong."""

    backup: Backup | None
    trial: Trial | None
    fault: str


def back_up(place: Path, *, lock: Lock | None = None) -> tuple[making.Made, Backup]:
    """Make a backup, read it again, and write down that it is good. Raises OSError or NotGood."""
    policy.require("keeping.back_up")
    begun = Backup.objects.create(began_at=clock.now(), file=place.name[:255], is_sealed=lock is not None)
    try:
        made = making.write(place, lock=lock)
        read = check(place, key=settings.BACKUP_KEY, lock=lock)
    except BaseException:
        begun.delete()
        raise
    _record(begun, made, read, place)
    return made, begun


@verb("keeping.back_up")
def _record(backup: Backup, made: making.Made, read: Reading, place: Path) -> None:
    backup.size, backup.seal = place.stat().st_size, read.whole["parts"]
    backup.ended_at = clock.now()
    backup.save()
    trail(office_id=0, rows=made.rows, files=made.files, seal=fact(backup.seal[:16]))


@verb("keeping.try_backup")
def try_backup(read: Reading) -> Trial:
    """Write down that a backup was restored into an empty place and found equal."""
    made_at = datetime.fromisoformat(read.header["made_at"])
    rows = sum(count for count, _ in read.whole["tables"].values())
    tried = Trial.objects.create(
        made_at=made_at, tried_at=clock.now(), seal=read.whole["parts"], rows=rows, files=read.whole["files"]
    )
    trail(office_id=0, made_at=made_at, seal=fact(tried.seal[:16]))
    return tried


@verb("keeping.restore")
def note_restored(made_at: datetime) -> None:
    """Write down, in the house that was restored, that it was."""
    trail(office_id=0, made_at=made_at)


def standing() -> Standing:
    """How the house stands with its backups now."""
    backup, trial = Backup.objects.good().first(), Trial.objects.order_by("-tried_at").first()
    return Standing(backup, trial, _fault(backup, trial, clock.now()))


def _fault(backup: Backup | None, trial: Trial | None, now: datetime) -> str:
    if backup is None or backup.ended_at is None:
        return "no backup was ever made"
    if backup.ended_at < now - TOO_OLD:
        return f"the last backup is {(now - backup.ended_at).days} days old"
    if trial is None:
        return "no backup was ever restored as a trial; `private-office verify FILE --restore` does it"
    if trial.tried_at < now - UNTRIED:
        return f"the last trial restore was {(now - trial.tried_at).days} days ago"
    return ""


def is_running() -> bool:
    """Whether a backup is being made: what it may still want to read stays until it is done."""
    return Backup.objects.running(clock.now() - LONGEST).exists()
