"""The row of one message, made from what was read."""

from datetime import datetime, timedelta
from typing import Any

from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.services.reading import Item


def message_of(item: Item, original: Original, ours: frozenset[str], now: datetime) -> Message:
    """The row of one message, not yet in a conversation."""
    told = item.told or {}
    sender = told["from"] or {"name": "", "address": ""}
    sent_at, arrived_at, at = _moments(told, now)
    return Message(
        original=original,
        place=item.found.place,
        format=item.found.format,
        sent_at=sent_at,
        arrived_at=arrived_at,
        at=at,
        from_name=sender["name"],
        from_address=sender["address"],
        is_from_us=sender["address"].lower() in ours and not told["sender_warnings"],
        is_automatic=told["is_automatic"] or bool(told["list_id"]),
        list_id=told["list_id"][:200],
        auto_submitted=told["auto_submitted"][:200],
        protected=told["protected"] or "",
        marked=item.marking,
        handling=item.handling,
        needs_a_look=bool(item.outcome),
        **{name: told[name] for name in _AS_TOLD},
    )


_AS_TOLD = (
    *("message_id", "in_reply_to", "references", "date_claimed", "to", "cc", "subject", "text", "has_html"),
    *("remote_pictures", "attachments", "invitations", "sender_warnings", "faults"),
)


def _moments(told: dict[str, Any], now: datetime) -> tuple[datetime | None, datetime | None, datetime]:
    """When it says that it was sent, when it arrived, and by which of them it is sorted.

    A claim of a time to come, or of one after its arrival, is not believed; what says nothing arrived now.
    """
    sent, arrived = (datetime.fromisoformat(told[name]) if told[name] else None for name in ("date", "arrived"))
    a_day = timedelta(days=1)
    arrived = arrived if arrived and arrived <= now + a_day else None
    sent = sent if sent and sent <= (arrived or now) + a_day else None
    return sent, arrived, sent or arrived or now
