"""The double click, the back button and two tabs, with and without scripts: one effect."""

import pytest
from playwright.sync_api import Page, expect

from privateoffice.foundations.offices import scope
from privateoffice.rooms.enquiries.models import Enquiry
from tests.browser.kit import IN_A_BROWSER

pytestmark = IN_A_BROWSER

ASKED = "Who signs for the loan car?"
NEW = "/homicide/enquiries/new/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request) -> bool:
    return request.param


@pytest.fixture
def form(cast, visitor, scripts) -> Page:
    page = visitor.open(NEW, user=cast.pa, scripts=scripts)
    page.get_by_label("What they ask").fill(ASKED)
    return page


def count(cast) -> int:
    with scope.acting(cast.pa, office=cast.homicide):
        return Enquiry.objects.count()


@pytest.mark.hostile("A17", "E08")
def test_a_double_click_logs_one_enquiry(cast, form):
    form.get_by_role("button", name="Log it").dblclick(no_wait_after=True)
    expect(form.locator("h1")).to_have_text(ASKED)
    assert count(cast) == 1


def test_back_and_pressed_again_logs_one_enquiry(cast, form, watch):
    watch.expect("409")
    form.get_by_role("button", name="Log it").click()
    expect(form.locator("h1")).to_have_text(ASKED)
    form.go_back()
    form.get_by_label("What they ask").fill(ASKED)
    form.get_by_role("button", name="Log it").click()
    expect(
        form.get_by_role("link", name="See what it made").or_(form.locator("h1", has_text=ASKED))
    ).to_be_visible()
    assert count(cast) == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_a_second_tab_with_the_very_same_is_asked_about(cast, visitor, form, watch, axe, shoot, width):
    watch.expect("409")
    other = form.context.new_page()
    watch.over(other)
    other.set_viewport_size({"width": width, "height": 844})
    other.goto(form.url)
    other.get_by_label("What they ask").fill(ASKED)
    form.get_by_role("button", name="Log it").click()
    expect(form.locator("h1")).to_have_text(ASKED)
    other.get_by_role("button", name="Log it").click()
    expect(other.locator("h1")).to_have_text("You sent the very same a moment ago")
    shoot(other, f"twin-{width}", whole=True)
    assert count(cast) == 1
    other.get_by_role("link", name="See what it made").click()
    expect(other.locator("h1")).to_have_text(ASKED)


def test_the_form_changed_after_it_was_sent_is_a_conflict_with_a_way_on(
    cast, visitor, form, watch, axe, shoot, scripts
):
    watch.expect("409")
    token = form.locator("main [name=once_token]").first.input_value()
    form.get_by_role("button", name="Log it").click()
    expect(form.locator("h1")).to_have_text(ASKED)
    again = visitor.open(NEW, user=cast.pa)
    again.locator("main [name=once_token]").first.evaluate("(field, token) => (field.value = token)", token)
    again.get_by_label("What they ask").fill("Who signs for the van?")
    again.get_by_role("button", name="Log it").click()
    expect(again.locator("h1")).to_have_text("This form was sent already")
    axe(again)
    shoot(again, "conflict-1440", whole=True)
    assert count(cast) == 1
    again.get_by_role("button", name="Send as another one").click()
    expect(again.locator("h1")).to_have_text("Who signs for the van?")
    assert count(cast) == 2
