"""A roster as comma-separated rows: staff id, then for each day one duty id or nothing."""

import csv
import os
import tempfile
from pathlib import Path

from .instance import OFF, Instance, Roster


def write(path: Path, instance: Instance, roster: Roster) -> None:
    """Write the whole file or nothing of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file, lineterminator="\n")
            for person, row in zip(instance.people, roster, strict=True):
                rows.writerow([person, *("" if cell == OFF else instance.duties[cell] for cell in row)])
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
