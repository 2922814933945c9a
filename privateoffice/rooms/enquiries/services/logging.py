"""Taking an enquiry in: from a call, a mail, the desk, another room, or out of another enquiry."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Matter, Record
from privateoffice.rooms.enquiries.models import Caller, Enquiry, EnquiryKind
from privateoffice.rooms.enquiries.models.caller import digits_of


@verb("enquiries.log")
def log(
    *,
    title: str,
    asked: str,
    channel: str,
    kind: EnquiryKind,
    caller_name: str = "",
    caller_organisation: str = "",
    caller_phone: str = "",
    caller_email: str = "",
    received_at: datetime | None = None,
    matter: Matter | None = None,
    **marks: Any,
) -> Enquiry:
    """Take an enquiry in, recognise who asks, and start the clock of its kind."""
    caller = _caller(caller_name, caller_organisation, caller_phone, caller_email)
    enquiry = _taken_in(
        title=title,
        asked=asked,
        channel=channel,
        kind=kind,
        caller=caller,
        received_at=received_at or clock.now(),
        **marks,
    )
    if matter:
        records.put_on(matter, enquiry)
    trail(enquiry, channel=fact(Enquiry.Channel(channel).label.lower()), kind=fact(kind.slug), asked=asked)
    return enquiry


def _taken_in(*, kind: EnquiryKind, received_at: datetime, **said: Any) -> Enquiry:
    """The enquiry itself, with the dates that its kind sets from the moment of receipt."""
    return records.make(
        Enquiry,
        enquiry_kind=kind,
        received_at=received_at,
        acknowledge_by=kind.acknowledge_by(received_at),
        due_at=kind.reply_by(received_at),
        reply_at_most_by=kind.reply_at_most_by(received_at),
        **said,
    )


def _caller(name: str, organisation: str, phone: str, email: str) -> Caller | None:
    """The caller as known already by number or address, with what is new about them; else a new one."""
    if not any(part.strip() for part in (name, organisation, phone, email)):
        return None
    known = Caller.objects.seen().recognised_by(phone=phone, email=email).order_by("pk").first()
    caller = known or Caller(office=scope.current().office)
    said = {"name": name, "organisation": organisation, "phone": phone, "email": email}
    for field, value in said.items():
        setattr(caller, field, value.strip() or getattr(caller, field))
    caller.name = caller.name or caller.email or caller.phone or "No name given"
    caller.phone_digits = digits_of(caller.phone)
    caller.save()
    return caller


def log_from(source: Record, *, kind: EnquiryKind | str = "general", **said: Any) -> Enquiry:
    """Take an enquiry in from what another room holds, and remember where it came from.

    Another room does not know our kinds, and names one by its slug.
    """
    enquiry = log(kind=EnquiryKind.objects.get(slug=kind) if isinstance(kind, str) else kind, **said)
    records.link(enquiry, source, Link.Kind.ARISES_FROM)
    return enquiry


def kinds() -> list[tuple[str, str]]:
    """The kinds of enquiry by slug and name, in order, for a room that hands one over."""
    return list(EnquiryKind.objects.values_list("slug", "name"))


@verb("enquiries.split")
def split(enquiry: Enquiry, *, title: str, asked: str, kind: EnquiryKind) -> Enquiry:
    """Make a second enquiry of a second question, with the same caller, channel and moment of receipt."""
    second = _taken_in(
        title=title,
        asked=asked,
        channel=enquiry.channel,
        kind=kind,
        caller=enquiry.caller,
        received_at=enquiry.received_at,
        marking=enquiry.marking,
        handling=enquiry.handling,
    )
    trail(second, asked=asked)
    records.link(second, enquiry, Link.Kind.ARISES_FROM)
    trail(enquiry, other=fact(second.reference))
    return second
