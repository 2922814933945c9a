"""The mailboxes' pages in a real browser: sound for everyone, wide and narrow."""

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn
from tests.browser.kit import IN_A_BROWSER, follow
from tests.mailboxes.office import set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = IN_A_BROWSER

ALL = "/administration/mailboxes/"
PAGES = {
    "mailboxes": "",
    "mailbox": "homicide/commander/",
    "mailbox-paused": "homicide/shared/",
    "mailbox-settings": "homicide/commander/settings/",
    "mailbox-pause": "homicide/commander/pause/",
    "mailbox-new": "new/",
    "mailbox-new-imap": "new/?kind=imap",
    "mailbox-new-microsoft": "new/?kind=graph",
    "mailbox-microsoft": "homicide/microsoft/",
    "mailbox-microsoft-settings": "homicide/microsoft/settings/",
    "mailbox-tenant": "homicide/microsoft/tenant/",
    "mailbox-too-far": "homicide/far/",
    "mailbox-tenant-too-far": "homicide/far/tenant/",
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
    told = {"tenant": "force.onmicrosoft.com", "client": "6f1b0d4e-5b1c-4a52-9f0e-2d1f6f0f7a11"}
    nowhere = {"login_url": "https://127.0.0.1:1", "graph_url": "https://127.0.0.1:1", "by_person": True}
    for slug in ("microsoft", "far"):
        name, address = f"The mailbox {slug}", f"{slug}.calderwick@homicide.example"
        set_up(cast, kind="graph", slug=slug, name=name, address=address, place=told | nowhere)
    with scope.acting(cast.administrator, office=None):
        Mailbox.objects.filter(slug="far").update(reaches_too_far=True, probed_at=clock.now())
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
    follow(page.get_by_role("button", name="Pause it"))
    assert "Leave it be for now." in page.locator("main").inner_text()
    follow(page.get_by_role("button", name="Take it up again"))
    assert page.get_by_role("link", name="Pause").count() == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_of_ones_own_sign_ins_is_sound(boxes, cast, visitor, axe, shoot, width):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        far = Mailbox.objects.get(slug="far")
        SignedIn.objects.create(
            office=cast.homicide, mailbox=far, actor=acting.actor, account="pa@force.onmicrosoft.com"
        )
    page = visitor.open("/homicide/microsoft-365/", user=cast.pa, width=width)
    axe(page)
    shoot(page, f"own-sign-ins-{width}", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    said = page.locator("main").inner_text()
    assert "pa@force.onmicrosoft.com" in said
    assert "127.0.0.1:1 cannot be reached" in said


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_goes_to_microsoft_and_comes_back_signed_in(cast, visitor, graph, shoot, scripts):  # noqa: F811
    """The way there and back crosses from one site to another, so the session has to outlive that."""
    graph.tenant.add_box(cast.pa.email)
    set_up(cast, kind="graph", word=SECRET, place={**graph.place, "by_person": True})
    page = visitor.open("/homicide/microsoft-365/", user=cast.pa, scripts=scripts, ignore_https_errors=True)
    page.get_by_role("link", name="Sign in with Microsoft").click()
    page.wait_for_url("**/homicide/microsoft-365/")
    page.get_by_text(f"Signed in as {cast.pa.email}").first.wait_for()
    shoot(page, f"signed-in-{scripts}")
    follow(page.get_by_role("button", name="Forget it here"))
    assert "Not signed in" in page.locator("main").inner_text()
