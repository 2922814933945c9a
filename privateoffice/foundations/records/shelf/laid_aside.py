"""Uploads that nobody has read yet: laid aside by the web, read by a worker."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from privateoffice.foundations.records.shelf.shelves import PIECE, shelf

INCOMING = "incoming"
QUARANTINE = "quarantine"
ASIDE = (INCOMING, QUARANTINE)
"""Folders of the shelf in which no originals lie."""


def lay_aside(office_id: int, spool: str, name: str, pieces: Iterable[bytes]) -> None:
    """Lay one upload aside under a spool of its own."""
    folder = _folder(office_id, spool)
    shelf().put(pieces, lambda: f"{folder}/{name}", near=folder)


@contextmanager
def laid_aside(office_id: int, spool: str) -> Iterator[list[Path]]:
    """What was laid aside, as files on this machine, which are gone after the block."""
    with tempfile.TemporaryDirectory(prefix="private-office-") as folder:
        yield [_copied(name, Path(folder)) for name in sorted(shelf().names(_folder(office_id, spool)))]


def clear(office_id: int, spool: str) -> None:
    """Take away what was laid aside."""
    for name in list(shelf().names(_folder(office_id, spool))):
        shelf().remove(name)


def _copied(name: str, folder: Path) -> Path:
    place = folder / name.rpartition("/")[2]
    with shelf().open(name) as file, place.open("xb") as copy:
        shutil.copyfileobj(file, copy, PIECE)
    return place


def _folder(office_id: int, spool: str) -> str:
    return f"{INCOMING}/{office_id}/{spool}"


def lay_sealed(place: str, raw: bytes) -> None:
    """Put what is sealed into quarantine, under the office's key and its digest."""
    name = f"{QUARANTINE}/{place}"
    shelf().put([raw], lambda: name, near=name.rpartition("/")[0])


def sealed_at(place: str) -> bytes:
    with shelf().open(f"{QUARANTINE}/{place}") as file:
        return file.read()


def remove_sealed(place: str) -> None:
    shelf().remove(f"{QUARANTINE}/{place}")
