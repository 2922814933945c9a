"""One call: who asks, of which mailbox, and how things are told to them."""

import json
import time
from dataclasses import dataclass
from typing import Any

from werkzeug import Request, Response

from emulator.graph.state import Box, Folder, Message, NotThere, Tenant, Token

METADATA = "https://graph.microsoft.com/v1.0/$metadata#"


class Refused(Exception):
    """An answer that is an error, as Graph words it."""

    def __init__(self, status: int, code: str, words: str, **headers: str):
        super().__init__(words)
        self.status, self.code, self.headers = status, code, headers

    @property
    def answer(self) -> Response:
        told = {"error": {"code": self.code, "message": str(self), "innerError": {"client-request-id": "x"}}}
        answer = Response(json.dumps(told), self.status, content_type="application/json")
        for name, value in self.headers.items():
            answer.headers[name.replace("_", "-")] = value
        return answer


@dataclass
class Call:
    """A call that was let in, and the mailbox that it is about."""

    request: Request
    tenant: Tenant
    token: Token
    box: Box

    @property
    def body(self) -> dict[str, Any]:
        raw = self.request.get_data()
        return json.loads(raw) if raw else {}

    @property
    def is_immutable(self) -> bool:
        return 'IdType="ImmutableId"' in self.request.headers.get("Prefer", "")

    @property
    def page_size(self) -> int:
        preferred = self.request.headers.get("Prefer", "").partition("odata.maxpagesize=")[2]
        digits = preferred.split(",")[0].strip()
        return int(self.request.args.get("$top") or (digits if digits.isdigit() else 10))

    @property
    def now(self) -> float:
        return time.time()

    def require(self, right: str) -> None:
        """An application needs the right; a person's own rights are looked at where they send."""
        if self.token.person is None and right not in self.token.application.rights:
            raise denied()

    def message(self, asked: str) -> Message:
        """A message by its id: the lasting one, or the one that names where it lies."""
        plain, _, place = asked.partition(".")
        found = self.box.messages.get(plain)
        if found is None or found.seen_from > self.now or (place and not found.folder.endswith(place)):
            raise Refused(404, "ErrorItemNotFound", "The specified object was not found in the store.")
        return found

    def folder(self, asked: str) -> Folder:
        try:
            return self.box.folder(asked)
        except NotThere:
            raise Refused(404, "ErrorItemNotFound", "The specified folder was not found in the store.") from None

    def id_of(self, message: Message) -> str:
        return message.id if self.is_immutable else f"{message.id}.{message.folder[-8:]}"

    def told(self, message: Message) -> dict[str, Any]:
        """A message with the properties that were asked for."""
        all_of_it = {
            "@odata.etag": f'W/"{message.change}"',
            "id": self.id_of(message),
            "changeKey": f"CQAAA{message.change}",
            "parentFolderId": message.folder,
            "conversationId": message.told.get("conversationId", f"AAQkA{message.number}"),
            **message.told,
            "hasAttachments": bool(message.attachments),
        }
        return self.chosen(all_of_it)

    def chosen(self, told: dict[str, Any]) -> dict[str, Any]:
        select = self.request.args.get("$select")
        if not select:
            return told
        kept = {"id", "@odata.etag", *select.split(",")}
        return {name: value for name, value in told.items() if name in kept}

    def link(self, path: str, **asked: str) -> str:
        told = "&".join(f"${name}={value}" for name, value in asked.items())
        return f"{self.request.host_url.rstrip('/')}{path}?{told}"


def denied() -> Refused:
    return Refused(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")


def collection(what: str, value: list[dict[str, Any]], **more: str) -> Response:
    told = {"@odata.context": f"{METADATA}{what}", "value": value}
    return as_json(told | {f"@odata.{name}": link for name, link in more.items() if link})


def as_json(told: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(told), status, content_type="application/json")


def nothing(status: int) -> Response:
    answer = Response(b"", status)
    del answer.headers["Content-Type"]
    return answer
