"""A passkey in a real browser, with an authenticator that Chromium plays: set up, used, shown again, removed."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.confirming import CONFIRMED_AT
from privateoffice.foundations.offices.models import Holding
from privateoffice.foundations.offices.tests.cast import make_cast
from tests.browser.kit import IN_A_BROWSER, follow, ready

pytestmark = IN_A_BROWSER

PASSWORD = "three odd words together"


@pytest.fixture
def delphine(migrated):
    user = make_cast().pa
    user.email = "delphine@example.org"
    user.set_password(PASSWORD)
    user.save()
    return user


def with_authenticator(page):
    """Give the browser a finger that is always right."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    said = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": said})
    return devtools, made["authenticatorId"]


def sign_in_by_password(page):
    page.goto("/sign-in/")
    page.get_by_label("Email").fill("delphine@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/homicide/")


def set_up(page):
    page.goto("/sign-in/second-factor/webauthn/add/")
    if "again" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        follow(page.get_by_role("button", name="Confirm"))
    ready(page)
    page.get_by_label("Name").fill("My desk")


def test_a_passkey_signs_in_by_itself_and_is_removed(delphine, visitor, axe, shoot):
    page = visitor.open()
    with_authenticator(page)
    sign_in_by_password(page)
    set_up(page)
    axe(page)
    shoot(page, "passkey-set-up")
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/recovery-codes/**")
    axe(page)
    kept = Authenticator.objects.get(user=delphine, type="webauthn")
    assert kept.data["credential"]["clientExtensionResults"]["credProps"]["rk"] is True
    page.goto("/sign-in/second-factor/")
    axe(page)
    shoot(page, "how-you-sign-in")
    page.goto("/sign-in/out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    ready(page)
    axe(page)
    shoot(page, "sign-in-with-passkey")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/homicide/")
    page.goto("/sign-in/sessions/")
    axe(page)
    shoot(page, "sessions")
    assert "Chrome on" in page.inner_text("main")
    page.goto("/sign-in/second-factor/")
    page.get_by_role("link", name="Remove My desk").click()
    follow(page.get_by_role("link", name="use a passkey"))
    ready(page)
    axe(page)
    page.get_by_role("button", name="Use your passkey").click()
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_url("**/second-factor/")
    assert not Authenticator.objects.filter(user=delphine, type="webauthn").exists()


def test_a_passkey_is_the_second_step_after_a_password(delphine, visitor, axe, shoot):
    page = visitor.open(width=390)
    with_authenticator(page)
    sign_in_by_password(page)
    set_up(page)
    page.get_by_role("button", name="Set it up").click()
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()
    page.goto("/sign-in/")
    page.get_by_label("Email").fill("delphine@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/second-factor/authenticate/")
    ready(page)
    axe(page)
    shoot(page, "second-step-phone")
    page.get_by_role("button", name="Use your passkey instead").click()
    page.wait_for_url("**/homicide/")


def test_without_scripts_no_button_promises_a_passkey(delphine, visitor):
    page = visitor.open("/sign-in/", scripts=False)
    assert page.get_by_role("button").all_inner_texts() == ["Continue"]


def test_what_was_typed_is_offered_again_after_asking(migrated, visitor, axe, shoot):
    """Without JavaScript too: the fields come back in a form of their own."""
    cast = make_cast()
    cast.administrator.email = "ada@example.org"
    cast.administrator.set_password(PASSWORD)
    cast.administrator.save()
    page = visitor.open("/administration/people/PX90004/access/end/", user=cast.administrator, width=390)
    axe(page)
    shoot(page, "end-every-access")
    session = Session.objects.get()
    kept = session.get_decoded() | {CONFIRMED_AT: 0}
    Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(kept))
    page.get_by_role("button", name="End it all").click()
    page.get_by_label("Password").fill(PASSWORD)
    axe(page)
    follow(page.get_by_role("button", name="Confirm"))
    axe(page)
    shoot(page, "carry-on")
    assert Holding.objects.standing(clock.now()).filter(person=cast.reader.person).exists()
    page.get_by_role("button", name="Carry on").click()
    page.wait_for_url("**/administration/people/PX90004/")
    assert not Holding.objects.standing(clock.now()).filter(person=cast.reader.person).exists()
