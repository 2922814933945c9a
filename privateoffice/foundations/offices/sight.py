"""Which rows that are no records may be seen: those of the offices in scope."""

from django.db import models
from django.db.models import BooleanField, Expression, F

from privateoffice.foundations.offices import scope


class OfOffices(Expression):
    """True for rows of the offices that a part of the scope names. Decided when the SQL is compiled."""

    conditional = True

    def __init__(self, named_by: str, through: str = ""):
        super().__init__(output_field=BooleanField())
        self.named_by = named_by
        self.office = F(f"{through}office")

    def get_source_expressions(self):
        return [self.office]

    def set_source_expressions(self, expressions):
        (self.office,) = expressions

    def as_sql(self, compiler, connection):
        offices = getattr(scope.current(), self.named_by)
        if not offices:
            return "1 = 0", []
        column, params = compiler.compile(self.office)
        places = ", ".join(["%s"] * len(offices))
        return f"{column} IN ({places})", [*params, *offices]


class OwnUnderCover(Expression):
    """True but for rows that somebody else began, where whoever acts is here under cover.

    Such rows count what came for the whole office, restricted or not. Decided when the SQL is compiled.
    """

    conditional = True

    def __init__(self, who: str):
        super().__init__(output_field=BooleanField())
        self.who = F(who)

    def get_source_expressions(self):
        return [self.who]

    def set_source_expressions(self, expressions):
        (self.who,) = expressions

    def as_sql(self, compiler, connection):
        acting = scope.current()
        if not acting.is_cover:
            return "1 = 1", []
        column, params = compiler.compile(self.who)
        return f"{column} = %s", [*params, acting.actor]


class DirectoryManager(models.Manager):
    """People of the offices whose directory is in scope, and nobody without one."""

    def get_queryset(self):
        return super().get_queryset().filter(OfOffices("directory"))


class OfficeManager(models.Manager):
    """Rows of the offices whose records are in scope, and nothing without one."""

    def get_queryset(self):
        return super().get_queryset().filter(OfOffices("office_ids"))


class RunManager(OfficeManager):
    """Imports of the offices in scope; under cover one's own alone."""

    def get_queryset(self):
        return super().get_queryset().filter(OwnUnderCover("begun_by"))


class ItemManager(OfficeManager):
    """What imports of the offices in scope listed; under cover one's own alone."""

    def get_queryset(self):
        return super().get_queryset().filter(OwnUnderCover("run__begun_by"))
