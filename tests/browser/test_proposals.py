"""Proposals of rules in the list of mail: one tap on the telephone, one key at the desk."""

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Disposition, Filing, Way
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from tests.browser.kit import follow, ready

pytestmark = pytest.mark.browser

MAIL = "/homicide/mail/"


@pytest.fixture
def bulletins(cast, migrated, tmp_path):
    named = "with a subject that is so long that no list can show the whole of it, whatever its width"
    mails = [letter(f"Crime bulletin {at} {named}", days_ago=at) for at in range(1, 4)]
    take(cast, lay(tmp_path / "mail", *mails, letter("A question", days_ago=5)))
    with scope.acting(cast.pa, office=cast.homicide):
        rule = services.keep_rule(
            name="Bulletins that come each week", words="crime bulletin", way=Way.FILED, filed_as=Filing.MEETING
        )
        services.switch_on(services.try_rule(rule))


def settled(cast) -> list[str]:
    with scope.acting(cast.pa, office=cast.homicide):
        return [one.by_rule for one in Disposition.objects.all()]


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_proposal_is_taken_with_one_tap_in_the_list(visitor, cast, bulletins, axe, shoot, width, scripts):
    page = visitor.open(MAIL, user=cast.pa, width=width, scripts=scripts)
    taking = page.get_by_role("list", name="What is to sort").get_by_role("button", name="As proposed")
    expect(taking).to_have_count(3)
    if scripts:
        axe(page)
        shoot(page, f"proposals-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    follow(taking.nth(1))
    expect(taking).to_have_count(2)
    expect(page.get_by_text("proposed: Crime bulletin 2")).to_be_visible()
    assert settled(cast) == ["Bulletins that come each week"]


def test_a_proposal_is_taken_with_one_key(visitor, cast, bulletins):
    page = visitor.open(MAIL, user=cast.pa)
    for _ in range(3):
        with page.expect_navigation():
            page.keyboard.press("y")
        ready(page)
    assert len(settled(cast)) == 3
    expect(page.get_by_role("button", name="As proposed")).to_have_count(0)
