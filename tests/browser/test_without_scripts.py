"""The main acts in a browser without JavaScript: log, resolve, assign, approve, put off."""

import pytest
from playwright.sync_api import Page, expect

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Record
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals.tests.samples import offered
from tests.browser.kit import IN_A_BROWSER

pytestmark = IN_A_BROWSER

ASKED = "Who signs for the loan car?"


@pytest.fixture
def plain(cast, visitor):
    """A way to open a page as the PA, or as somebody else, without scripts."""

    def open_page(address: str, user=None) -> Page:
        return visitor.open(address, user=user or cast.pa, scripts=False)

    return open_page


@pytest.fixture
def enquiry(cast):
    """An enquiry that is to be answered today, and so stands on Today."""
    with scope.acting(cast.pa, office=cast.homicide):
        logged = enquiries.log(title=ASKED, asked=ASKED, channel="phone", kind=EnquiryKind.objects.first())
        enquiries.promise(logged, due_at=clock.closing(clock.today()), reason="They wait")
        return logged


def kept(cast, model: type[Record]):
    """The one record of a kind that the office keeps."""
    with scope.acting(cast.pa, office=cast.homicide):
        return model.objects.get()


def test_a_call_is_logged(cast, plain):
    page = plain("/homicide/enquiries/new/")
    page.get_by_label("What they ask").fill(ASKED)
    page.get_by_role("button", name="Log it").click()
    expect(page.locator("h1")).to_have_text(ASKED)
    assert kept(cast, Enquiry).asked == ASKED


@pytest.mark.hostile("E13")
def test_an_enquiry_is_resolved_from_its_line_on_today(cast, plain, enquiry):
    page = plain("/homicide/")
    page.get_by_role("link", name="Resolve").click()
    page.get_by_label("What were they told?").fill("The Staff Officer")
    page.get_by_role("button", name="Resolve").click()
    expect(page.locator("main")).to_contain_text("The Staff Officer")
    with scope.acting(cast.pa, office=cast.homicide):
        assert Enquiry.objects.get().closing.words == "The Staff Officer"


def test_an_action_is_assigned_to_somebody_found_by_name(cast, plain):
    page = plain("/homicide/actions/new/")
    page.get_by_label("What is to be done").fill("Say who signs")
    page.get_by_label("or a person").fill("Holloweth")
    page.get_by_label("By when").fill(working_days.next(clock.today()).isoformat())
    page.get_by_role("button", name="Assign").click()
    expect(page.locator("h1")).to_have_text("Say who signs")
    assert kept(cast, Action).owner_id == cast.slt_member.person_id


def test_a_letter_is_approved(cast, plain):
    with scope.acting(cast.pa, office=cast.homicide):
        letter = offered()
    page = plain("/homicide/", user=cast.commander)
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").first).to_contain_text("Approved")
    with scope.acting(cast.pa, office=cast.homicide):
        assert type(letter).objects.approved().get() == letter


def test_a_line_of_today_is_put_off_and_brought_back(plain, enquiry):
    page = plain("/homicide/")
    line = page.locator(".po-row", has_text=ASKED)
    line.get_by_role("link", name="Put off").click()
    page.get_by_role("button", name="Put off").click()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Bring back").click()
    expect(line).to_have_count(1)
