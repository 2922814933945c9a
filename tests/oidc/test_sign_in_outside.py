"""Signing in through a real OpenID Connect provider, which runs as its own process on loopback."""

import base64
import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import httpx
import jwt
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import SigningIn, User
from privateoffice.foundations.offices.provider import ForceAdapter
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


def test_an_answer_that_belongs_to_another_sign_in_opens_nothing(delphine):
    """The signed token carries a number of this very sign-in, which the session remembers."""
    client = Client()
    back = at_the_provider(client.post(DOOR)["Location"], "delphine", MFA)
    session = client.session
    for state in session["socialaccount_states"].values():
        state[0]["nonce"] = "of another sign-in"
    session.save()
    answer = client.get("{0.path}?{0.query}".format(urlsplit(back)))
    assert (answer.status_code, is_in(client)) == (403, False)


def test_each_sign_in_sends_a_number_of_its_own(delphine):
    client = Client()
    asked = [parse_qs(urlsplit(client.post(DOOR)["Location"]).query) for _ in range(2)]
    assert len({one["nonce"][0] for one in asked}) == 2


def test_what_was_proved_at_the_provider_is_seen_in_the_log(delphine):
    come_in("delphine"), come_in("stranger")
    said = SigningIn.objects.order_by("pk").values_list("user", "outcome", "means")
    assert list(said) == [(delphine.pk, "in", "force account"), (None, "turned_away", "force account")]


def test_where_a_second_factor_is_forced_the_providers_is_one(delphine, settings):
    settings.NEEDS_SECOND_FACTOR = True
    assert is_in(come_in("delphine")[0])


@pytest.fixture
def signed(delphine, issuer, rf):
    """What takes an ID token, the token that the provider really gave, and its claims."""
    address = f"{issuer}/auth?" + urlencode(
        {
            "client_id": "office",
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid email",
            "state": "x",
            "nonce": "n",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        }
    )
    code = parse_qs(urlsplit(at_the_provider(address, "delphine", MFA)).query)["code"][0]
    posted = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
    }
    answer = httpx.post(f"{issuer}/token", data=posted, auth=("office", "a secret of tests"))
    token = answer.json()["id_token"]
    adapter = ForceAdapter(rf.get("/"), "force")
    adapter.did_fetch_access_token = True  # as after a sign-in: allauth alone would believe it unsigned
    return adapter, token, jwt.decode(token, options={"verify_signature": False})


def takes(adapter, token):
    try:
        return bool(adapter._decode_id_token(adapter.get_provider().app, token))
    except OAuth2Error:
        return False


def test_a_token_is_taken_by_the_providers_signature_alone(signed):
    adapter, token, claims = signed
    assert takes(adapter, token)
    head, body, signature = token.split(".")
    name = jwt.get_unverified_header(token)["kid"]
    stranger = rsa.generate_private_key(65537, 2048)
    raised = base64.urlsafe_b64encode(json.dumps(claims | {"email": "chief@force.example"}).encode()).decode()
    forged = {
        "altered": f"{head}.{raised.rstrip('=')}.{signature}",
        "unsigned": jwt.encode(claims, None, algorithm="none", headers={"kid": name}),
        "by our own secret": jwt.encode(claims, "a secret of tests" * 3, algorithm="HS256", headers={"kid": name}),
        "by another key": jwt.encode(claims, stranger, algorithm="RS256", headers={"kid": name}),
        "by a key that the provider has not": jwt.encode(claims, stranger, "RS256", headers={"kid": "other"}),
        "cut": f"{head}.{body}",
        "nonsense": "x.y.z",
    }
    assert [words for words, one in forged.items() if takes(adapter, one)] == []


def test_a_token_of_another_issuer_or_for_another_client_is_not_taken(signed, settings):
    adapter, token, _ = signed
    settings.OIDC_ISSUER = "https://login.another.example"
    assert not takes(adapter, token)
    settings.OIDC_ISSUER = adapter.openid_config["issuer"] + "/"
    assert takes(adapter, token)
    settings.SOCIALACCOUNT_PROVIDERS = outside_door(settings.OIDC_ISSUER, "another office", "x", "oid")
    assert not takes(adapter, token)
