"""Making a backup while the office runs: one moment of the database, and the files that it speaks of."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from privateoffice.foundations.audit.models import Head
from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import maildirs, rows
from privateoffice.foundations.keeping.container import Lock, Writing, writing
from privateoffice.foundations.keeping.container.writing import FORMAT, HEADER, key_mark
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import Original


@dataclass
class Made:
    """What a backup holds."""

    made_at: datetime
    rows: int = 0
    files: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)


def write(place: Path, *, lock: Lock | None = None) -> Made:
    """Write a backup of the whole house. Raises OSError where it cannot be written; then nothing is there."""
    with writing(place, key=settings.BACKUP_KEY, lock=lock) as out, rows.snapshot() as connection:
        made = Made(clock.now())
        out.add_said(HEADER, _header(connection, made))
        letters = list(maildirs.listed())
        tables = _add_rows(out, connection, made)
        _add_files(out, connection, made)
        for name, path in letters:
            _add_letter(out, name, path, made)
        out.seal(
            {
                "tables": tables,
                "heads": {str(head): said for head, *said in _heads(connection)},
                "next_keys": rows.next_keys(connection),
                "missing": made.missing,
                "files": made.files,
            }
        )
    return made


def _header(connection: BaseDatabaseWrapper, made: Made) -> dict[str, Any]:
    offices = Office.objects.using(connection.alias).order_by("pk")
    return {
        "format": FORMAT,
        "program": _version(),
        "made_at": made.made_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "key": key_mark(settings.BACKUP_KEY),
        "database": connection.vendor,
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "offices": [[office.code, office.slug, office.name] for office in offices],
        "columns": {table.name: table.said for table in rows.tables()},
    }


def _version() -> str:
    try:
        return version("private-office")
    except PackageNotFoundError:
        return "a checkout"


def _heads(connection: BaseDatabaseWrapper) -> list[tuple[int, int, str]]:
    heads = Head.objects.using(connection.alias).order_by("office_id")
    return list(heads.values_list("office_id", "number", "fingerprint"))


def _add_rows(out: Writing, connection: BaseDatabaseWrapper, made: Made) -> dict[str, list[Any]]:
    tallies = {}
    for table in rows.tables():
        tally = rows.Tally()
        for number, piece in enumerate(rows.dumped(table, connection, tally)):
            out.add(f"rows/{table.name}/{number:06}.jsonl", piece)
        tallies[table.name] = tally.said
        made.rows += tally.rows
    return tallies


def _add_files(out: Writing, connection: BaseDatabaseWrapper, made: Made) -> None:
    for name, open_it in _named(connection):
        try:
            with open_it() as file:
                _add(out, f"files/{name}", file, _size_of(file), made)
        except FileNotFoundError:
            made.missing.append(name)


def _named(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """The files that the rows of this moment speak of, and what lies aside; packed ones as single files."""
    everything = Original._meta.db_table
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f'SELECT office_id, digest, size, pack, "offset" FROM {everything} ORDER BY 1, 2'  # noqa: S608
        )
        while found := cursor.fetchmany(1000):
            for office_id, digest, size, pack, offset in found:
                one = Original(office_id=office_id, digest=digest, size=size, pack=pack, offset=offset)
                yield shelf.name_of(office_id, digest), partial(_opened, one)
    for area in shelf.ASIDE:
        for name in sorted(shelf.shelf().names(area)):
            yield name, partial(shelf.shelf().open, name)


def _opened(original: Original) -> IO[bytes]:
    """Raises FileNotFoundError also where a pack holds other bytes now."""
    if not original.is_packed:
        return shelf.open_kept(original.office_id, original.digest)
    try:
        return io.BytesIO(original.read())
    except shelf.Damaged as fault:
        raise FileNotFoundError(str(fault)) from fault


def _add_letter(out: Writing, name: str, path: Path, made: Made) -> None:
    file = maildirs.opened(path)
    if file is None:  # whoever reads the folder has taken it away
        return
    with file:
        _add(out, name, file, _size_of(file), made)


def _size_of(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _add(out: Writing, name: str, file: IO[bytes], size: int, made: Made) -> None:
    out.add_file(name, file, size)
    made.files += 1
    made.bytes += size


def said_of(header: dict[str, Any]) -> str:
    """A backup in one sentence, from its header."""
    made_at = datetime.fromisoformat(header["made_at"])
    offices = ", ".join(name for _, _, name in header["offices"]) or "no office yet"
    return f"Made {clock.london(made_at):%-d %B %Y at %H:%M} by version {header['program']}: {offices}."


def columns_of(header: dict[str, Any]) -> dict[str, list[list[str]]]:
    return json.loads(json.dumps(header["columns"]))
