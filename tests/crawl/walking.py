"""A walk through every address of an office as one person, without a browser: what each answers, byte for byte."""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

from django.db import transaction
from django.test import Client

from privateoffice.foundations.registry import house
from tests.browser.addresses import FOREIGN, Links
from tests.house import structure

TOKENS = re.compile(rb'name="(?:csrfmiddlewaretoken|once_token)" value="[^"]*"|"X-CSRFToken":"[^"]*"')
COUNTED = re.compile(
    rb" \d+ restricted records? counted, not shown\.|<h2>Not shown under cover</h2>.*?</section>", re.DOTALL
)
"""What cover is meant to be told of what is kept back: numbers, in the band and on Today."""

WRITTEN_DOWN = "/story/"
"""Whoever reads a story writes that down on its record. The walk takes that back: its next pages are alike."""

NUMBERS = range(1, 9)
QUESTIONS = 8
"""So many different questions (filters, sorts, pages, days) of one page are followed."""

SEEKING = (
    *("search/?q=", "search/hits/?q=", "enquiries/callers/?caller_name=", "actions/people/?owner=", "people/?q="),
    *("enquiries/?q=", "actions/?q=", "mail/?q=", "matters/?q=", "cover/new/?q="),
)


@dataclass
class Walk:
    """What one person finds. `answers` holds for each address the status, the type and the body."""

    client: Client
    office: str = "homicide"
    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)

    def from_the_door(self) -> "Walk":
        """Follow every link from Today, and seek for every word in every place that is asked for one."""
        waiting = [f"/{self.office}/", "/keys/"]
        while waiting:
            address = urldefrag(waiting.pop(0)).url
            path = urlsplit(address).path
            if address not in self.answers and self._is_ours(address) and self.asked[path] < QUESTIONS:
                self.asked[path] += 1
                waiting += self.ask(address)
        return self

    def ask(self, address: str) -> list[str]:
        answer = self._answer(address)
        kind = answer.get("Content-Type", "").split(";")[0]
        body = COUNTED.sub(b"", TOKENS.sub(b"", answer.getvalue()))
        told = " ".join([kind, answer.get("Content-Disposition", ""), answer.get("Location", "")]).strip()
        self.answers[address] = (answer.status_code, told, body)
        if answer.status_code in (301, 302):
            return [answer["Location"]]
        if kind != "text/html":
            return []
        links = Links(address)
        links.feed(answer.content.decode())
        return links.found

    def _answer(self, address: str):
        if not urlsplit(address).path.endswith(WRITTEN_DOWN):
            return self.client.get(address)
        with transaction.atomic():
            answer = self.client.get(address)
            transaction.set_rollback(True)
        return answer

    def seeking(self, *words: str) -> "Walk":
        for place in SEEKING:
            for word in words:
                self.ask(f"/{self.office}/{place}{word}")
        return self

    def guessing(self) -> "Walk":
        """Every address of the URL list, with the numbers of records that are there or could be."""
        for address in guesses(self.office):
            if address not in self.answers:
                self.ask(address)
        return self

    def _is_ours(self, address: str) -> bool:
        parts = urlsplit(address)
        return not (parts.netloc or parts.path.startswith(FOREIGN))

    def holding(self, *words: str) -> list[str]:
        """The addresses whose answers hold a word, in their body or their header."""
        sought = [word.lower().encode() for word in words]
        return sorted(
            address
            for address, (_, told, body) in self.answers.items()
            for word in sought
            if word in body.lower() or word in told.lower().encode()
        )


def differences(before: "Walk", after: "Walk") -> list[str]:
    """Where two walks differ: an address that is new, one that is gone, or another answer."""
    every = sorted(before.answers.keys() | after.answers.keys())
    return [
        f"{address}: {_shown(before.answers.get(address), after.answers.get(address))}"
        for address in every
        if before.answers.get(address) != after.answers.get(address)
    ]


def _shown(one, other) -> str:
    if one is None or other is None:
        return "is new" if one is None else "is gone"
    if one[:2] != other[:2]:
        return f"{one[:2]} became {other[:2]}"
    place = next((at for at, (a, b) in enumerate(zip(one[2], other[2], strict=False)) if a != b), -1)
    return f"{one[2][place - 60 : place + 40]!r} became {other[2][place - 60 : place + 40]!r}"


def guesses(office: str) -> list[str]:
    """Every address of an office with each small number in every place of a number."""
    from privateoffice.foundations.clock import clock

    year = clock.today().year
    kinds = [kind.path for kind in house.kinds()]
    found = []
    for route, _ in structure.patterns():
        if not route.startswith("<slug:office>/"):
            continue
        for number in NUMBERS:
            for path in (
                kinds if route.endswith(("<path:record>/marking/", "<path:record>/story/")) else ["enquiries"]
            ):
                address = route.replace("<slug:office>", office).replace("<int:year>", str(year))
                address = address.replace("<path:record>", f"{path}/{year}/{number}")
                address = re.sub(r"<int:(number|granted|row|delegation)>", str(number), address)
                address = re.sub(r"<int:\w+>", "1", address)
                found.append("/" + re.sub(r"<\w+:\w+>", "x", address))
    return sorted(set(found))
