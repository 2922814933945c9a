"""Holding what must not go, and carrying out what was decided about what may."""

from datetime import date

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.models import Disposal, Hold, Record
from privateoffice.foundations.records.services.originals import drop_unused, originals_behind


class Held(Exception):
    """A hold stands on the record: it may not be disposed of."""


class AlreadyHeld(Exception):
    """The same reason holds this record already."""


@verb("records.hold")
def hold(record: Record, *, reason: str) -> Hold:
    """Keep a record from disposal for a reason, until the hold is lifted."""
    try:
        with transaction.atomic():
            placed = Hold.objects.create(record=record, reason=reason, placed_by=scope.current().actor)
    except IntegrityError:
        raise AlreadyHeld from None
    trail(record, reason=reason)
    return placed


@verb("records.lift")
def lift(record: Record, *, hold: Hold) -> None:
    """Lift a hold."""
    Hold.objects.filter(pk=hold.pk, record_id=record.pk, lifted_at=None).update(lifted_at=clock.now())
    trail(record, reason=hold.reason)


class NoDay(Exception):
    """What is kept longer is kept until a day to come."""


@verb("records.dispose")
def dispose(record: Record, *, decision: str, reason: str, rule: str, keep_until: date | None = None) -> Disposal:
    """Carry out the decision on a record whose time is over, and keep the decision."""
    if Hold.objects.filter(record_id=record.pk, lifted_at=None).exists():
        raise Held
    if decision == Disposal.Decision.KEEP and (keep_until is None or keep_until <= clock.today()):
        raise NoDay
    decided = Disposal.objects.create(
        office_id=record.office_id,
        record_id=record.pk,
        reference=record.reference,
        kind=record.kind,
        rule=rule,
        decision=decision,
        reason=reason,
        decided_by=scope.current().actor,
        keep_until=keep_until,
    )
    trail(record, decision=fact(decision), rule=fact(rule), reason=reason)
    if decision == Disposal.Decision.DESTROY:
        _destroy(record)
    return decided


def _destroy(record: Record) -> None:
    """Remove a record with its parts, its versions, its search text, and the originals that nothing else needs.

    Deletion needs the system's own scope: no person's act deletes a record but through a decision.
    """
    with scope.acting_as_system("disposal", office=record.office):
        found = Record.objects.get(pk=record.pk)
        behind = originals_behind(found)
        found.delete()
        drop_unused(behind)
