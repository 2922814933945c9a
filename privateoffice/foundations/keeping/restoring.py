"""Putting a backup back into an empty house: proved before anything is touched, compared before it is settled."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.keeping import maildirs, rows
from privateoffice.foundations.keeping.container import Altered, Lock, Newer, Part, Reading, reading
from privateoffice.foundations.keeping.making import columns_of
from privateoffice.foundations.records import shelf

MARKER = "restoring"
"""A file of the data folder that stands there while a restore has begun and not ended."""

TELLING = ("offices_office", "offices_user", "audit_entry")
"""Tables of which each has a row where anybody ever worked."""


class NotEmpty(Exception):
    """Something is here already: a backup is restored into an empty place, so that nothing is written over."""


@dataclass
class Restored:
    """What came back, and what the trail of the backup was not whole in."""

    header: dict[str, Any]
    whole: dict[str, Any]
    misfits: list[audit.Misfit]

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.header["made_at"])

    @property
    def rows(self) -> int:
        return sum(count for count, _ in self.whole["tables"].values())


def prove(file: IO[bytes], lock: Lock | None) -> Reading:
    """Read all of a backup. Raises NotGood where it is not whole, not ours, or newer than this version."""
    with reading(file, key=settings.BACKUP_KEY, lock=lock) as one:
        _refuse_newer(one.header)
        for _ in one.parts():
            pass
    return one


def restore(
    place: Path, *, lock: Lock | None = None, settle: Callable[["Restored"], None] = lambda restored: None
) -> Restored:
    """Restore a backup into an empty house. Raises NotGood, NotEmpty or OSError.

    The house opens only when `settle` is done with what came back: it holds what must not go off by itself.
    """
    with place.open("rb") as file:
        proved = prove(file, lock)
        refuse_unless_empty()
        with _marked():
            with reading(file, key=settings.BACKUP_KEY, lock=lock) as one:
                _fill(one)
            if one.whole != proved.whole:
                raise Altered("The backup was changed while it was read.")
            call_command("migrate", verbosity=0, interactive=False)
            restored = Restored(one.header, one.whole, list(audit.verify()))
            settle(restored)
    return restored


def refuse_unless_empty() -> None:
    """Raise NotEmpty where there is a house already. A restore that was cut short may be begun again."""
    if _is_marked():
        return
    home = Path(settings.HOME)
    taken = [name for name in ("opened", "files", "outbox", "maildirs") if (home / name).exists()]
    if taken:
        raise NotEmpty(f"There is an office in {home} already: restore into an empty folder. Nothing was changed.")
    if next(shelf.shelf().names(""), None) is not None:
        raise NotEmpty("There are files in the bucket already: restore into an empty one. Nothing was changed.")
    names = set(connection.introspection.table_names())
    for table in sorted(names & set(TELLING)):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                raise NotEmpty(
                    "There is an office in the database already: restore into an empty one. Nothing was changed."
                )


def _refuse_newer(header: dict[str, Any]) -> None:
    known = set(MigrationExecutor(None).loader.disk_migrations)
    unknown = sorted({tuple(one) for one in header["migrations"]} - known)
    if unknown:
        raise Newer(
            f"The backup was made by a newer version of Private Office ({' '.join(unknown[-1])}): restore it with "
            "that version or a later one."
        )


def _fill(one: Reading) -> None:
    known = rows.ready_for([(app, name) for app, name in one.header["migrations"]])
    loading = rows.Loading(known, columns_of(one.header))
    with transaction.atomic():
        loading.empty()
        for part in one.parts():
            _put(part, loading)
        rows.set_next_keys(connection, one.whole["next_keys"])
        loading.prove(one.whole["tables"])
        connection.check_constraints()


def _put(part: Part, loading: rows.Loading) -> None:
    area, _, name = part.name.partition("/")
    if area == "rows":
        loading.load(name.partition("/")[0], part.file)
    elif area == "files":
        put_file(part, name)
    elif area in maildirs.roots():
        _put_letter(part, maildirs.roots()[area], name)


def put_file(part: Part, name: str) -> None:
    """Put a file on the shelf."""
    refuse_strange(name)
    shelf.shelf().put(_pieces(part), lambda: name, near=name.rpartition("/")[0])


def _put_letter(part: Part, root: Path, name: str) -> None:
    refuse_strange(name)
    place = root / name
    for folder in ("tmp", "new", "cur"):
        (place.parent.parent / folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("wb") as file:
        shutil.copyfileobj(part.file, file)
        file.flush()
        os.fsync(file.fileno())


def refuse_strange(name: str) -> None:
    """Only names that go down: a backup never writes beside the folder that it is restored into."""
    if name.startswith("/") or "\\" in name or {"", ".", ".."} & set(name.split("/")):
        raise Altered(f"The backup names a file that it must not: {name[:100]}.")


def _pieces(part: Part) -> Iterator[bytes]:
    while piece := part.file.read(1 << 20):
        yield piece


@contextmanager
def _marked() -> Iterator[None]:
    """Until the end of the block the house does not open: half an office is worse than none."""
    marker = Path(settings.HOME) / MARKER
    marker.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    marker.write_text(_database(), encoding="utf-8")
    yield
    (Path(settings.HOME) / "opened").write_text("restored\n", encoding="ascii")
    marker.unlink()


def _is_marked() -> bool:
    """Whether a restore into this very folder and database was begun."""
    marker = Path(settings.HOME) / MARKER
    return marker.exists() and marker.read_text(encoding="utf-8") == _database()


def _database() -> str:
    entry = connection.settings_dict
    return f"{entry.get('HOST', '')}:{entry.get('PORT', '')}/{entry['NAME']}"
