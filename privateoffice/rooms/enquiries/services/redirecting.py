"""Sending an enquiry to the right door, and not letting go until somebody there has taken it."""

from typing import Any

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing, Record
from privateoffice.rooms.enquiries.models import Acceptance, Enquiry, Recall, Redirection
from privateoffice.rooms.enquiries.services.faults import AlreadyRedirected, IsClosed, NotRedirected
from privateoffice.rooms.enquiries.services.logging import log_from
from privateoffice.rooms.enquiries.services.writing import write_to_unit

CHASE_AFTER = 1
"""Working days between asking a unit to take an enquiry and asking again."""


@verb("enquiries.redirect")
def redirect(enquiry: Enquiry, *, unit: Unit, note: str = "") -> Redirection:
    """Ask another unit to take the enquiry. It stays open here until they accept."""
    if not enquiry.is_open:
        raise IsClosed
    try:
        with transaction.atomic():
            asked = Redirection.objects.create(
                enquiry=enquiry,
                unit=unit,
                note=note,
                redirected_at=clock.now(),
                redirected_by=scope.current().actor,
                chase_at=_next_chase(),
            )
    except IntegrityError:
        raise AlreadyRedirected from None
    is_written = write_to_unit(enquiry, asked)
    trail(enquiry, unit=fact(unit.name), note=note, by_mail=is_written)
    return asked


def redirect_from(source: Record, *, unit: Unit, note: str = "", **said: Any) -> Enquiry:
    """Take in what another room holds and ask another unit to take it: it stays ours until they do."""
    enquiry = log_from(source, **said)
    redirect(enquiry, unit=unit, note=note)
    return enquiry


@verb("enquiries.take_back")
def take_back(enquiry: Enquiry) -> Closing:
    """Close an enquiry because the room that handed it over took that back."""
    if enquiry.redirection:
        recall(enquiry, reason="It was handed over by mistake")
    closing = records.close(enquiry, outcome="taken back", words="It was handed over by mistake")
    trail(enquiry)
    return closing


@verb("enquiries.accept")
def accept(enquiry: Enquiry, *, accepted_by: str) -> Closing:
    """Record that the unit took the enquiry, and by whose word. This closes it here."""
    redirection = _standing(enquiry)
    redirection.acceptance = Acceptance.objects.create(
        enquiry=enquiry, accepted_by=accepted_by, accepted_at=clock.now()
    )
    redirection.save(update_fields=["acceptance"])
    closing = records.close(enquiry, outcome="re-directed", words=f"{redirection.unit}: {accepted_by}")
    trail(enquiry, unit=fact(redirection.unit.name), accepted_by=accepted_by)
    return closing


@verb("enquiries.recall")
def recall(enquiry: Enquiry, *, reason: str) -> Recall:
    """Take the enquiry back: it is ours to answer again."""
    redirection = _standing(enquiry)
    redirection.recall = Recall.objects.create(enquiry=enquiry, reason=reason, recalled_at=clock.now())
    redirection.save(update_fields=["recall"])
    trail(enquiry, unit=fact(redirection.unit.name), reason=reason)
    return redirection.recall


@verb("enquiries.chase")
def chase(enquiry: Enquiry) -> Redirection:
    """Ask the unit again whether the enquiry is theirs, and set the next day to ask."""
    redirection = _standing(enquiry)
    redirection.chased += 1
    redirection.chase_at = _next_chase()
    redirection.save(update_fields=["chased", "chase_at"])
    write_to_unit(enquiry, redirection)
    trail(enquiry, unit=fact(redirection.unit.name), count=redirection.chased)
    return redirection


def _standing(enquiry: Enquiry) -> Redirection:
    redirection = Redirection.objects.standing().filter(enquiry=enquiry).select_related("unit").first()
    if redirection is None:
        raise NotRedirected
    return redirection


def _next_chase():
    return clock.moment(working_days.add(clock.today(), CHASE_AFTER), "14:00")
