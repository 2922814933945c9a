"""Marking a record, and naming who may or must not see it."""

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.markings import Marking, refuse_above_ceiling
from privateoffice.foundations.records.models import Audience, Conflict, Record
from privateoffice.foundations.records.services.making import revise


class NoHandling(Exception):
    """OFFICIAL-SENSITIVE needs a handling instruction."""


@verb("records.mark")
def mark(record: Record, *, marking: int, handling: str = "", seen: int | None = None) -> Record:
    """Change the marking of a record. OFFICIAL-SENSITIVE says how it is to be handled."""
    refuse_above_ceiling(handling)
    if marking == Marking.OFFICIAL_SENSITIVE and not handling.strip():
        raise NoHandling
    before = Marking(record.marking)
    revise(record, seen=seen or record.version, marking=marking, handling=handling)
    trail(record, before=fact(before.label), after=fact(Marking(marking).label), handling=handling)
    return record


@verb("records.narrow")
def narrow(record: Record, *, roles: tuple[str, ...] = (), people: tuple[Person, ...] = ()) -> None:
    """Name the readers of a record. From then on nobody else sees it."""
    for role in roles:
        Audience.objects.get_or_create(record=record, role=role, person=None)
    for person in people:
        Audience.objects.get_or_create(record=record, role="", person=person)
    trail(record, readers=fact(", ".join([*roles, *(person.name for person in people)])))


@verb("records.widen")
def widen(record: Record) -> None:
    """Take the list of named readers away: the record is for the whole office again."""
    Audience.objects.filter(record_id=record.pk).delete()
    trail(record)


@verb("records.bar")
def bar(record: Record, *, person: Person, reason: str) -> Conflict:
    """Keep a record from a person whom it concerns."""
    conflict, _ = Conflict.objects.get_or_create(record=record, person=person, defaults={"reason": reason})
    trail(record, person=fact(person.name), reason=reason)
    return conflict


def restrict_like(record: Record, source: Record) -> None:
    """Keep what was made about a record from everybody from whom the record itself is kept."""
    with scope.acting_as_system("records", office=record.office):
        readers = Audience.objects.filter(record_id=source.pk).values_list("role", "person_id")
        Audience.objects.bulk_create(Audience(record=record, role=r, person_id=p) for r, p in readers)
        barred = Conflict.objects.filter(record_id=source.pk).values_list("person_id", "reason")
        Conflict.objects.bulk_create(Conflict(record=record, person_id=p, reason=why) for p, why in barred)
