"""Approvals and the outbox in a real browser: one tap on a phone, sound for everyone, without scripts."""

from datetime import timedelta

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.approvals.tests.samples import offered
from privateoffice.spine.deliveries import services as deliveries

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = """Dear Ms Prestwood

Thank you for your letter of 6 November, and for your patience. I am sorry that this reply is late.

You asked who supports the family now that their liaison officer has changed. A new officer met them on \
12 November and will see them each week for as long as they wish.

Yours sincerely"""


@pytest.fixture
def office(cast, settings, tmp_path):
    """An office on a working day: two letters wanted, one returned, one approved, and the outbox in use."""
    settings.FILES_DIR, settings.OUTBOX_DIR = tmp_path / "files", tmp_path / "outbox"
    type(cast.homicide).objects.update(is_sample=True)
    with scope.acting(cast.pa, office=cast.homicide):
        cast.letter = offered(
            text=TEXT,
            summary="Names the new liaison officer, weekly visits, and apologises for the telephone call.",
            recommendation="approve. Cleared by DS Fennimarsh; nothing changed since",
            due_at=clock.now() - timedelta(hours=2),
        )
        offered(title="Speak at Northmere", item_class="mail", due_at=clock.now() + timedelta(days=3))
        returned, approved = offered(title="Note to the Mayor's office"), offered(title="Thanks to the volunteers")
        delivery = deliveries.post(
            sender=Sender("Homicide private office", "office@homicide.example", "pa"),
            recipients=[Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")],
            subject="Papers for Friday",
            text="Attached.",
        )
        deliveries.hold(delivery, reason="Ask the Commander first")
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.return_with_note(returned, note="Say when we met them, and who was there.")
        approvals.approve(approved, fingerprint=approved.offer.fingerprint)
    with (
        clock.stopped_at(clock.now() + timedelta(minutes=1)),
        scope.acting_as_system("outbox", office=cast.homicide),
    ):
        deliveries.send_due()
    with (
        clock.stopped_at(clock.now() + timedelta(minutes=2)),
        scope.acting_as_system("outbox", office=cast.homicide),
    ):
        deliveries.send_due()
    cast.held = delivery
    return cast


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_page_is_sound(office, visitor, axe, shoot, width, theme):
    pages = {
        "decisions": (office.commander, "/homicide/approvals/"),
        "approval": (office.commander, office.letter.get_absolute_url()),
        "return": (office.commander, f"{office.letter.get_absolute_url()}return/"),
        "delegations": (office.commander, "/homicide/approvals/delegations/"),
        "approvals": (office.pa, "/homicide/approvals/"),
        "offer": (office.pa, "/homicide/approvals/new/"),
        "outbox": (office.pa, "/homicide/deliveries/"),
        "delivery": (office.pa, office.held.get_absolute_url()),
    }
    for name, (user, path) in pages.items():
        page = visitor.open(path, user=user, width=width, color_scheme=theme)
        axe(page)
        shoot(page, f"{name}-{width}-{theme}", whole=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


@pytest.mark.parametrize("scripts", [True, False])
def test_the_commander_approves_with_one_tap_on_a_phone(office, visitor, scripts):
    page = visitor.open("/homicide/approvals/", user=office.commander, width=390, scripts=scripts)
    page.locator(".po-decision").first.get_by_role("button", name="Approve").click()
    page.get_by_role("heading", name="1 decision wanted").wait_for()
    with scope.acting(office.pa, office=office.homicide):
        assert approvals.standing_approval(office.letter).approver == office.commander.person


def test_y_approves_what_is_open(office, visitor):
    page = visitor.open(office.letter.get_absolute_url(), user=office.commander)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("y")
    page.get_by_role("heading", name="1 decision wanted").wait_for()
