"""Signing in through a real OpenID Connect provider, which runs as its own process on loopback."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import User
from privateoffice.settings import outside_door

HERE = Path(__file__).parent
DOOR, BACK = "/sign-in/outside/force/login/", "http://testserver/sign-in/outside/force/login/callback/"
MFA, ONE_PROOF = "pwd,mfa", "pwd"
PEOPLE = {
    "delphine": {"email": "delphine@force.example", "email_verified": True, "oid": "oid-1"},
    "unverified": {"email": "delphine@force.example", "oid": "oid-2"},
    "stranger": {"email": "stranger@force.example", "email_verified": True, "oid": "oid-3"},
    "renamed": {"email": "another@force.example", "email_verified": True, "oid": "oid-1"},
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.skipif(
        not shutil.which("node") or not (HERE / "node_modules").exists(),
        reason="needs node, and `npm ci` in tests/oidc",
    ),
]


@pytest.fixture(scope="module")
def issuer():
    command = ["node", "provider.mjs", BACK, json.dumps(PEOPLE)]
    provider = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield provider.stdout.readline().split()[1]
    finally:
        provider.kill()
        provider.wait()
        provider.stdout.close()


@pytest.fixture
def delphine(cast, settings, issuer):
    settings.OIDC_ISSUER = issuer
    settings.SOCIALACCOUNT_PROVIDERS = outside_door(issuer, "office", "a secret of tests", "oid")
    cast.pa.email = "delphine@force.example"
    cast.pa.save()
    return cast.pa


def at_the_provider(address, who, proofs):
    """Be the person at the provider: sign in there, and come back with the address that it sends them to."""
    with httpx.Client() as browser:
        for _ in range(6):
            answer = browser.get(address)
            address = urljoin(address, answer.headers["Location"])
            if "/interaction/" in address:
                address += "?" + urlencode({"as": who, "amr": proofs} if who else {})
            if address.startswith(BACK):
                return address
    raise AssertionError("the provider never sent us back")


def come_in(who, proofs=MFA):
    client = Client()
    back = at_the_provider(client.post(DOOR)["Location"], who, proofs)
    return client, client.get("{0.path}?{0.query}".format(urlsplit(back)))


def is_in(client):
    return client.get("/homicide/").status_code == 200


def test_whoever_has_an_account_comes_in_by_a_verified_address(delphine):
    client, answer = come_in("delphine")
    assert (answer.status_code, answer["Location"], is_in(client)) == (302, "/", True)
    assert SocialAccount.objects.get().uid == "oid-1"


def test_later_the_providers_own_number_counts_and_not_the_address(delphine):
    come_in("delphine")
    assert is_in(come_in("renamed")[0])
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize("who", ["stranger", "unverified"])
def test_nobody_signs_up_and_no_unverified_address_opens_an_account(delphine, who):
    people = User.objects.count()
    client, answer = come_in(who)
    assert (answer.status_code, is_in(client), User.objects.count()) == (403, False, people)
    assert "Accounts are made by an administrator" in answer.content.decode()
    assert not SocialAccount.objects.exists()


def test_a_domain_that_the_settings_trust_needs_no_claim(delphine, settings):
    """Entra ID states no `email_verified`; a force vouches for its own domain."""
    settings.OIDC_EMAIL_DOMAINS = ["force.example"]
    settings.SOCIALACCOUNT_PROVIDERS = outside_door(settings.OIDC_ISSUER, "office", "a secret of tests", "sub")
    assert is_in(come_in("unverified")[0])


def test_one_proof_is_not_enough_where_there_is_no_second_factor_here(delphine):
    client, answer = come_in("delphine", ONE_PROOF)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "one proof only" in answer.content.decode()


def test_after_one_proof_there_our_own_second_factor_is_asked_for(delphine):
    Authenticator.objects.create(user=delphine, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client, answer = come_in("delphine", ONE_PROOF)
    assert (answer["Location"], is_in(client)) == ("/sign-in/second-factor/authenticate/", False)
    assert is_in(come_in("delphine", MFA)[0])


def test_a_leaver_does_not_come_in_this_way_either(delphine, cast):
    come_in("delphine")
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.record_leaving(delphine.person, left_on=clock.today())
    assert not is_in(come_in("delphine")[0])


def test_an_answer_that_was_not_asked_for_opens_nothing(delphine):
    client = Client()
    back = at_the_provider(client.post(DOOR)["Location"], "delphine", MFA)
    thief = Client()
    answer = thief.get("{0.path}?{0.query}".format(urlsplit(back)))
    assert (answer.status_code, is_in(thief)) == (403, False)


def test_whoever_stops_at_the_provider_is_told_so(delphine):
    client, answer = come_in("")
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "or you stopped it" in answer.content.decode()


def test_the_sign_in_page_offers_the_door_only_where_there_is_one(delphine, settings):
    assert "your force account" in Client().get("/sign-in/").content.decode()
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "your force account" not in Client().get("/sign-in/").content.decode()
    assert Client().post(DOOR).status_code == 404


def test_the_door_asked_for_by_its_address_alone_asks_before_it_leads_away(delphine):
    answer = Client().get(DOOR)
    assert (answer.status_code, "<form" in answer.content.decode()) == (200, True)
