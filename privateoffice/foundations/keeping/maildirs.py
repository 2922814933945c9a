"""Folders of Maildirs, the outbox and the embedded mailboxes: a reader may move a message at any time."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings


def roots() -> dict[str, Path]:
    """The folders of Maildirs, each under its name in a backup."""
    return {"outbox": Path(settings.OUTBOX_DIR), "maildirs": Path(settings.MAILDIRS_DIR)}


def listed() -> Iterator[tuple[str, Path]]:
    """Every message by its name in a backup, new ones first: they move to where we look later."""
    for area, root in roots().items():
        for folder in ("new", "cur"):
            for path in sorted(root.rglob(f"{folder}/*")):
                if path.is_file():
                    yield f"{area}/{path.relative_to(root).as_posix()}", path


def opened(path: Path) -> IO[bytes] | None:
    """The message, wherever a reader has moved it since; nothing where it is gone."""
    base = path.name.partition(":")[0]
    for place in (path, *sorted((path.parent.parent / "cur").glob(f"{base}*"))):
        try:
            return place.open("rb")
        except FileNotFoundError:
            continue
    return None
