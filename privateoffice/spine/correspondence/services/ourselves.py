"""Which addresses are the office's own."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Holding, Office
from privateoffice.spine.mailboxes.models import Mailbox


def addresses_of(office: Office) -> frozenset[str]:
    """Which addresses are ours: the office's own, its mailboxes', and those of whoever holds a role in it now."""
    holders = Holding.objects.standing(clock.now()).filter(office=office)
    boxes = Mailbox.objects.filter(office=office)
    held = [
        office.email,
        *holders.values_list("person__email", flat=True),
        *boxes.values_list("address", flat=True),
    ]
    return frozenset(address.lower() for address in held if address)
