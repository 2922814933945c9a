"""Sessions end by themselves: unused for half an hour, and at the latest twelve hours after they were begun."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import lasting

PASSWORD = "three odd words together"
RAN_OUT = "Your session had run out"


@pytest.fixture
def delphine(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(PASSWORD)
    cast.pa.save()
    return cast.pa


@pytest.fixture
def desk(delphine):
    client = Client()
    client.post("/sign-in/", {"login": delphine.email, "password": PASSWORD})
    return client


def is_in(client, after):
    with clock.stopped_at(clock.now() + after):
        return client.get("/homicide/").status_code == 200


def test_a_session_ends_when_it_is_not_used_for_half_an_hour(desk):
    assert is_in(desk, timedelta(minutes=29))
    assert is_in(desk, timedelta(minutes=58))
    assert not is_in(desk, timedelta(minutes=88))
    assert (UserSession.objects.count(), Session.objects.count()) == (0, 0)


def test_a_session_that_is_used_all_day_ends_after_twelve_hours(desk):
    used = [is_in(desk, timedelta(minutes=25 * number)) for number in range(1, 31)]
    assert used == [True] * 28 + [False] * 2


def test_another_process_ends_it_too_and_keeps_it_where_it_was_used_elsewhere(desk):
    """What one process knows is asked of the database by another."""
    assert is_in(desk, timedelta(minutes=20))
    elsewhere = Client()
    elsewhere.cookies = desk.cookies
    assert is_in(elsewhere, timedelta(minutes=45))
    assert is_in(desk, timedelta(minutes=70))
    assert not is_in(elsewhere, timedelta(minutes=101))


def test_the_settings_say_how_long(desk, settings):
    settings.SESSION_IDLE = timedelta(minutes=10)
    assert not is_in(desk, timedelta(minutes=11))


def test_an_open_page_that_asks_by_itself_keeps_no_session_alive_and_stays_open(desk):
    began = clock.now()
    for minutes in range(4, 36, 4):
        with clock.stopped_at(began + timedelta(minutes=minutes)):
            answer = desk.get("/homicide/standing/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers.get("HX-Redirect")) == (200 if minutes < 30 else 204, None)
    assert desk.get("/homicide/").status_code == 302


@pytest.mark.parametrize(
    ("method", "headers", "back"),
    [
        ("get", {}, "/homicide/enquiries/new/?kind=mp"),
        ("post", {}, "/homicide/enquiries/new/?kind=mp"),
        ("post", {"Referer": "http://testserver/homicide/enquiries/2026/1/"}, "/homicide/enquiries/2026/1/"),
        ("post", {"Referer": "https://evil.example/homicide/"}, "/homicide/enquiries/new/?kind=mp"),
    ],
)
def test_whoever_was_signed_out_comes_back_to_the_page_they_were_at(desk, delphine, method, headers, back):
    with clock.stopped_at(clock.now() + timedelta(minutes=31)):
        asked = getattr(desk, method)("/homicide/enquiries/new/?kind=mp", headers=headers, follow=False)
        page = desk.get(asked["Location"])
        assert RAN_OUT in page.content.decode()
        typed = {"login": delphine.email, "password": PASSWORD, "next": page.context["redirect_field_value"]}
        assert desk.post(asked["Location"], typed)["Location"] == back


def test_a_part_of_a_page_leads_the_whole_page_to_the_sign_in(desk):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/homicide/mail/"}
    with clock.stopped_at(clock.now() + timedelta(minutes=31)):
        answer = desk.get("/homicide/search/hits/?q=x", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (
        204,
        "/sign-in/?next=%2Fhomicide%2Fmail%2F&ended=1",
    )


def test_who_never_was_signed_in_is_told_of_no_end(db):
    answer = Client().get("/homicide/")
    assert answer["Location"] == "/sign-in/?next=%2Fhomicide%2F"
    assert RAN_OUT not in Client().get(answer["Location"]).content.decode()


def test_so_many_sessions_are_remembered_and_no_more(desk, monkeypatch):
    monkeypatch.setattr(lasting, "MOST", 1)
    assert is_in(desk, timedelta(minutes=1))
    assert is_in(desk, timedelta(minutes=2))
