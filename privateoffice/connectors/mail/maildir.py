"""A folder of mail that needs no server: messages are put in whole or not at all."""

import hashlib
import os
import re
from pathlib import Path

from privateoffice.foundations import steps

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.=@+-]{0,119}")


def deliver(folder: Path, raw: bytes, *, key: str) -> str:
    """Put a message into a Maildir under its key and return its file name; again with the same key does nothing.

    The bytes are on the disk, under their final name, when this returns. Of two callers with one key one wins;
    neither overwrites. Raises OSError if the disk is full or the folder cannot be written.
    """
    name = name_for(key)
    make(folder)
    if _has(folder, name):
        return name
    draft = folder / "tmp" / f"{name}.{os.getpid()}.{os.urandom(4).hex()}"
    try:
        _write(draft, raw)
        steps.reached("maildir: the message lies in tmp")
        os.link(draft, folder / "new" / name)
        steps.reached("maildir: the message lies in new")
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    _settle(folder / "new")
    return name


def name_for(key: str) -> str:
    """The key itself where it can be a file name, else its digest."""
    return key if _PLAIN.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def make(folder: Path) -> None:
    """Make the three folders of a Maildir if they are not there."""
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def _has(folder: Path, name: str) -> bool:
    """A mail program may have moved it to `cur` and added its flags."""
    if (folder / "new" / name).exists() or (folder / "cur" / name).exists():
        return True
    with os.scandir(folder / "cur") as entries:
        return any(entry.name.startswith(f"{name}:") for entry in entries)


def _write(path: Path, raw: bytes) -> None:
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
