"""Sessions: a new one at every sign-in, none after signing out, and one change of password ends the others."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services

PASSWORD, NEXT = "three odd words together", "four more odd words here"


@pytest.fixture
def delphine(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(PASSWORD)
    cast.pa.save()
    return cast.pa


def signed_in(user, password=PASSWORD, client=None):
    client = client or Client()
    assert client.post("/sign-in/", {"login": user.email, "password": password}).status_code == 302
    return client


def is_in(client) -> bool:
    return client.get("/homicide/").status_code == 200


@pytest.mark.hostile("F06")
def test_a_session_fixed_before_sign_in_is_worth_nothing_after(delphine):
    client = Client()
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    signed_in(delphine, client=client)
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert not is_in(thief)


@pytest.mark.hostile("F06")
def test_signing_out_ends_the_session_for_every_copy_of_its_cookie(delphine):
    client = signed_in(delphine)
    copy = Client()
    copy.cookies["sessionid"] = client.cookies["sessionid"].value
    assert is_in(copy)
    assert client.get("/sign-in/out/").status_code == 200
    assert is_in(client)
    client.post("/sign-in/out/")
    assert (is_in(client), is_in(copy)) == (False, False)


def test_signing_out_ends_the_sessions_on_every_other_machine_too(delphine):
    """F06."""
    here, elsewhere = signed_in(delphine), signed_in(delphine)
    here.post("/sign-in/out/")
    assert (is_in(here), is_in(elsewhere)) == (False, False)


def test_the_list_names_device_place_and_use_and_ends_one(delphine, cast):
    phone = Client(
        HTTP_USER_AGENT="Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    )
    phone.defaults["REMOTE_ADDR"] = "192.0.2.7"
    desk = signed_in(delphine)
    signed_in(delphine, client=phone)
    page = desk.get("/sign-in/sessions/")
    assert [(row["device"], row["one"].ip, row["is_here"]) for row in page.context["rows"]] == [
        ("A program that gives no name", "127.0.0.1", True),
        ("Safari on iPhone", "192.0.2.7", False),
    ]
    place = f"/sign-in/sessions/{page.context['rows'][1]['one'].pk}/end/"
    stranger = Client()
    stranger.force_login(cast.reader)
    assert (stranger.post(place).status_code, is_in(phone)) == (404, True)
    assert desk.post(place).status_code == 302
    assert (is_in(phone), is_in(desk)) == (False, True)


def test_signing_out_everywhere_leaves_nothing_open(delphine):
    here, elsewhere = signed_in(delphine), signed_in(delphine)
    unlisted = Client()
    unlisted.force_login(delphine)
    assert here.post("/sign-in/sessions/end/")["Location"] == "/sign-in/"
    assert [is_in(one) for one in (here, elsewhere, unlisted)] == [False, False, False]


def test_the_last_use_is_written_at_most_once_in_five_minutes(delphine):
    client, now = signed_in(delphine), clock.now()
    used = []
    for minutes in (10, 13, 20):
        with clock.stopped_at(now + timedelta(minutes=minutes)):
            client.get("/homicide/")
        used.append(UserSession.objects.get().last_seen_at - now)
    assert used == [timedelta(minutes=10), timedelta(minutes=10), timedelta(minutes=20)]


@pytest.mark.hostile("F06")
def test_no_page_of_the_office_stays_in_a_cache(delphine):
    assert signed_in(delphine).get("/homicide/")["Cache-Control"] == "no-store"


@pytest.mark.hostile("F06")
def test_a_change_of_password_ends_every_other_session(delphine):
    here, elsewhere = signed_in(delphine), signed_in(delphine)
    answer = here.post("/sign-in/password/", {"oldpassword": PASSWORD, "password1": NEXT, "password2": NEXT})
    assert answer.status_code == 302
    assert (is_in(here), is_in(elsewhere)) == (True, False)
    signed_in(delphine, NEXT)


def test_a_new_link_ends_every_session_once_it_is_used(delphine, cast):
    open_page = signed_in(delphine)
    with scope.acting(cast.administrator, office=None):
        link = services.invite(delphine.person)
    assert is_in(open_page)
    Client().post(link, {"email": delphine.email, "password": NEXT, "again": NEXT})
    assert not is_in(open_page)


def test_a_leaver_is_out_of_every_session_and_cannot_come_back_in(delphine, cast):
    desk, phone = signed_in(delphine), signed_in(delphine)
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.record_leaving(delphine.person, left_on=clock.today())
    assert (is_in(desk), is_in(phone)) == (False, False)
    client = Client()
    client.post("/sign-in/", {"login": delphine.email, "password": PASSWORD})
    assert not is_in(client)
