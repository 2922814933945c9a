"""Subscriptions to changes: made after the listener has shown that it listens, renewed, ended, and told of.

What is posted to a listener is not in the contract. It has the shape of
https://learn.microsoft.com/graph/change-notifications-delivery-webhooks and of
https://learn.microsoft.com/graph/change-notifications-lifecycle-events.
"""

import json
import secrets
from typing import Any
from urllib.parse import quote

import httpx
from werkzeug import Request, Response

from emulator.graph.call import Refused, as_json, collection, nothing
from emulator.graph.state import Subscription, Tenant

MAY_CHANGE = {"expirationDateTime", "notificationUrl"}


def answer(request: Request, tenant: Tenant) -> Response:
    with tenant.lock:
        asked = request.path.rpartition("/subscriptions")[2].strip("/")
        told: dict[str, Any] = json.loads(request.get_data() or b"{}")
        if not asked:
            return _create(tenant, told) if request.method == "POST" else _all(tenant)
        found = tenant.subscriptions.get(asked)
        if found is None:
            raise Refused(404, "ResourceNotFound", "The subscription is not found.")
        if request.method == "DELETE":
            del tenant.subscriptions[asked]
            return nothing(204)
        if request.method == "PATCH":
            found.told.update({name: value for name, value in told.items() if name in MAY_CHANGE})
        return as_json(found.told)


def _create(tenant: Tenant, told: dict[str, Any]) -> Response:
    needed = {"changeType", "notificationUrl", "resource", "expirationDateTime"}
    if needed - set(told):
        raise Refused(400, "InvalidRequest", f"Missing: {', '.join(sorted(needed - set(told)))}.")
    for address in {told["notificationUrl"], told.get("lifecycleNotificationUrl") or told["notificationUrl"]}:
        _ask_whether_it_listens(address)
    made = Subscription(secrets.token_hex(8), {**told})
    made.told["id"] = made.id
    tenant.subscriptions[made.id] = made
    return as_json(made.told, 201)


def _ask_whether_it_listens(address: str) -> None:
    """The listener says a word back within ten seconds, as text and as it was, or nothing is subscribed."""
    word = f"Validation: <b>{secrets.token_hex(8)}</b>"
    status, kind, said = _posted(f"{address}?validationToken={quote(word)}", b"", "text/plain; charset=utf-8")
    if (status, kind.partition(";")[0], said) != (200, "text/plain", word):
        raise Refused(400, "ValidationError", "Subscription validation request failed.")


def tell(tenant: Tenant, address: str, **other: Any) -> list[int]:
    """Say to everybody who subscribed to a mailbox that a message came; returns what each answered."""
    with tenant.lock:
        every = [dict(one.told) for one in tenant.subscriptions.values()]
    return [_told(tenant, one, other) for one in every if f"users/{address}/" in one["resource"]]


def _told(tenant: Tenant, subscription: dict[str, Any], other: dict[str, Any]) -> int:
    note = {
        "subscriptionId": subscription["id"],
        "subscriptionExpirationDateTime": subscription["expirationDateTime"],
        "clientState": subscription.get("clientState"),
        "tenantId": tenant.id,
        "resource": subscription["resource"],
        "changeType": "created",
        **other,
    }
    body = json.dumps({"value": [note]}).encode()
    return _posted(subscription["notificationUrl"], body, "application/json")[0]


def _posted(address: str, body: bytes, kind: str) -> tuple[int, str, str]:
    try:
        answer = httpx.post(address, content=body, headers={"Content-Type": kind}, timeout=10, trust_env=False)
    except httpx.HTTPError:
        return 0, "", ""
    return answer.status_code, answer.headers.get("Content-Type", ""), answer.text


def _all(tenant: Tenant) -> Response:
    return collection("subscriptions", [each.told for each in tenant.subscriptions.values()])
