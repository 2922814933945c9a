"""Making many records at once, with everything that one record gets: number, first version, search text."""

from collections import Counter as Tally
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import F

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.foundations.records.models import Counter, Record, Version
from privateoffice.foundations.records.services.making import reference_of, texts_of
from privateoffice.foundations.registry import house

AnyRecord = TypeVar("AnyRecord", bound=Record)
BATCH = 500


def make_many(
    model: type[AnyRecord], rows: Sequence[dict[str, Any]], *, office: Office | None = None
) -> list[AnyRecord]:
    """Make a record of each row of fields, in order, in a number of queries that does not grow with the rows.

    Trail and search text are the caller's: one line a run, and `search.index_many` once the parts are there.
    """
    office = office or scope.current().office
    if office is None:
        raise scope.NoScope
    kind = house.kind_of(model._meta.label_lower)
    now = clock.now()
    made = [model(office=office, kind=kind.label, **({"made_at": now} | row)) for row in rows]
    for record in made:
        refuse_above_ceiling(record.title, record.handling)
        record.year = clock.london(record.made_at).year
    _number(made, office, kind.label)
    for record in made:
        record.reference = reference_of(office, kind, record.year, record.number)
        record.guard(scope.current())
    _insert(model, made)
    _keep_first_versions(made)
    return made


def _number(made: list[Any], office: Office, kind: str) -> None:
    """Take a run of numbers for each year under the counter's lock."""
    for year, count in Tally(record.year for record in made).items():
        counter, _ = Counter.objects.get_or_create(office=office, kind=kind, year=year)
        Counter.objects.filter(pk=counter.pk).update(last=F("last") + count)
        counter.refresh_from_db()
        first = counter.last - count + 1
        for number, record in enumerate((r for r in made if r.year == year), start=first):
            record.number = number


def _insert(model: type[AnyRecord], made: list[AnyRecord]) -> None:
    """Insert the parent rows, then the rows of the kind: Django's own bulk_create stops at inherited models."""
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        fields = {field.attname for field in Record._meta.concrete_fields} - {"id"}
        parents = [Record(**{name: getattr(record, name) for name in fields}) for record in batch]
        Record.objects.bulk_create(parents)
        for record, parent in zip(batch, parents, strict=True):
            record.id = record.pk = parent.pk
            record._state.adding = False
        own = model._meta.local_concrete_fields
        model.objects.all()._insert(batch, fields=own, using=model.objects.db)


def _keep_first_versions(made: Sequence[Record]) -> None:
    actor = scope.current().actor
    rows = [
        Version(record=record, number=1, texts=texts_of(record), made_at=record.made_at, made_by=actor)
        for record in made
    ]
    Version.objects.bulk_create(rows, batch_size=BATCH)
