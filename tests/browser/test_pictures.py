"""Pictures on other machines in a real browser: none before the click, and no request ever leaves the page."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.tests.letters import lay, take
from privateoffice.spine.correspondence.tests.test_pictures import as_html
from tests.browser.kit import follow
from tests.servers.pictures import stranger  # noqa: F401

pytestmark = pytest.mark.browser

PATHS = ("/logo.png", "/photo.jpg", "/pixel.gif", "/vector.svg", "/to-metadata.png")


@pytest.fixture
def message(cast, tmp_path, stranger, settings):  # noqa: F811
    settings.PICTURES_BESIDE = [stranger.place]
    take(cast, lay(tmp_path / "mail", as_html(*map(stranger.at, PATHS), subject="What our new badge looks like")))
    with scope.acting(cast.pa, office=cast.homicide):
        return Message.objects.select_related("record__office").get()


@pytest.mark.hostile("A04")
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_pictures_are_asked_for_by_the_office_and_never_by_the_page(
    visitor, cast, axe, shoot, message, stranger, width, scripts  # noqa: F811
):  # fmt: skip
    asked = []
    page = visitor.open(user=cast.pa, width=width, scripts=scripts)
    page.on("request", lambda one: asked.append(one.url) if not one.url.startswith("data:") else None)
    page.goto(message.record.get_absolute_url())
    page.locator("#message-1 summary").click()
    frame = page.frame_locator("#message-1 iframe")
    expect(frame.get_by_text("Dear all")).to_be_attached()
    expect(frame.locator("img[src]")).to_have_count(0)
    assert stranger.asked == []
    if scripts:
        axe(page)
        shoot(page, f"pictures-before-{width}")

    follow(page.get_by_role("button", name="Show pictures for this message"))
    expect(page.get_by_text(re.compile("2 pictures fetched by the office and drawn"))).to_be_visible()
    expect(page.get_by_text(re.compile("3 pictures left out"))).to_be_visible()
    frame = page.frame_locator("#message-1 iframe")
    expect(frame.locator("img[src^='data:image/']")).to_have_count(2)
    assert frame.locator("img[src^='data:']").first.evaluate("one => one.naturalWidth") == 40
    assert sorted(stranger.paths) == sorted(PATHS)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if scripts:
        axe(page)
        shoot(page, f"pictures-after-{width}")
    here = urlsplit(visitor.server).netloc
    assert {urlsplit(url).netloc for url in asked} == {here}
