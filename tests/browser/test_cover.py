"""A page that stands open under cover closes by itself: in the second cover ends, and soon after it is ended."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.tests.cast import make_cast
from tests.browser.kit import IN_A_BROWSER

pytestmark = IN_A_BROWSER

LONG_ENOUGH = 60_000


@pytest.fixture
def cover(migrated):
    cast = make_cast()
    return cast, cast.cover()


@pytest.mark.hostile("F02")
@pytest.mark.parametrize("scripts", [True, False])
def test_an_open_page_closes_when_cover_ends(cover, visitor, watch, scripts):
    """F02, with JavaScript and without."""
    watch.expect("404")
    cast, granted = cover
    granted.ends_at = clock.now() + timedelta(seconds=8)
    granted.save()
    page = visitor.open("/homicide/enquiries/", user=cast.outsider, scripts=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enquiries")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cover has ended", timeout=LONG_ENOUGH)


@pytest.mark.slow
def test_an_open_page_closes_soon_after_cover_is_ended_by_hand(cover, visitor, watch, axe):
    watch.expect("404")
    cast, granted = cover
    page = visitor.open("/homicide/enquiries/", user=cast.outsider)
    with scope.acting(cast.pa, office=cast.homicide):
        services.end_cover(granted)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your cover has ended", timeout=LONG_ENOUGH)
    axe(page)
