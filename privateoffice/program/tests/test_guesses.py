"""Wrong passwords (F05): slowed for one name and for one password, the owner told, all names alike."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Failure, User

RIGHT, WRONG = "three odd words together", "some wrong words here"
SLOWED = "Too many tries"


@pytest.fixture
def delphine(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(RIGHT)
    cast.pa.save()
    return cast.pa


def words_of(email, password=WRONG):
    return Client().post("/sign-in/", {"login": email, "password": password}).content.decode()


def gets_in(email, password=RIGHT):
    return Client().post("/sign-in/", {"login": email, "password": password}).status_code == 302


@pytest.mark.hostile("F05")
@pytest.mark.parametrize("email", ["delphine@example.org", "nobody@example.org"])
def test_a_name_known_or_not_is_slowed_after_five_wrong_passwords(delphine, email):
    said = [SLOWED in words_of(email, f"{WRONG} {number}") for number in range(7)]
    assert said == [False] * 5 + [True] * 2
    assert Failure.objects.count() == 5
    assert Entry.objects.filter(verb="offices.slow_sign_in").count() == 1


def test_even_the_right_password_waits_and_the_wait_doubles_to_a_quarter_of_an_hour(delphine):
    now = clock.now()
    with clock.stopped_at(now):
        for number in range(5):
            words_of(delphine.email, f"{WRONG} {number}")
        assert not gets_in(delphine.email)
    with clock.stopped_at(now + timedelta(seconds=31)):
        words_of(delphine.email, f"{WRONG} again")
    with clock.stopped_at(now + timedelta(seconds=62)):
        assert not gets_in(delphine.email)
    with clock.stopped_at(now + timedelta(seconds=92)):
        assert gets_in(delphine.email)


@pytest.mark.hostile("F05")
def test_the_owner_is_told_once_and_is_slowed_no_more(delphine):
    words_of(delphine.email)
    client = Client()
    client.post("/sign-in/", {"login": delphine.email, "password": RIGHT})
    assert "A wrong password was tried with your name" in client.get("/homicide/").content.decode()
    client = Client()
    client.post("/sign-in/", {"login": delphine.email, "password": RIGHT})
    assert "wrong password" not in client.get("/homicide/").content.decode()


@pytest.mark.hostile("F05")
def test_one_password_tried_with_many_names_is_slowed_for_every_name(delphine):
    said = [SLOWED in words_of(f"name{number}@example.org") for number in range(5)]
    assert said == [False] * 5
    assert SLOWED in words_of("another@example.org")
    assert SLOWED in words_of(delphine.email)
    assert gets_in(delphine.email)  # with a password that nobody sprays


@pytest.mark.hostile("F05")
def test_a_known_and_an_unknown_name_cost_one_hash_each(delphine, monkeypatch):
    hashed, encode = [], Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda self, *words: hashed.append("hash") or encode(self, *words)
    )
    monkeypatch.setattr(
        Argon2PasswordHasher, "verify", lambda self, *words: hashed.append("hash") or verify(self, *words)
    )
    monkeypatch.setattr(
        "django.contrib.auth.hashers.get_hashers_by_algorithm", lambda: {"argon2": Argon2PasswordHasher()}
    )
    User.objects.filter(pk=delphine.pk).update(password=Argon2PasswordHasher().encode(RIGHT, "a salt of length"))
    monkeypatch.setattr("django.contrib.auth.hashers.get_hasher", lambda *names: Argon2PasswordHasher())
    hashed.clear()
    counts = []
    for email in (delphine.email, "nobody@example.org"):
        words_of(email)
        counts.append(len(hashed))
        hashed.clear()
    assert counts == [1, 1]


def test_no_password_and_no_name_can_be_read_in_what_is_kept(delphine):
    words_of(delphine.email)
    kept = Failure.objects.get()
    assert (len(kept.name_mark), len(kept.word_mark)) == (32, 6)
    assert delphine.email not in str(vars(kept))


@pytest.mark.hostile("F09")
def test_a_forged_address_of_a_proxy_is_not_believed(delphine, settings):
    """F09: only so many proxies are believed as the settings name, counted from our end."""
    typed = {"login": delphine.email, "password": WRONG}
    Client().post("/sign-in/", typed, HTTP_X_FORWARDED_FOR="203.0.113.9")
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    Client().post("/sign-in/", typed, HTTP_X_FORWARDED_FOR="203.0.113.9, 198.51.100.4")
    assert list(Failure.objects.order_by("pk").values_list("place", flat=True)) == ["127.0.0.1", "198.51.100.4"]
