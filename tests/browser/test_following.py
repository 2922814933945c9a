"""Following up in a real browser: by keys alone, without scripts, on a telephone, with long names."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Contribution, HoldingReply, ReplyClock
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries.models import Delivery
from tests.browser.kit import follow, ready

pytestmark = pytest.mark.browser

LONG = "Rosalind Featherstonehaugh-Quarrington-Llanfairpwllgwyngyll MP"
MEMBER = f"{LONG} <office@featherstonehaugh-quarrington.parliament.example>"
CLERK = "o.brackenhale@murder-review.example"


@pytest.fixture
def place(cast, tmp_path):
    """The address of a member's letter for which a contribution has come, and one is owed."""
    text = "Dear Commander\r\n\r\nHow often are arches out?\r\n\r\nRosalind"
    take(cast, lay(tmp_path / "m", letter("Knife arches", text, sender=MEMBER, message_id="q", days_ago=0)))
    with scope.acting(cast.pa, office=cast.homicide):
        conversation = ReplyClock.objects.select_related("record__office").get().record
        due_on = working_days.add(clock.today(), 5)
        for title in ("Send two paragraphs on arches", "Send the map"):
            said = {"title": title, "asked": "As before.", "owner_name": "DCI Brackenhale", "owner_email": CLERK}
            services.ask(conversation, due_on=due_on, **said)
        asked = Delivery.objects.order_by("pk")[0].message_id
    raw = letter("Re: arches", "They stood at four stations.", sender=CLERK, days_ago=0, in_reply_to=asked)
    take(cast, lay(tmp_path / "a", raw))
    with scope.acting_as_system("jobs", office=cast.homicide):
        correspondence.read_answers()
        assert len(services.take_in_contributions(cast.homicide)) == 1
    return conversation.get_absolute_url()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_following_up_are_whole_and_open_to_all(visitor, cast, place, axe, shoot, width):
    page = visitor.open(user=cast.pa, width=width)
    with scope.acting(cast.pa, office=cast.homicide):
        held = services.hold(ReplyClock.objects.select_related("record__office").get(record__correspondent=LONG))
        year, number = held.draft.split("/")[-2:]
        asked = Contribution.objects.order_by("pk")[0].action.split("/")[-2:]
    draft = f"/homicide/drafts/{year}/{int(number)}/"
    addresses = {
        "conversation": place,
        "kind": f"{place}kind/",
        "acknowledgement": f"{place}acknowledgement/",
        "promise": f"{place}promise/",
        "contribution": f"{place}contributions/",
        "again": f"{place}contributions/{asked[0]}/{int(asked[1])}/again/",
        "draft": draft,
        "promised": f"{draft}promised/",
        "owed": "/homicide/owed/",
        "figures": "/homicide/owed/figures/",
        "sorting": "/homicide/mail/",
    }
    for name, address in addresses.items():
        page.goto(address)
        ready(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shoot(page, f"following-{name}-{width}", whole=True)


def test_one_key_drafts_a_holding_reply_and_a_contribution_goes_into_it(visitor, cast, place):
    page = visitor.open(user=cast.pa)
    page.goto(place)
    ready(page)
    page.keyboard.press("l")
    expect(page.get_by_role("heading", level=1)).to_have_text("Re: Knife arches")
    ready(page)
    expect(page.locator("#id_text")).to_have_value(re.compile("Thank you for your letter"))
    follow(page.get_by_role("button", name="Put its words in"))
    ready(page)
    expect(page.locator("#id_text")).to_have_value(re.compile("four stations"))
    with scope.acting(cast.pa, office=cast.homicide):
        assert HoldingReply.objects.get().promised_on >= clock.today() + timedelta(days=1)


def test_the_kind_is_confirmed_by_one_press_without_scripts(visitor, cast, place):
    page = visitor.open(user=cast.pa, scripts=False)
    page.goto(place)
    follow(page.get_by_role("button", name="It is: MP or Assembly Member"))
    expect(page.get_by_text("(proposed)")).to_have_count(0)
    follow(page.get_by_role("button", name="Accept"))
    expect(page.get_by_text("Accepted", exact=True)).to_be_visible()
