"""Putting rows into a database that is empty, table by table, and proving that they are the very ones."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from privateoffice.foundations.keeping.container.faults import Altered, Newer
from privateoffice.foundations.keeping.rows.plain import Table, tables
from privateoffice.foundations.keeping.rows.reading import Tally, dumped

BATCH = 500


class Loading:
    """The tables of a database as they are filled. All of it happens in one transaction of the caller's."""

    def __init__(self, known: Iterable[Table], said: dict[str, list[list[str]]]):
        self.tables = {table.name: table for table in known}
        for name, columns in said.items():
            if name not in self.tables or self.tables[name].said != columns:
                raise Newer(f"The backup holds a table that this version does not know so: {name}.")

    def empty(self) -> None:
        """Take out what the migrations themselves put in: the backup brings it as it was."""
        with connection.cursor() as cursor:
            for name in self.tables:
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608

    def load(self, name: str, lines: Iterable[bytes]) -> None:
        """Put rows into a table. Raises Altered where the database refuses one, naming the table."""
        table = self.tables[name]
        quoted = connection.ops.quote_name
        names = ", ".join(quoted(column.name) for column in table.columns)
        places = ", ".join(["%s"] * len(table.columns))
        sql = f"INSERT INTO {quoted(name)} ({names}) VALUES ({places})"  # noqa: S608
        with connection.cursor() as cursor:
            for batch in _batches(lines):
                try:
                    cursor.executemany(sql, [_values(table, row) for row in batch])
                except DatabaseError as fault:
                    raise Altered(
                        f"A row of {name} does not fit into this database: {_first_line(fault)}."
                    ) from fault

    def prove(self, said: dict[str, list[Any]]) -> None:
        """Read every table again and compare. Raises Altered where one is not what was written."""
        for name, table in self.tables.items():
            tally = Tally()
            for _ in dumped(table, connection, tally):
                pass
            if tally.said != said.get(name, Tally().said):
                raise Altered(f"The table {name} did not come back as it was written.")


def ready_for(migrations: list[tuple[str, str]]) -> list[Table]:
    """Bring an empty database to where the backup's was, and return its tables as they stand there.

    Raises Newer where the backup has been through migrations that this version does not know.
    """
    executor = MigrationExecutor(connection)
    unknown = sorted(set(migrations) - set(executor.loader.disk_migrations))
    if unknown:
        raise Newer(
            f"The backup was made by a newer version of Private Office ({' '.join(unknown[-1])}): restore it with "
            "that version or a later one."
        )
    applied, nodes = set(migrations), executor.loader.graph.node_map
    last = sorted(one for one in applied if not applied & {child.key for child in nodes[one].children})
    executor.migrate(last)
    state = MigrationExecutor(connection).loader.project_state(last)
    return list(tables(state.apps.get_models(include_auto_created=True)))


def _values(table: Table, row: list[Any]) -> list[Any]:
    return [
        column.field.get_db_prep_save(column.from_plain(value), connection)
        for column, value in zip(table.columns, row, strict=True)
    ]


def _batches(lines: Iterable[bytes]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    for line in lines:
        batch.append(json.loads(line))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _first_line(fault: Exception) -> str:
    return str(fault).strip().split("\n")[0].rstrip(".")
