"""All of other people's mail in a real browser: opened, answered, found, and given back as it came."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Message
from privateoffice.spine.letters.models import Draft

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("PRIVATE_OFFICE_CORPORA", ROOT.parent / "shared" / "corpora")) / "mail"
MESSAGES_A_PAGE, MOST_PAGES = 20, 20
RUNS = """() => [...document.querySelectorAll('*')].filter(one => one.localName === 'script'
    || [...one.attributes].some(said => said.name.startsWith('on') || /^\\s*javascript:/i.test(said.value))
    ).length"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora are not on this machine"),
]


@pytest.fixture
def messages(cast) -> list[Message]:
    with scope.acting_as_system("import", office=cast.homicide):
        services.take_in(messages_in(CORPUS), source="corpus")
    with scope.acting(cast.pa, office=cast.homicide):
        return list(
            Message.objects.select_related("record__office", "original").order_by("record", "-at", "-number")
        )


@dataclass
class Seen:
    """What one page of the browser asked for and did while mail was opened in it."""

    server: str
    strayed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    bodies: set[str] = field(default_factory=set)

    def over(self, page: Page) -> None:
        page.on("request", lambda asked: self._ask(asked.url))
        page.on("response", lambda said: said.status >= 400 and self.refused.append(f"{said.status} {said.url}"))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.context.on("page", lambda opened: self.strayed.append(f"a window of its own: {opened.url}"))

    def _ask(self, url: str) -> None:
        if url.endswith("/body/"):
            self.bodies.add(url.removeprefix(self.server).removesuffix("body/"))
        if not url.startswith((f"{self.server}/", "data:image/", "about:")):
            self.strayed.append(url)


@pytest.mark.hostile("A01", "A02", "A03", "A04")
def test_every_message_opens_and_nothing_of_it_runs_or_leaves(visitor, cast, messages):
    page = visitor.open(user=cast.pa)
    seen = Seen(visitor.server)
    seen.over(page)
    shown = [number for address in pages_of(messages) for number in open_page(page, address)]
    assert len(shown) == len(set(shown)) == len(messages) > 150
    assert seen.bodies == {message.address for message in messages if message.has_html}
    assert (seen.strayed, seen.refused, seen.dialogs) == ([], [], [])


def pages_of(messages: list[Message]) -> Iterator[str]:
    """The address of each page that shows messages, twenty of one conversation at a time."""
    counts: dict[str, int] = {}
    for message in messages:
        address = message.record.get_absolute_url()
        counts[address] = counts.get(address, 0) + 1
    for address, count in counts.items():
        yield from (f"{address}?page={number}" for number in range(1, (count - 1) // MESSAGES_A_PAGE + 2))


def open_page(page: Page, address: str) -> list[str]:
    """Open a page of a conversation and every message on it as it was laid out; gives what was shown."""
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    title = page.title()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for number in range(page.locator("iframe.po-body").count()):
        look_into(page, number, address)
    assert page.title() == title, address
    assert page.locator("article script").count() == 0, address
    names = page.locator("article.po-message").evaluate_all("all => all.map(one => one.id)")
    return [f"{address.partition('?')[0]} {name}" for name in names]


def look_into(page: Page, number: int, address: str) -> None:
    """Bring a message's own page on the screen, where it is fetched and drawn, and look for what could run."""
    held = page.locator("iframe.po-body").nth(number)
    held.scroll_into_view_if_needed()
    frame = held.element_handle().content_frame()
    assert frame is not None
    frame.wait_for_url("**/body/")
    frame.wait_for_load_state("load")
    assert frame.url.startswith(page.url.partition("?")[0]), address
    assert frame.evaluate(RUNS) == 0, address


def test_every_ask_is_answered_and_every_original_given_as_it_came(cast, messages):
    client = Client()
    client.force_login(cast.pa)
    came = {hashlib.sha256(b"".join(one.pieces())).hexdigest() for one in messages_in(CORPUS)}
    for message in messages:
        given = client.get(f"{message.address}original/").content
        assert hashlib.sha256(given).hexdigest() == message.original.digest, message.place
        assert message.original.digest in came, message.place
    with scope.acting(cast.pa, office=cast.homicide):
        names = [ask.name for ask in Ask.objects.select_related("record", "message")]
    assert len(names) > 150
    for name in names:
        begun = client.post(f"/homicide/drafts/begin/?ask={name}&how=reply", follow=True)
        assert begun.status_code == 200, name
        assert b"What it answers" in begun.content, name
    with scope.acting(cast.pa, office=cast.homicide):
        assert Draft.objects.open().count() == len(names)


def test_every_message_is_found_by_words_of_its_own(cast, messages):
    client = Client()
    client.force_login(cast.pa)
    unfound = [
        message.place
        for message in messages
        if (said := words_of(message)) and not is_found(client, message, said)
    ]
    assert unfound == []


def words_of(message: Message) -> str:
    """Up to four words that the message holds itself, of its subject or, without any, of its text."""
    for text in (message.subject, message.text[:2000]):
        if words := re.findall(r"(?<!\S)[^\W\d_]{4,20}(?!\S)", text):
            return " ".join(words[:4])
    return ""


def is_found(client: Client, message: Message, said: str) -> bool:
    address = message.record.get_absolute_url()
    for number in range(1, MOST_PAGES):
        page = client.get("/homicide/search/", {"q": said, "kind": "mail", "page": number}, follow=True)
        assert page.status_code == 200, said
        if address in page.content.decode():
            return True
        if f"page={number + 1}" not in page.content.decode():
            return False
    return False
