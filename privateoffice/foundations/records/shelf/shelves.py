"""What a shelf can do, the one that is a folder of this machine, and which one the house uses."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

DRAFT = ".draft-"
PIECE = 1 << 20


class Away(OSError):
    """The store of files does not answer, or refuses: nothing is known of what lies there."""


class Shelf(Protocol):
    """Files by name, with `/` between the parts of one. What cannot be done raises OSError."""

    takes_many: bool
    """Whether many small files cost little there; where each is a wait for the disk, they go into packs."""

    def open(self, name: str) -> IO[bytes]:
        """Open for reading. Raises FileNotFoundError."""

    def has(self, name: str) -> bool: ...

    def put(self, pieces: Iterable[bytes], name: Callable[[], str], *, near: str) -> None:
        """Write pieces, near where they will lie, and once all are there put them under their name.

        The name is asked for at the end, when it can be the digest of what was written. The file is whole and safe
        before this returns; where it fails nothing is left behind.
        """

    def remove(self, name: str) -> None: ...

    def names(self, below: str) -> Iterator[str]:
        """Every name below a folder."""

    def fault(self) -> str:
        """What is wrong with the place itself, in words; nothing where it takes, gives and forgets a file."""


class Folder:
    """Files below one folder of this machine."""

    takes_many = False

    def __init__(self, root: Path):
        self.root = root

    def open(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")

    def has(self, name: str) -> bool:
        return (self.root / name).is_file()

    def put(self, pieces: Iterable[bytes], name: Callable[[], str], *, near: str) -> None:
        folder = self.root / near
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=folder, prefix=DRAFT)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
            place = self.root / name()
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.replace(draft, place)
            _sync(place.parent)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(draft)

    def remove(self, name: str) -> None:
        (self.root / name).unlink(missing_ok=True)

    def names(self, below: str) -> Iterator[str]:
        for folder, _, files in os.walk(self.root / below):
            for name in files:
                if not name.startswith(DRAFT):
                    yield (Path(folder) / name).relative_to(self.root).as_posix()

    def fault(self) -> str:
        return "" if os.access(self.root.parent, os.W_OK) else f"{self.root} cannot be written"


def shelf() -> Shelf:
    """The house's shelf: the bucket that STORAGE_URL names, or the folder of files in the data folder."""
    return shelf_at(settings.STORAGE_URL or str(settings.FILES_DIR))


def shelf_at(place: str) -> Shelf:
    """The shelf at an address, s3://bucket?endpoint=..., or in a folder."""
    if "://" in place:
        return import_string(settings.STORAGE_BACKEND)(place)
    return Folder(Path(place))


def _sync(folder: Path) -> None:
    """A new name in a folder is safe once the folder itself is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
