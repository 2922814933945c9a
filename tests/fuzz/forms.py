"""Every form of the house, posted by every role with values that no browser would send."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.crawl.walking import guesses
from tests.house import structure

FIELDS = re.compile(rb'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')
ROLES = ("pa", "staff_officer", "commander", "reader", "slt_member", "outsider", "administrator")
VALUES = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "x" * 1_000_000,
    "-1",
    "0",
    "99999999999999999999999",
    "1e400",
    "NaN",
    "null",
    "[]",
    '{"a": 1}',
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "25:61",
    "' OR 1=1 --",
    "%s%n{0}{{7*7}}",
    "<script>alert(1)</script>",
    "\u202e\u200b\ufeff",
    "../../etc/passwd",
    "HOM/ENQ/2026/9999",
    "PRO/ENQ/2026/0001",
    "http://127.0.0.1:9/",
    "a@b\r\nBcc: c@d.example",
    "\r\n\r\n",
)
USUAL = (
    *("title", "text", "asked", "kind", "owner", "office", "role", "marking", "version", "seen", "reason"),
    *("number", "record", "matter", "day", "starts_at", "ends_at", "due_on", "to", "subject", "person", "file"),
)
NEVER = ("/health/", "/sign-in/out/", "/sign-in/sessions/end/", "/sign-in/outside/")
"""Health is ill on purpose without a worker; signing out ends what is tried; the provider is elsewhere."""


@dataclass
class Finding:
    """A form that broke: who sent what to where."""

    who: str
    address: str
    said: dict
    status: int

    def __str__(self) -> str:
        shown = {name: repr(value)[:60] for name, value in self.said.items()}
        return f"{self.status} for {self.who} at {self.address}: {shown}"


@dataclass
class Forms:
    """What is tried, from one seed, so that a finding can be had again."""

    chance: random.Random
    sent: int = 0
    findings: list[Finding] = field(default_factory=list)

    def addresses(self, office: str) -> list[str]:
        """Every address of an office, with small numbers, and every address of the house."""
        house = [
            "/" + re.sub(r"<(?:int|slug|str|path):\w+>", "1", route)
            for route, _ in structure.patterns()
            if "<slug:office>" not in route and "(?" not in route
        ]
        return [one for one in [*guesses(office), *house] if not one.startswith(NEVER)]

    def post(self, client: Client, who: str, address: str) -> int:
        said = self.said_at(client, address)
        try:
            answer = client.post(address, said)
        except UnicodeEncodeError:  # a lone surrogate that the wire cannot carry: as bytes that are no UTF-8
            said = {name: _carried(value) for name, value in said.items()}
            answer = client.post(address, said)
        self.sent += 1
        if answer.status_code >= 500:
            self.findings.append(Finding(who, address, said, answer.status_code))
        return answer.status_code

    def said_at(self, client: Client, address: str) -> dict:
        page = client.get(address)
        body = page.getvalue() if page.get("Content-Type", "").startswith("text/html") else b""
        names = sorted({name.decode() for name in FIELDS.findall(body)} - {"csrfmiddlewaretoken"}) or list(USUAL)
        return {name: value for name in names for value in self._values() if self.chance.random() < 0.8}

    def _values(self) -> Iterator:
        turn = self.chance.random()
        if turn < 0.1:
            yield [self.chance.choice(VALUES[:1] + VALUES[6:]) for _ in range(3)]
        elif turn < 0.2:
            yield SimpleUploadedFile(
                "../a\x00.xlsx", self.chance.choice([b"", b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 99])
            )
        else:
            yield self.chance.choice(VALUES if turn > 0.25 else VALUES[5:6])


def _carried(value):
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass").decode("latin-1")
    return [_carried(one) for one in value] if isinstance(value, list) else value
