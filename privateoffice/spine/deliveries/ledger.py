"""What the outbox tells the ledger: when each thing that has not gone comes up next."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.registry.declarations import LedgerLine, Open
from privateoffice.spine.deliveries.models import Delivery, DeliveryQuerySet


def open_rows(now: datetime) -> DeliveryQuerySet:
    return Delivery.objects.owing()


def open_line(delivery: Any) -> LedgerLine:
    return LedgerLine(
        title=delivery.title,
        url=delivery.get_absolute_url(),
        reference=delivery.reference,
        came_at=delivery.made_at,
        whose="The outbox",
        next_at=delivery.next_at,
        detail="" if delivery.next_at else "It waits for an approval that can no longer be given",
        is_sensitive=delivery.is_sensitive,
    )


OPENS = (Open(Delivery, open_rows, open_line),)
