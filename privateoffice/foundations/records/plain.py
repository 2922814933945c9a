"""Many rows written in one plain statement, where making an object of each costs more than all the rest.

Whoever calls it has asked already whether the rows may be written: nothing is guarded here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert_many(model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values, in the order of the names of fields. What is there already under a key stays."""
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(model._meta.get_field(name).column)) for name in names)  # type: ignore[union-attr]
    places = ", ".join(["%s"] * len(names))
    table = quote(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(sql, [list(row) for row in rows])


def moment(at: Any) -> Any:
    """A moment as the database at hand takes it."""
    return connection.ops.adapt_datetimefield_value(at) if at else None
