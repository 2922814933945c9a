"""Merging two conversations and splitting one in a real browser: by keyboard, at every width, and back again."""

import re

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take
from tests.browser.kit import follow

pytestmark = pytest.mark.browser

LONG = "Speaking at the regional conference of senior investigating officers on exhibits, disclosure and families"


@pytest.fixture
def badge(cast, tmp_path):
    folder = lay(
        tmp_path / "mail",
        letter(LONG, message_id=1, days_ago=4),
        answer(1, f"Re: {LONG}", message_id=2, days_ago=3, text="And while I write: who keeps the badge?"),
        letter("The badge", message_id=3, days_ago=2),
    )
    take(cast, folder)
    with scope.acting(cast.pa, office=cast.homicide):
        return Conversation.objects.get(title="The badge").get_absolute_url()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_conversation_is_merged_by_keyboard_and_taken_back(visitor, cast, axe, shoot, badge, width):
    page = visitor.open(badge, user=cast.pa, width=width)
    with page.expect_navigation():
        page.keyboard.press("m")
    expect(page.get_by_text("With the same correspondent")).to_be_visible()
    page.get_by_label("Its reference, or words of its subject").fill("exhibits conference")
    follow(page.get_by_role("button", name="Find"))
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"merging-{width}")
    follow(page.get_by_role("button", name="Merge into the one chosen"))
    expect(page.get_by_role("heading", level=1)).to_have_text(LONG)
    expect(page.get_by_text(re.compile("It took in all mail of"))).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"merged-{width}")
    follow(page.get_by_role("button", name="Take it back"))
    expect(page.get_by_role("heading", level=1)).to_have_text("The badge")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_mail_is_split_off(visitor, cast, axe, shoot, badge, width, scripts):
    with scope.acting(cast.pa, office=cast.homicide):
        place = Conversation.objects.get(title=LONG).get_absolute_url()
    page = visitor.open(place, user=cast.pa, width=width, scripts=scripts)
    follow(page.locator("#message-2").get_by_role("link", name="Split off from here"))
    if scripts:
        axe(page)
        shoot(page, f"splitting-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    follow(page.get_by_role("button", name="Split it off"))
    expect(page.get_by_text("It was split off from")).to_be_visible()
