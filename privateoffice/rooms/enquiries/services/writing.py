"""Writing to the unit that should take an enquiry: asking it, and asking again."""

from django.template.loader import render_to_string

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records import services as records
from privateoffice.rooms.enquiries.models import Enquiry, Redirection
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.deliveries import services as deliveries


def write_to_unit(enquiry: Enquiry, redirection: Redirection) -> bool:
    """Put the letter that asks the unit in the outbox; false where it has no address and must be rung.

    Of a sensitive enquiry the letter names the reference only. Whoever may not know of the enquiry may not see
    the letter either.
    """
    unit, office = redirection.unit, enquiry.office
    if not unit.email:
        return False
    told = {"enquiry": enquiry, "redirection": redirection, "office": office, "now": clock.now()}
    letter = deliveries.post(
        sender=Sender(f"{office.name} private office", office.email, Role.PA),
        recipients=[Addressee("to", unit.name, unit.email)],
        subject=f"{enquiry.reference}: {'for you to accept' if not redirection.chased else 'still with you?'}",
        text=render_to_string("enquiries/letters/to_unit.txt", told),
        once=f"{enquiry.reference}:redirection:{redirection.pk}:{redirection.chased}",
        marking=enquiry.marking,
        handling=enquiry.handling,
    )
    records.restrict_like(letter, enquiry)
    return True
