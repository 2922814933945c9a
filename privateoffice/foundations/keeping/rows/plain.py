"""Tables, columns and values as plain things: what JSON can hold, the same from either database.

Values are taken as the database holds them, past any field of our own that would open a secret on the way out.
"""

import base64
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.apps import apps as installed
from django.db import models
from django.db.models import Model

LEFT_OUT = {
    "sessions.session": "whoever is signed in signs in again",
    "usersessions.usersession": "whoever is signed in signs in again",
    "jobs.beat": "the heartbeats of processes that will be others",
}
"""Tables that are not kept, and why."""

KINDS: dict[str, type[models.Field]] = {
    name: getattr(models, name)
    for name in (
        *("BooleanField", "CharField", "TextField", "JSONField", "BinaryField", "UUIDField", "DecimalField"),
        *("DateTimeField", "DateField", "TimeField", "DurationField", "FloatField", "GenericIPAddressField"),
    )
}


class NotKept(Exception):
    """A table holds something that this version does not know how to keep."""


@dataclass(frozen=True)
class Column:
    """A column: its name, and the plain kind of its field."""

    name: str
    kind: str

    @cached_property
    def field(self) -> models.Field:
        """A field of Django's own that knows the values of this column in either database."""
        said: dict[str, Any] = {"max_digits": 60, "decimal_places": 20} if self.kind == "DecimalField" else {}
        field = KINDS.get(self.kind, models.BigIntegerField)(**said)
        field.set_attributes_from_name(self.name)
        return field

    def to_plain(self, value: Any) -> Any:
        plain = TO_PLAIN.get(type(value))
        return plain(value) if plain else value

    def from_plain(self, value: Any) -> Any:
        if value is None or self.kind == "JSONField":
            return value
        if self.kind == "BinaryField":
            return base64.b64decode(value)
        return self.field.to_python(value)


TO_PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda moment: moment.astimezone(UTC).isoformat(timespec="microseconds"),
    uuid.UUID: str,
    Decimal: lambda number: format(number.normalize(), "f"),
    bytes: lambda raw: base64.b64encode(raw).decode(),
    memoryview: lambda raw: base64.b64encode(bytes(raw)).decode(),
}


@dataclass(frozen=True)
class Table:
    """A table of the database with its columns, the key first."""

    name: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, model: type[Model]) -> "Table":
        fields = sorted(model._meta.local_concrete_fields, key=lambda field: (not field.primary_key, field.column))
        return cls(model._meta.db_table, tuple(Column(str(field.column), _kind_of(field)) for field in fields))

    @property
    def said(self) -> list[list[str]]:
        return [[column.name, column.kind] for column in self.columns]


def _kind_of(field: models.Field) -> str:
    if isinstance(field, models.ForeignKey):
        return _kind_of(field.target_field)
    if isinstance(field, models.IntegerField):
        return "IntegerField"
    for kind, plain in KINDS.items():
        if isinstance(field, plain):
            return kind
    raise NotKept(f"{field} is a {field.get_internal_type()}, which a backup cannot hold.")


def tables(models_of: Iterable[type[Model]] | None = None) -> Iterator[Table]:
    """Every table that is kept, by name; of the program at hand or of the models given."""
    found = installed.get_models(include_auto_created=True) if models_of is None else models_of
    kept = [model for model in found if model._meta.managed and not model._meta.proxy]
    for model in sorted(kept, key=lambda model: model._meta.db_table):
        if model._meta.label_lower not in LEFT_OUT:
            yield Table.of(model)
