"""The mails of a rota: one person each, with what is theirs and nothing else."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.rooms.rotas.models import Duty
from privateoffice.spine.approvals.models import Addressee, Unfit
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.deliveries import services as deliveries


def write(office: Office, to: Person, *, subject: str, template: str, once: str = "", **told: Any) -> str:
    """Put a mail to one person in the outbox; returns its reference, or nothing where they have no address."""
    if not to.email:
        return ""
    return write_to(
        office, [(to.ranked_name, to.email)], subject=subject, template=template, once=once, to=to, **told
    )


def write_to(
    office: Office,
    addresses: Iterable[tuple[str, str]],
    *,
    subject: str,
    template: str,
    once: str = "",
    **told: Any,
) -> str:
    """Put one mail in the outbox; nothing where an address cannot be written to."""
    shown = {"office": office, "now": clock.now(), "writer": scope.current().actor, **told}
    try:
        delivery = deliveries.post(
            sender=Sender(f"{office.name} private office", office.email, Role.PA),
            recipients=[Addressee("to", name, address) for name, address in addresses],
            subject=subject,
            text=render_to_string(f"rotas/letters/{template}.txt", shown),
            many_may_see=True,
            once=once,
        )
    except Unfit:
        return ""
    return delivery.reference


def duty_words(duty: Duty) -> dict[str, Any]:
    """A duty as a line of a mail or a notice keeps it."""
    return {
        "duty": duty.pk,
        "type": duty.duty_type.name,
        "first_on": duty.first_on.isoformat(),
        "last_on": duty.last_on.isoformat(),
        "starts_at": duty.starts_at.isoformat(),
        "ends_at": duty.ends_at.isoformat(),
    }


def spoken(lines: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Lines as they were kept, with their days and moments to be read out."""
    return [
        line
        | {
            "starts_at": datetime.fromisoformat(line["starts_at"]),
            "ends_at": datetime.fromisoformat(line["ends_at"]),
        }
        | {"first_on": date.fromisoformat(line["first_on"]), "last_on": date.fromisoformat(line["last_on"])}
        for line in lines
    ]
