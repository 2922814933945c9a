"""The pages of the outbox, and what people do there."""

from privateoffice.spine.deliveries.views.acts import (
    again,
    hold,
    hold_all,
    release,
    seen_to,
    settlement,
    surrender,
    withdrawal,
)
from privateoffice.spine.deliveries.views.pages import deliveries, delivery, enclosed

__all__ = [
    "again",
    "deliveries",
    "delivery",
    "enclosed",
    "hold",
    "hold_all",
    "release",
    "seen_to",
    "settlement",
    "surrender",
    "withdrawal",
]
