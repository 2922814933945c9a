"""Subscriptions to changes: made after the listener has shown that it listens, renewed, ended."""

import json
import secrets
from typing import Any

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
    made = Subscription(secrets.token_hex(8), {**told})
    made.told["id"] = made.id
    tenant.subscriptions[made.id] = made
    return as_json(made.told, 201)


def _all(tenant: Tenant) -> Response:
    return collection("subscriptions", [each.told for each in tenant.subscriptions.values()])
