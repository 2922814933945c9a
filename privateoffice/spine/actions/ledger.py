"""What the register tells the ledger: whose each open action is, and when it comes up next."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.registry.declarations import LedgerLine, Open
from privateoffice.spine.actions.models import Action, ActionQuerySet


def open_rows(now: datetime) -> ActionQuerySet:
    return Action.objects.owing(clock.day_of(now)).select_related("owner", "setter")


def open_line(action: Any) -> LedgerLine:
    """The owner as the office says it; nothing where they have left."""
    return LedgerLine(
        title=action.title,
        url=action.get_absolute_url(),
        reference=action.reference,
        came_at=action.made_at,
        whose=action.owner_words if action.is_owned else "",
        next_at=action.next_at,
        detail="" if action.is_owned else f"{action.owner_words} has left",
        is_sensitive=action.is_sensitive,
    )


OPENS = (Open(Action, open_rows, open_line),)
