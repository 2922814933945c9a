"""The one folder in which the office keeps its data: made, and tried, before anything is written to it."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

from privateoffice.program.refusals import CannotStart

LEAST_FREE = 20 * 1024 * 1024
"""Bytes that must be free to start: migrating, a day's work and a log need about this much."""

REASONS = {
    errno.EACCES: "you have no permission to write there",
    errno.EPERM: "you have no permission to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.ENOTDIR: "a part of its path is a file",
    errno.EEXIST: "it is a file, not a folder",
}


def place() -> Path:
    return Path(os.environ.get("PRIVATE_OFFICE_HOME") or "var").resolve()


RESTORING = "restoring"
"""A file that stands in the folder while a restore into it has begun and not ended."""


def make_ready(*, is_restoring: bool = False) -> Path:
    """Make the data folder where there is none, and see that it can be written. Raises CannotStart."""
    home = place()
    if not is_restoring and (home / RESTORING).exists():
        raise CannotStart(
            f"A restore into {home} was cut short, so the office does not open: run `private-office restore` "
            "again, or begin with an empty folder."
        )
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (home, home.parent):  # The key lies beside the folder.
            _try_to_write(folder)
        free = shutil.disk_usage(home).free
    except OSError as fault:
        reason = REASONS.get(fault.errno or 0, fault.strerror or "it does not answer")
        raise CannotStart(f"The data folder {home} cannot be used: {reason}.") from fault
    if free < LEAST_FREE:
        raise CannotStart(
            f"The data folder {home} cannot be used: the disk is full, and {LEAST_FREE >> 20} MB must be free."
        )
    return home


def refuse_without_key(act: str) -> None:
    """Raise CannotStart where the office's key is not there: a new one would open no backup. Makes nothing."""
    file = Path(os.environ.get("PRIVATE_OFFICE_KEY_FILE") or f"{place()}.key").resolve()
    if not file.exists():
        raise CannotStart(
            f"The office's key is not at {file}, and without it there is nothing to {act}: put the key file of "
            "the office there, or name it in PRIVATE_OFFICE_KEY_FILE."
        )


def _try_to_write(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(4096))
        file.flush()
        os.fsync(file.fileno())
