"""What enquiries tell the ledger: each that came in and what became of it, and whose each open one is."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.registry.declarations import Inbound, LedgerLine, Open
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryQuerySet


def asks() -> EnquiryQuerySet:
    """Enquiries that came to the office as such; one made of a letter is counted with its letter."""
    return Enquiry.objects.that_came_in()


def open_rows(now: datetime) -> EnquiryQuerySet:
    return Enquiry.objects.owing()


def ask_line(enquiry: Any) -> LedgerLine:
    return _line(enquiry, came_at=enquiry.received_at, disposition=enquiry.disposition)


def open_line(enquiry: Any) -> LedgerLine:
    return _line(enquiry, came_at=enquiry.received_at, next_at=enquiry.next_at)


def _line(enquiry: Any, **said) -> LedgerLine:
    return LedgerLine(
        title=enquiry.title,
        url=enquiry.get_absolute_url(),
        reference=enquiry.reference,
        whose=Role(enquiry.owner_role).label if enquiry.owner_role else "",
        detail=enquiry.get_channel_display(),
        is_sensitive=enquiry.is_sensitive,
        **said,
    )


INBOUND = (Inbound("enquiry", "enquiries", asks, ask_line),)
OPENS = (Open(Enquiry, open_rows, open_line),)
