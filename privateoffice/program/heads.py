"""Heads of the trail that were kept outside the database: printed by `audit head`, or sealed into a backup."""

import re
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from privateoffice.foundations.audit.services import KeptHead
from privateoffice.foundations.keeping.container import Reading, check
from privateoffice.foundations.offices.models import Office
from privateoffice.program import backups

LONGEST = 1_000_000
"""Bytes of a list of heads; what is longer is taken for a backup."""

LINE = re.compile(
    r"^(?P<whose>.*?)[ \t]+(?P<number>[\d,]+)[ \t]+(?P<fingerprint>[0-9a-f]{64})[ \t\r]*$", re.MULTILINE
)


def kept_in(file: Path, passphrase_file: Path | None) -> list[KeptHead]:
    """The heads in a file of either sort. Raises CommandError where there are none."""
    try:
        raw = file.read_bytes() if file.stat().st_size <= LONGEST else b""
    except OSError as fault:
        raise CommandError(f"{file} cannot be read: {fault.strerror}.") from fault
    printed = [
        KeptHead(said["whose"].strip(), int(said["number"].replace(",", "")), said["fingerprint"])
        for said in LINE.finditer(raw.decode("utf-8", "replace"))
    ]
    return printed or _in_backup(file, passphrase_file)


def _in_backup(file: Path, passphrase_file: Path | None) -> list[KeptHead]:
    lock = backups.lock_of(passphrase_file, with_key=True)
    with backups.said_plainly(file):
        read = check(file, key=settings.BACKUP_KEY, lock=lock)
    found = _of(read)
    if not found:
        raise CommandError(f"{file} holds no head of any trail.")
    return found


def _of(read: Reading) -> list[KeptHead]:
    names = {0: "the house", **dict(Office.objects.values_list("pk", "name"))}
    return [
        KeptHead(names.get(int(office_id), f"office {office_id}"), number, fingerprint)
        for office_id, (number, fingerprint) in read.whole["heads"].items()
        if number
    ]
