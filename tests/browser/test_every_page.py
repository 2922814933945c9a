"""Every page of the sample office in a real browser: sound for everyone, at a desk, on a phone, and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page

from privateoffice.desk.daypack import services as daypack
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.program.sample import load
from tests.browser.addresses import Crawl
from tests.browser.kit import IN_A_BROWSER, WIDTHS, ready

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]

BEGINNINGS = {
    Role.PA: ("/homicide/", "/keys/", "/homicide/search/?q=family"),
    Role.COMMANDER: ("/homicide/",),
    Role.ADMINISTRATOR: ("/administration/",),
}


@pytest.fixture
def office(migrated):
    """The sample office, smaller, and a day pack in it."""
    load(scale=0.02)
    office = Office.objects.get(slug="homicide")
    with scope.acting_as_system("test", office=office):
        daypack.make(office, day=clock.today())
    return office


def user_in(role: str, office: Office):
    where = None if role == Role.ADMINISTRATOR else office
    return Holding.objects.filter(office=where, role=role).select_related("person__user").first().person.user


def pages_of(user, role: str, faults: list[str]) -> list[str]:
    """One address of each kind of page that somebody can reach; what does not answer is a fault."""
    client = Client()
    client.force_login(user)
    crawl = Crawl(client, tuple(place.split("?")[0] for place in BEGINNINGS[role])).walk(*BEGINNINGS[role])
    if role == Role.PA:
        crawl.try_the_rest()
    faults += [f"{role} {fault}" for fault in crawl.faults]
    return list(crawl.pages.values())


@pytest.mark.hostile("E13")
@pytest.mark.parametrize("role", BEGINNINGS)
def test_every_page_is_sound_for_everyone(office, visitor, watch, role):
    faults: list[str] = []
    user = user_in(role, office)
    page = visitor.open(user=user)
    page.set_default_timeout(60_000)
    for address in pages_of(user, role, faults):
        look_at(page, address, faults)
        faults += [f"{role} {address}: {fault}" for fault in watch.faults]
        watch.faults.clear()
    assert "\n".join(faults) == ""


def look_at(page: Page, address: str, faults: list[str]) -> None:
    """One page: at a desk, on a phone, on a narrow phone, and dark."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1440, "height": 900})
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        faults.append(f"{address}: {answer and answer.status}")
        return
    ready(page)
    faults += broken(page, f"{address} at 1440")
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            faults.append(f"{address} at {width}: {wide} wide")
        if width == 390:
            faults += broken(page, f"{address} at 390")
    page.emulate_media(color_scheme="dark")
    faults += broken(page, f"{address} dark", only=["color-contrast"])


def broken(page: Page, where: str, only: list[str] | None = None) -> list[str]:
    """What axe finds, a line for each rule."""
    options = {"resultTypes": ["violations"], "preload": False}
    if only:
        options["runOnly"] = {"type": "rule", "values": only}
    rules = Axe().run(page, options=options).response["violations"]
    return [f"{where}: {rule['id']}: {rule['nodes'][0]['html'][:160]}" for rule in rules]
