"""The mailboxes' pages in a real browser: sound for everyone, wide and narrow."""

import pytest

from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes import services
from tests.browser.kit import IN_A_BROWSER
from tests.mailboxes.office import set_up

pytestmark = IN_A_BROWSER

ALL = "/administration/mailboxes/"
PAGES = {
    "mailboxes": "",
    "mailbox": "homicide/commander/",
    "mailbox-paused": "homicide/shared/",
    "mailbox-settings": "homicide/commander/settings/",
    "mailbox-pause": "homicide/commander/pause/",
    "mailbox-new": "new/",
}


@pytest.fixture
def boxes(cast, migrated):
    place = {"imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none"}
    own = set_up(
        cast,
        slug="commander",
        name="The Commander’s mailbox",
        address="imogen.calderwick@homicide.example",
        readers="commander_pa",
        place=place,
    )
    shared = set_up(cast, slug="shared", name="The office’s mailbox", address="homicide@homicide.example")
    with scope.acting(cast.administrator, office=None):
        services.try_out(own)
        services.pause(shared, reason="The server moves on Saturday.")


@pytest.mark.parametrize("width", [1440, 390])
def test_each_page_is_sound(boxes, cast, visitor, axe, shoot, width):
    page = visitor.open(user=cast.administrator, width=width)
    for name, place in PAGES.items():
        page.goto(ALL + place)
        axe(page)
        shoot(page, f"{name}-{width}", whole=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


def test_without_scripts_a_mailbox_is_paused_and_taken_up_again(boxes, cast, visitor):
    page = visitor.open(f"{ALL}homicide/commander/pause/", user=cast.administrator, scripts=False)
    page.get_by_label("Why?").fill("Leave it be for now.")
    page.get_by_role("button", name="Pause it").click()
    assert "Leave it be for now." in page.locator("main").inner_text()
    page.get_by_role("button", name="Take it up again").click()
    assert page.get_by_role("link", name="Pause").count() == 1
