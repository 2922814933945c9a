"""Where the settings ask everybody for a second factor, whoever has none reaches nothing but setting one up."""

import re

import pytest
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.test import Client

from privateoffice.foundations.offices.models import User
from privateoffice.foundations.offices.outside_accounts import PROVED, SecondFactorStage
from privateoffice.program.tests.test_sign_in import code_of
from tests.house import structure

PASSWORD = "three odd words together"
FACTORS, TOTP = "/sign-in/second-factor/", "/sign-in/second-factor/totp/activate/"


@pytest.fixture(autouse=True)
def forced(settings):
    settings.NEEDS_SECOND_FACTOR = True


@pytest.fixture
def desk(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(PASSWORD)
    cast.pa.save()
    client = Client()
    client.post("/sign-in/", {"login": cast.pa.email, "password": PASSWORD})
    return client


def test_whoever_has_none_is_led_to_it_and_reaches_nothing_else(desk):
    for address in ("/", "/homicide/", "/homicide/enquiries/", "/sign-in/sessions/", "/sign-in/password/"):
        assert desk.get(address)["Location"] == FACTORS, address
    assert desk.post("/homicide/enquiries/new/", {"asked": "Who?"})["Location"] == FACTORS
    part = desk.get("/homicide/search/hits/?q=x", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (204, FACTORS)
    page = desk.get(FACTORS).content.decode()
    assert "A second factor first" in page
    assert desk.get("/offices.css").status_code == 200


def test_every_address_of_the_program_is_behind_it(desk):
    """But what needs no sign-in at all, and the way to a second factor itself."""
    open_to_all = {"health/", "offices.css", "keys/", "components/", "notifications/microsoft-365/", ""}
    reached = set()
    for address, _ in structure.patterns():
        if re.search(r"[<^]", address):
            continue
        answer = desk.get(f"/{address}")
        if answer.status_code != 302 or answer["Location"] != FACTORS:
            reached.add(address)
    assert reached - open_to_all == {
        "sign-in/",
        "sign-in/out/",
        "sign-in/again/",
        "sign-in/closed/",
        "sign-in/second-factor/",
        "sign-in/second-factor/authenticate/",
        "sign-in/second-factor/recovery-codes/",
        "sign-in/second-factor/totp/activate/",
        "sign-in/second-factor/webauthn/add/",
        "sign-in/second-factor/webauthn/login/",
    }


def test_once_it_is_set_up_everything_opens(desk):
    again = desk.get(TOTP)["Location"]
    page = desk.post(again, {"password": PASSWORD}, follow=True).content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", page).group(1)
    desk.post(TOTP, {"code": code_of(secret)})
    assert desk.get("/homicide/").status_code == 200
    Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).delete()
    assert desk.get("/homicide/")["Location"] == FACTORS  # recovery codes alone are no second factor


def test_where_it_is_not_forced_a_password_is_enough(desk, settings):
    settings.NEEDS_SECOND_FACTOR = False
    assert desk.get("/homicide/").status_code == 200


def test_whoever_proved_themselves_to_the_provider_needs_none_here_for_that_session(desk, cast):
    session = desk.session
    session[PROVED] = cast.pa.pk
    session.save()
    assert desk.get("/homicide/").status_code == 200


def test_what_was_proved_for_one_account_opens_no_other(cast, rf):
    """Somebody turned away here after proving themselves there signs in next with another's password."""
    Authenticator.objects.create(user=cast.commander, type=Authenticator.Type.TOTP, data={})
    request = rf.get("/")
    request.session = {PROVED: cast.pa.pk}
    login = Login(user=User.objects.get(pk=cast.commander.pk))
    assert SecondFactorStage(None, request, login)._should_handle(request)
