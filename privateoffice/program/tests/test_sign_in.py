"""Signing in: password, then the second factor; the same words for a known and an unknown name."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Office, Person, User
from privateoffice.foundations.offices.sign_in import SignIn

PASSWORD = "three odd words together"
SIGN_IN = "/sign-in/"


@pytest.fixture
def delphine(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(PASSWORD)
    cast.pa.save()
    return cast.pa


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)


def test_a_password_leads_to_the_today_of_ones_own_office(delphine):
    client = Client()
    assert sign_in(client, delphine.email)["Location"] == "/"
    assert client.get("/")["Location"] == "/homicide/"


@pytest.mark.hostile("F05")
def test_known_and_unknown_names_get_the_same_words(delphine):
    def words(answer):
        return re.sub(r'value="[^"]*"|csrf\S+', "", answer.content.decode())

    known = sign_in(Client(), delphine.email, "wrong wrong wrong")
    unknown = sign_in(Client(), "nobody_here@example.org", "wrong wrong wrong")
    assert known.status_code == unknown.status_code == 200
    assert words(known) == words(unknown)


def test_the_second_factor_is_asked_for_and_its_secret_is_not_readable_in_the_database(delphine):
    client = Client()
    sign_in(client, delphine.email)
    again = client.get("/sign-in/second-factor/totp/activate/")["Location"]
    client.post(again, {"password": PASSWORD})
    page = client.get("/sign-in/second-factor/totp/activate/").content.decode()
    secret = re.search(r"Key: <code>(\w+)</code>", page).group(1)
    client.post("/sign-in/second-factor/totp/activate/", {"code": code_of(secret)})
    kept = Authenticator.objects.get(user=delphine, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    fresh = Client()
    assert "second-factor" in sign_in(fresh, delphine.email)["Location"]
    assert fresh.get("/homicide/").status_code == 302
    with scope.acting_as_system("test"):
        services.reset_second_factor(delphine.person)
    assert sign_in(Client(), delphine.email)["Location"] == "/"


def code_of(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.mark.hostile("E05")
def test_nobody_signs_up_and_nobody_is_sent_elsewhere(delphine):
    assert Client().get("/sign-in/signup/").status_code in {302, 404}
    client = Client()
    answer = client.post(SIGN_IN + "?next=//evil.example/", {"login": delphine.email, "password": PASSWORD})
    assert "evil" not in answer["Location"]


def test_sample_accounts_open_on_loopback_only_and_end_with_the_first_real_office(cast):
    Office.objects.update(is_sample=True)
    cast.pa.set_password(PASSWORD)
    cast.pa.save()
    assert cast.pa.email.endswith("@specialist-crime.example")
    assert sign_in(Client(), cast.pa.email).status_code == 302
    assert sign_in(Client(), cast.pa.email, REMOTE_ADDR="192.0.2.7").status_code == 200
    Office.objects.filter(pk=cast.proactive.pk).update(is_sample=False)
    assert sign_in(Client(), cast.pa.email).status_code == 200


def test_however_a_sample_account_signs_in_it_comes_from_loopback(cast, rf):
    """A passkey and the force's own provider pass the same door as a password."""
    asked = rf.post(SIGN_IN, REMOTE_ADDR="192.0.2.7")
    Office.objects.update(is_sample=True)
    said = {"email_verification": "", "signal_kwargs": None, "email": "", "signup": False, "redirect_url": None}
    assert SignIn(asked).pre_login(asked, cast.pa, **said)["Location"] == "/sign-in/closed/"
    assert SignIn(asked).pre_login(rf.post(SIGN_IN), cast.pa, **said) is None


def test_an_invitation_sets_a_password_once(cast):
    with scope.acting(cast.administrator, office=None):
        link = services.invite(cast.reader.person)
    typed = {"email": "ruth@example.org", "password": PASSWORD, "again": PASSWORD}
    assert Client().get(link).status_code == 200
    assert Client().post(link, {**typed, "again": "other"}).status_code == 200
    assert Client().post(link, typed).status_code == 302
    assert Client().post(link, typed).status_code == 410
    assert User.objects.get(person=cast.reader.person).email == "ruth@example.org"


def test_whoever_holds_no_role_is_told_so(db):
    person = Person.everyone.create(surname="Nobody", email="nobody@example.org")
    user = User.objects.create_user("nobody@example.org", PASSWORD, person=person)
    client = Client()
    client.force_login(user)
    answer = client.get("/")
    assert (answer.status_code, "no role" in answer.content.decode()) == (403, True)
