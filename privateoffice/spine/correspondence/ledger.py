"""What correspondence tells the ledger: each thing that a letter asks, and what an import could not keep."""

from typing import Any

from privateoffice.foundations.registry.declarations import Inbound, LedgerLine
from privateoffice.spine.correspondence.models import (
    Ask,
    AskQuerySet,
    ImportItem,
    ImportItemQuerySet,
    Message,
    MessageQuerySet,
)


def asks() -> AskQuerySet:
    return Ask.objects.that_came_in()


def ask_line(ask: Any) -> LedgerLine:
    conversation = ask.record
    return LedgerLine(
        title=conversation.title,
        url=f"/{conversation.office.slug}/mail/?ask={ask.name}",
        reference=conversation.reference,
        came_at=ask.at,
        next_at=ask.put_off_until,
        whose="Personal Assistant",
        disposition=ask.disposition,
        detail=ask.message.sender,
        is_sensitive=conversation.is_sensitive,
    )


def letters_without_ask() -> MessageQuerySet:
    """Letters of others for which nobody opened an ask. There should be none; if there is, it is named."""
    return Message.objects.without_ask()


def letter_line(message: Any) -> LedgerLine:
    conversation = message.record
    return LedgerLine(
        title=conversation.title,
        url=conversation.get_absolute_url(),
        reference=conversation.reference,
        came_at=message.at,
        whose="Personal Assistant",
        detail=message.sender,
        is_sensitive=conversation.is_sensitive,
    )


def items() -> ImportItemQuerySet:
    return ImportItem.objects.that_came_in()


def item_line(item: Any) -> LedgerLine:
    return LedgerLine(
        title=item.place[-200:],
        url=item.run.get_absolute_url(),
        came_at=item.run.begun_at,
        whose="Personal Assistant",
        disposition=item.disposition,
        detail=item.get_outcome_display(),
    )


INBOUND = (
    Inbound("letter", "letters and emails", asks, ask_line, office="record__office"),
    Inbound("letter unasked", "letters unasked", letters_without_ask, letter_line, office="record__office"),
    Inbound("item that could not be read", "items that could not be read", items, item_line),
)
