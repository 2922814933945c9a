"""Calls to the emulator as any client would make them, over httpx and WSGI."""

from typing import Any

import httpx

from emulator.graph.app import Emulator
from emulator.graph.state import Tenant

BOX, OTHER = "pa@force.example", "chief@force.example"
IMMUTABLE = {"Prefer": 'IdType="ImmutableId"'}
RAW = b"From: A <a@x.example>\r\nTo: pa@force.example\r\nSubject: Hello\r\n"
RAW += b"Message-ID: <m%d@x.example>\r\n\r\nHi.\r\n"


class Client:
    """A client with the token of the application, held to one mailbox."""

    def __init__(self) -> None:
        tenant = Tenant()
        tenant.add_box(BOX)
        tenant.add_box(OTHER)
        tenant.add_application("app", "word", held_to={BOX})
        self.emulator = Emulator(tenant)
        self.tenant, self.box = tenant, tenant.box(BOX)
        self.http = httpx.Client(
            transport=httpx.WSGITransport(app=self.emulator), base_url="https://graph.microsoft.com"
        )
        asked = {"client_id": "app", "client_secret": "word", "grant_type": "client_credentials", "scope": "x"}
        told = self.http.post(f"/{tenant.name}/oauth2/v2.0/token", data=asked).json()
        self.headers = {"Authorization": f"Bearer {told['access_token']}"} | IMMUTABLE

    def call(self, method: str, path: str, body: Any = None, box: str = BOX, **headers: str) -> httpx.Response:
        url = path if path.startswith("https:") else f"/v1.0/users/{box}{path}"
        more = {"json": body} if body is not None else {}
        return self.http.request(method, url, headers=self.headers | headers, **more)

    def get(self, path: str, **headers: str) -> Any:
        answer = self.call("GET", path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def deliver(self, count: int = 1) -> None:
        from emulator.graph.mime import told_of

        for number in range(count):
            raw = RAW % (len(self.box.messages) + number)
            told, files = told_of(raw)
            self.box.add("inbox", told, raw=raw, attachments=files)

    def changes(self, link: str = "/mailFolders/inbox/messages/delta", **headers: str) -> tuple[list[Any], str]:
        """All that a delta tells, over its pages, and the link for next time."""
        told: list[Any] = []
        while True:
            page = self.get(link, **headers)
            told += page["value"]
            link = page.get("@odata.nextLink", "")
            if not link:
                return told, page["@odata.deltaLink"]
