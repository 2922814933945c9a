"""Answering an enquiry, and what happens on the way there."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing, Reopening
from privateoffice.rooms.enquiries.models import Acknowledgement, Enquiry, EnquiryKind, Note, Promise
from privateoffice.rooms.enquiries.services.faults import AlreadyAcknowledged, IsClosed, TooLate
from privateoffice.rooms.enquiries.services.redirecting import recall


@verb("enquiries.acknowledge")
def acknowledge(enquiry: Enquiry, *, how: str, at: datetime | None = None) -> Acknowledgement:
    """Record that the caller was told that we have it."""
    try:
        with transaction.atomic():
            told = Acknowledgement.objects.create(
                enquiry=enquiry, how=how, acknowledged_at=at or clock.now(), acknowledged_by=scope.current().actor
            )
    except IntegrityError:
        raise AlreadyAcknowledged from None
    trail(enquiry, how=fact(how))
    return told


@verb("enquiries.resolve")
def resolve(enquiry: Enquiry, *, answer: str) -> Closing:
    """Close the enquiry with the answer given to the caller. An answer acknowledges, too."""
    if enquiry.redirection:
        recall(enquiry, reason="Answered here after all")
    if not enquiry.is_acknowledged:
        acknowledge(enquiry, how=enquiry.channel)
    closing = records.close(enquiry, outcome="answered", words=answer)
    trail(enquiry, answer=answer)
    return closing


@verb("enquiries.reopen")
def reopen(enquiry: Enquiry, *, reason: str) -> Reopening:
    """Open a closed enquiry again: the caller came back, or the answer was not one."""
    reopening = records.reopen(enquiry, reason=reason)
    trail(enquiry, reason=reason)
    return reopening


@verb("enquiries.promise")
def promise(enquiry: Enquiry, *, due_at: datetime, reason: str) -> Promise:
    """Change the reply date, with the reason. It never goes beyond the last date of its kind."""
    _refuse_if_closed(enquiry)
    if due_at > enquiry.reply_at_most_by:
        raise TooLate
    before = enquiry.due_at
    promised = Promise.objects.create(
        enquiry=enquiry, was_due_at=before, due_at=due_at, reason=reason, promised_at=clock.now()
    )
    records.revise(enquiry, seen=enquiry.version, due_at=due_at)
    trail(enquiry, before=before or fact("no day"), after=due_at, reason=reason)
    return promised


@verb("enquiries.reclassify")
def reclassify(enquiry: Enquiry, *, kind: EnquiryKind) -> Enquiry:
    """Change the kind, and with it the clocks, counted again from the moment of receipt."""
    _refuse_if_closed(enquiry)
    before = enquiry.enquiry_kind
    records.revise(
        enquiry,
        seen=enquiry.version,
        enquiry_kind=kind,
        acknowledge_by=kind.acknowledge_by(enquiry.received_at),
        due_at=kind.reply_by(enquiry.received_at),
        reply_at_most_by=kind.reply_at_most_by(enquiry.received_at),
    )
    trail(enquiry, before=fact(before.name), after=fact(kind.name))
    return enquiry


@verb("enquiries.pass_on")
def pass_on(enquiry: Enquiry, *, role: str, person: Person | None = None) -> Enquiry:
    """Give the enquiry to another role of the office, or to a person by name."""
    _refuse_if_closed(enquiry)
    records.revise(enquiry, seen=enquiry.version, owner_role=role, owner=person)
    trail(enquiry, to=fact(person.ranked_name if person else Role(role).label))
    return enquiry


@verb("enquiries.note")
def note(enquiry: Enquiry, *, text: str) -> Note:
    """Write down what was said or found."""
    added = Note.objects.create(enquiry=enquiry, text=text, noted_at=clock.now(), noted_by=scope.current().actor)
    trail(enquiry, note=text)
    return added


@verb("enquiries.correct")
def correct(enquiry: Enquiry, *, seen: int, **changes: Any) -> Enquiry:
    """Correct what was typed."""
    records.revise(enquiry, seen=seen, **changes)
    trail(enquiry, **changes)
    return enquiry


def _refuse_if_closed(enquiry: Enquiry) -> None:
    if not enquiry.is_open:
        raise IsClosed
