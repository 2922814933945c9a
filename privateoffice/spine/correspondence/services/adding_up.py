"""What a conversation says of all its messages: who writes, since when, and whether somebody waits for us."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from privateoffice.spine.correspondence.models import Message


def added_up(messages: Iterable[Message]) -> dict[str, Any]:
    """The fields of a conversation that follow from its messages."""
    in_order = sorted(messages, key=lambda message: (message.at, message.number))
    theirs = [message for message in in_order if not message.is_from_us]
    written = [message for message in theirs if not message.is_automatic] or theirs
    who, address = _correspondent(written[-1] if written else None, in_order[-1])
    return {
        "correspondent": who[:200],
        "correspondent_address": address[:320],
        "first_at": in_order[0].at,
        "last_at": in_order[-1].at,
        "message_count": len(in_order),
        "is_from_us_last": in_order[-1].is_from_us,
        "waiting_since": waiting_since(in_order),
        "has_warnings": any(message.sender_warnings for message in in_order),
        "has_attachments": any(message.attachments for message in in_order),
        "needs_a_look": any(message.needs_a_look for message in in_order),
    }


def waiting_since(in_order: list[Message]) -> datetime | None:
    """When somebody first wrote after our last answer; None where we wrote last. No machine asks or answers.

    What was answered or deleted in another mail program does not wait, and nothing before it does.
    """
    since = None
    for message in in_order:
        if message.is_automatic:
            continue
        since = None if message.is_from_us or message.settled_elsewhere else since or message.at
    return since


def _correspondent(theirs: Message | None, last: Message) -> tuple[str, str]:
    if theirs is not None:
        return theirs.sender, theirs.from_address
    to = last.to[0] if last.to else {"name": "", "address": ""}
    return to["name"] or to["address"] or "Nobody named", to["address"]
