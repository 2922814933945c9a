"""Reading tables out of a database: lines of JSON in the order of their keys, and what they come to."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col

from privateoffice.foundations.keeping.rows.plain import Column, Table

ROWS = 2_000
PIECE = 4 << 20
"""Bytes of lines that are gathered into one part."""


@dataclass
class Tally:
    """What a table comes to: so many rows, and a digest over all their lines."""

    rows: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, lines: bytes, count: int) -> None:
        self.rows += count
        self.digest.update(lines)

    @property
    def said(self) -> list[Any]:
        return [self.rows, self.digest.hexdigest()]


def dumped(table: Table, connection: BaseDatabaseWrapper, tally: Tally) -> Iterator[bytes]:
    """The rows of a table in pieces of whole lines, counted in a tally."""
    waiting: list[bytes] = []
    size = 0
    for row in _rows_of(table, connection):
        waiting.append(_line(row))
        size += len(waiting[-1])
        if size >= PIECE:
            yield _piece(waiting, tally)
            waiting, size = [], 0
    if waiting:
        yield _piece(waiting, tally)


def _piece(lines: list[bytes], tally: Tally) -> bytes:
    piece = b"".join(lines)
    tally.add(piece, len(lines))
    return piece


def _line(row: Iterable[Any]) -> bytes:
    return (
        json.dumps(list(row), sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=str).encode()
        + b"\n"
    )


def _rows_of(table: Table, connection: BaseDatabaseWrapper) -> Iterator[Iterator[Any]]:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(column.name) for column in table.columns)
    key = table.columns[0]
    is_by_letter = key.kind in {"CharField", "TextField"} and connection.vendor == "postgresql"
    order = quoted(key.name) + (' COLLATE "C"' if is_by_letter else "")
    sql = f"SELECT {names} FROM {quoted(table.name)} ORDER BY {order}"  # noqa: S608
    opened = [_opened(column, connection) for column in table.columns]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(ROWS):
            for row in rows:
                yield (plain(value) for plain, value in zip(opened, row, strict=True))


def _opened(column: Column, connection: BaseDatabaseWrapper) -> Any:
    """What makes a plain value of what the database hands over."""
    shown: Any = Col("", column.field)
    converters = [*connection.ops.get_db_converters(shown), *column.field.get_db_converters(connection)]

    def plain(value: Any) -> Any:
        for convert in converters:
            value = convert(value, shown, connection)
        return column.to_plain(value)

    return plain
