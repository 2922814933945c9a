"""Making a record and changing it, so that no second save loses the first."""

from typing import Any, TypeVar

from django.db.models import F, Model

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.foundations.records.models import Counter, Record, Version
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Kind

AnyRecord = TypeVar("AnyRecord", bound=Record)


class ChangedMeanwhile(Exception):
    """Somebody saved the record after it was read. Carries both sides, so that neither is lost."""

    def __init__(self, record: Record, wanted: dict[str, Any]):
        super().__init__("This was changed by somebody else while you were writing.")
        self.record, self.wanted = record, wanted

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """Each field on which the two disagree: its name, what stands now, what was wanted."""
        return [
            (name, getattr(self.record, name), value)
            for name, value in self.wanted.items()
            if getattr(self.record, name) != value
        ]


def make(model: type[AnyRecord], *, office: Office | None = None, **fields: Any) -> AnyRecord:
    """Make a record in the office at hand, with the next number of its kind and year."""
    office = office or scope.current().office
    if office is None:
        raise scope.NoScope
    refuse_above_ceiling(fields.get("title", ""), fields.get("handling", ""))
    kind = house.kind_of(model._meta.label_lower)
    made_at = fields.setdefault("made_at", clock.now())
    year = clock.london(made_at).year
    number = _next_number(office, kind.label, year)
    record = model(
        office=office,
        kind=kind.label,
        year=year,
        number=number,
        reference=reference_of(office, kind, year, number),
        **fields,
    )
    record.save(force_insert=True)
    _keep_version(record, changed=[])
    return record


def reference_of(office: Office, kind: Kind, year: int, number: int) -> str:
    """As it is written everywhere: HOM/ENQ/2026/0142."""
    return f"{office.code}/{kind.code}/{year}/{number:04d}"


def _next_number(office: Office, kind: str, year: int) -> int:
    """The counter's row lock makes two at once wait for each other; a rollback leaves a gap, never a repeat."""
    counter, _ = Counter.objects.get_or_create(office=office, kind=kind, year=year)
    Counter.objects.filter(pk=counter.pk).update(last=F("last") + 1)
    counter.refresh_from_db()
    return counter.last


def revise(record: AnyRecord, *, seen: int, **changes: Any) -> AnyRecord:
    """Change a record that was read at version `seen`. Raises ChangedMeanwhile where it has moved on."""
    refuse_above_ceiling(changes.get("title", ""), changes.get("handling", ""))
    model = type(record)
    moved = Record.objects.filter(pk=record.pk, version=seen).update(version=F("version") + 1)
    if not moved:
        raise ChangedMeanwhile(model.objects.get(pk=record.pk), changes)
    fresh = model.objects.get(pk=record.pk)
    changed = [name for name, value in changes.items() if getattr(fresh, name) != value]
    for name in changed:
        setattr(fresh, name, changes[name])
    fresh.save()
    _keep_version(fresh, changed=changed)
    for field in record._meta.concrete_fields:
        setattr(record, field.attname, getattr(fresh, field.attname))
    return record


def _keep_version(record: Record, *, changed: list[str]) -> None:
    Version.objects.create(
        record=record,
        number=record.version,
        texts=texts_of(record),
        changed=changed,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )


def texts_of(record: Record) -> dict[str, str]:
    """Every field of a record that a person could have typed, as text."""
    plumbing = {
        "id",
        "record_ptr",
        "office",
        "kind",
        "year",
        "number",
        "reference",
        "version",
        "made_at",
        "ended_at",
    }
    fields = [field for field in record._meta.concrete_fields if field.name not in plumbing]
    return {field.name: _as_text(getattr(record, field.attname)) for field in fields}


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return str(value.pk) if isinstance(value, Model) else str(value)
