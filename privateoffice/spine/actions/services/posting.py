"""How a chaser leaves the house: as a delivery, in the transaction of what it is about."""

from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records import services as records
from privateoffice.spine.actions.services.letters import Letter
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.deliveries import services as deliveries


def post(letter: Letter, *, subject: str = "", text: str = "") -> str:
    """Put a letter in the outbox, in the PA's own name; returns the reference of the delivery.

    It says what the chaser says, unless it is given words of its own.

    Raises Unfit where its address cannot be written to.
    """
    delivery = deliveries.post(
        sender=Sender(letter.writer or letter.office.name, letter.office.email, Role.PA),
        recipients=[Addressee("to", letter.to.name, letter.to.email)],
        subject=subject or letter.subject,
        text=text or letter.text,
        marking=letter.marking,
        handling=letter.handling,
    )
    for item in letter.items:
        records.restrict_like(delivery, item.action)
    return delivery.reference
