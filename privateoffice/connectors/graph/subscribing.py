"""Asking Microsoft Graph to say when messages of a mailbox change: begun, renewed, ended.

Sources: https://learn.microsoft.com/graph/api/resources/subscription and
https://learn.microsoft.com/graph/change-notifications-delivery-webhooks.

A subscription to mail lasts seven days at most. Before it is made the service asks our address for an answer,
within ten seconds.
"""

from datetime import UTC, datetime
from typing import Any

from privateoffice.connectors.graph.session import Session

CHANGES = "created,updated,deleted"


def subscribe(line: Session, user: str, *, address: str, word: str, until: datetime) -> str:
    """Ask to be told at an https `address`. `word`, 128 characters at most, comes back with each notification.

    Returns the id. Raises Trouble, as where the address did not answer.
    """
    told: dict[str, Any] = {
        "changeType": CHANGES,
        "notificationUrl": address,
        "lifecycleNotificationUrl": address,
        "resource": f"users/{user}/messages",
        "expirationDateTime": _moment(until),
        "clientState": word,
    }
    return str(line.do("POST", f"{line.base}/subscriptions", told)["id"])


def renew(line: Session, key: str, until: datetime) -> None:
    """Let it last until then. Raises Gone where the service knows of none, and Trouble."""
    line.do("PATCH", _place(line, key), {"expirationDateTime": _moment(until)})


def unsubscribe(line: Session, key: str) -> None:
    """End it. Raises Gone where the service knows of none, and Trouble."""
    line.do("DELETE", _place(line, key))


def _place(line: Session, key: str) -> str:
    return f"{line.base}/subscriptions/{key}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
