"""Files of dated data: ours, and the office's own of the same kind, laid over it in the data folder."""

import os
from pathlib import Path

from django.conf import settings

Files = tuple[tuple[Path, int], ...]
"""Each file with the moment of its last change, so that what was read from it holds until then."""


def files(ours: Path, name: str) -> Files:
    """Ours and, where there is one, the office's own. It is asked for every letter: each costs one look."""
    found = ((path, _changed(path)) for path in (ours, Path(settings.HOME) / name))
    return tuple((path, at) for path, at in found if at is not None)


def _changed(path: Path) -> int | None:
    try:
        return os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return None
