"""The rule of who may see a row, as one SQL expression, and the managers that never forget it.

A row is seen by the person acting when its office is in scope AND its marking is within their clearance there
AND (it has no audience, or they are in it) AND no conflict stands against them.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import BooleanField, Exists, Expression, F, OuterRef

from privateoffice.foundations.offices import scope

HIDDEN_BY_AUDIENCE = (
    "EXISTS (SELECT 1 FROM records_audience kept WHERE kept.record_id = {key} AND NOT EXISTS "
    "(SELECT 1 FROM records_audience mine WHERE mine.record_id = kept.record_id "
    "AND (mine.role IN ({roles}) OR mine.person_id = %s)))"
)
HIDDEN_BY_CONFLICT = (
    "EXISTS (SELECT 1 FROM records_conflict against WHERE against.record_id = {key} AND against.person_id = %s)"
)


class InScope(Expression):
    """True for the records that the person acting may see.

    Decided when the SQL is compiled, not when the query is written, so that every queryset method is covered
    and a query built outside a scope cannot run. `seen_by` asks it of another scope than the open one.
    """

    conditional = True

    def __init__(self, through: str = "", seen_by: scope.Scope | None = None):
        super().__init__(output_field=BooleanField())
        self.seen_by = seen_by
        self.is_of_a_part = bool(through)
        self.columns: list[Any] = [F(f"{through}{name}") for name in ("office", "marking", "pk")]

    def get_source_expressions(self):
        return self.columns

    def set_source_expressions(self, expressions):
        self.columns = expressions

    def as_sql(self, compiler, connection):
        acting = self.seen_by or scope.current()
        if not acting.sight:
            return "1 = 0", []
        (office, office_params), (marking, marking_params), (key, key_params) = map(compiler.compile, self.columns)
        if self.is_of_a_part and connection.vendor == "sqlite":
            office = f"+{office}"  # else SQLite, which has no figures, looks for a part through all of the office
        one_office = f"({office} = %s AND {marking} <= %s)"
        sql = " OR ".join([one_office] * len(acting.sight))
        params: list[Any] = []
        for office_id, clearance in acting.sight:
            params += [*office_params, office_id, *marking_params, clearance]
        if acting.sees_all_audiences:
            return f"({sql})", params
        hidden, hidden_params = _not_hidden(acting, key, key_params)
        return f"(({sql}) AND {hidden})", [*params, *hidden_params]


def _not_hidden(acting: scope.Scope, key: str, key_params: list[Any]) -> tuple[str, list[Any]]:
    """Not kept from the person acting, by an audience without them or a conflict against them.

    Asked of each row by its key: a list of all that is hidden would be made anew for every page.
    Under cover only the role counts: a restricted record is for its named readers, not for who stands in.
    """
    roles = sorted(acting.roles) or [""]
    by_audience = HIDDEN_BY_AUDIENCE.format(key=key, roles=", ".join(["%s"] * len(roles)))
    by_conflict = HIDDEN_BY_CONFLICT.format(key=key)
    person = acting.person_id or 0
    return f"NOT {by_audience} AND NOT {by_conflict}", [*key_params, *roles, person, *key_params, person]


class BypassesScope(PermissionDenied):
    """A way of reaching the database that scope cannot see."""


class ScopedQuerySet(models.QuerySet):
    """A queryset that closes the ways round the scope."""

    def raw(self, *args, **kwargs):
        raise BypassesScope("raw SQL cannot be scoped")

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        acting = scope.current()
        for row in objs:
            row.guard(acting)
        return super().bulk_create(objs, *args, **kwargs)

    def count_to(self, most: int) -> int:
        """How many, counted no further than `most`: for a number that says as much with "99+"."""
        return self[:most].count()

    def update(self, **changes):
        if {"office", "office_id", "marking", "record", "record_id"} & changes.keys():
            raise BypassesScope("the office and marking of many rows are never changed at once")
        return super().update(**changes)

    update.alters_data = True  # type: ignore[attr-defined]


class RecordManager(models.Manager.from_queryset(ScopedQuerySet)):
    """Records in scope, with their office.

    A kind says its name too, though the join would do: the indexes of the parent begin with office and kind.
    """

    def get_queryset(self):
        rows = super().get_queryset().filter(InScope()).select_related("office")
        return rows.filter(kind=self.model._meta.label_lower) if self.model._meta.parents else rows


class PartManager(models.Manager.from_queryset(ScopedQuerySet)):
    """Rows that belong to one or more records, seen by whoever may see every one of them."""

    def __init__(self, *owners: str):
        super().__init__()
        self.owners = owners

    def get_queryset(self):
        rows = super().get_queryset()
        for owner in self.owners:
            rows = rows.filter(InScope(f"{owner}__"))
        return rows


def has_part(model: type[models.Model], **said: Any) -> Exists:
    """Whether the record asked about has such a part."""
    return Exists(part_of_it(model).filter(**said))


def among_those_with(model: type[models.Model], **said: Any) -> models.Q:
    """As `has_part`, asked from the side of the parts: for those of which few fit among many records."""
    owner = model.owner  # type: ignore[attr-defined]
    return models.Q(pk__in=models.QuerySet(model).filter(**said).values(owner))


def part_of_it(model: type[models.Model]) -> models.QuerySet:
    """The parts of the record asked about, as a question inside a question about records.

    Not scoped a second time: a part belongs to its record, and the record is in scope where this is asked of it.
    Asked by itself it cannot run.
    """
    owner = model.owner  # type: ignore[attr-defined]
    own: models.QuerySet = models.QuerySet(model).filter(**{owner: OuterRef("pk")})
    return own
