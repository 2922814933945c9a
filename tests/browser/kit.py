"""What tests in a real browser share: Chromium, somebody signed in, a watch on the page, axe, pictures.

A page fails its test for any error in the console, any breach of the content policy, and any request that
leaves this machine. PRIVATE_OFFICE_SHOTS names a folder for pictures; without it none are made.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
LOOPBACK = re.compile(r"^(data:|blob:|about:|https?://(localhost|127\.0\.0\.1|\[::1\])[:/])")

IN_A_BROWSER = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
"""The marks of every such test: the server's thread needs real transactions."""

WIDTHS = {1440: 900, 1024: 768, 390: 844, 320: 640}
"""The widths at which every page is looked at, with a height that goes with each."""


@dataclass
class Watch:
    """Everything on a page that nobody should ever see."""

    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.add_init_script(
            "addEventListener('securitypolicyviolation', e => console.error('policy breach: ' + e.violatedDirective + ' ' + e.blockedURI))"  # noqa: E501
        )
        page.on("console", lambda said: self.note(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.note(str(error)))
        page.on("request", lambda asked: None if LOOPBACK.match(asked.url) else self.note(f"left us: {asked.url}"))

    def note(self, fault: str) -> None:
        if not any(words in fault for words in self.expected):
            self.faults.append(fault)

    def expect(self, words: str) -> None:
        """Let a fault with these words pass, such as the 404 that a test asks for."""
        self.expected.append(words)


@pytest.fixture(scope="session")
def _django_beside_playwright():
    """Playwright's own loop runs in this thread; Django must not take it for an asynchronous view."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


Rows = dict[str, tuple[list[str], list[tuple]]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Rows:
    """What migrations wrote, table by table. Read as it lies: records cannot be read without a scope."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        rows: Rows = {}
        for table in connection.introspection.django_table_names(only_existing=True):
            if table.startswith(("django_", "auth_")):
                continue  # Django writes these again by itself
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found = cursor.fetchall()
            if found:
                rows[table] = ([column[0] for column in cursor.description], found)
        return rows


@pytest.fixture
def migrated(django_db_setup, transactional_db):
    """The data of migrations, put back: a test with real transactions empties every table when it ends."""
    put_back(django_db_setup)


def put_back(migrated: Rows) -> None:
    """Write what migrations wrote into every table that a test with real transactions has emptied."""
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        for table, (columns, rows) in migrated.items():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT COUNT(*) FROM {name}")
            if cursor.fetchone()[0]:
                continue
            names = ", ".join(connection.ops.quote_name(column) for column in columns)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {name} ({names}) VALUES ({places})", rows)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM:
        pytest.skip("Chromium was not found on this machine")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


def ready(page: Page) -> None:
    """Wait until the page's scripts have started, where it has any."""
    page.locator("html[data-ready], html:not(:has(script[type=module]))").wait_for(state="attached")


def follow(way: Locator) -> None:
    """Press what leads to another page, and wait until that page has come."""
    with way.page.expect_navigation():
        way.click()


@dataclass
class Visitor:
    """Opens pages of the live server, one browser context for each, all of them watched."""

    browser: Browser
    server: str
    watch: Watch
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(self, path: str = "", *, user=None, width: int = 1440, scripts: bool = True, **options) -> Page:
        """A new page; `user` is signed in by a session, `scripts=False` is a browser without JavaScript."""
        options.setdefault("viewport", {"width": width, "height": WIDTHS.get(width, 900)})
        context = self.browser.new_context(
            base_url=self.server, java_script_enabled=scripts, locale="en-GB", **options
        )
        self.contexts.append(context)
        if user:
            self.sign_in(context, user)
        page = context.new_page()
        self.watch.over(page)
        if path:
            page.goto(path)
        if path and scripts:
            ready(page)
        return page

    def sign_in(self, context: BrowserContext, user) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.server}])


@pytest.fixture
def watch() -> Iterator[Watch]:
    """The watch over this test's pages; what it noted fails the test at the end."""
    watch = Watch()
    yield watch
    assert watch.faults == []


@pytest.fixture
def visitor(_django_beside_playwright, browser, migrated, live_server, watch) -> Iterator[Visitor]:
    visitor = Visitor(browser, live_server.url, watch)
    yield visitor
    for context in visitor.contexts:
        context.close()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """axe(page): no rule of WCAG 2.2 and no best practice is broken.

    Without preload: that copies stylesheets about the page, which the policy forbids.
    """

    def check(page: Page) -> None:
        broken = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
        said = [
            f"{rule['id']}: {rule['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for rule in broken
            for node in rule["nodes"][:3]
        ]
        assert said == []

    return check


@pytest.fixture
def shoot() -> Callable[..., None]:
    """shoot(page, "01-today"): a picture into PRIVATE_OFFICE_SHOTS, where that is set."""
    folder = os.environ.get("PRIVATE_OFFICE_SHOTS")

    def take(page: Page, name: str, *, whole: bool = False) -> None:
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=whole)

    return take
