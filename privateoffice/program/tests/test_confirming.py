"""Before doors are opened for others, whoever is signed in shows that it is still they; nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.utils.http import urlencode

from privateoffice.foundations.offices.confirming import CONFIRMED_AT
from privateoffice.foundations.offices.models import Holding
from privateoffice.foundations.offices.roles import Role

PASSWORD = "three odd words together"


@pytest.fixture
def ada(cast):
    cast.administrator.email = "ada@example.org"
    cast.administrator.set_password(PASSWORD)
    cast.administrator.save()
    client = Client()
    client.force_login(cast.administrator)
    return client


def grow_old(client, seconds=301):
    session = client.session
    session[CONFIRMED_AT] -= seconds
    session.save()


DOORS = [
    "/administration/offices/homicide/holders/new/",
    "/administration/administrators/new/",
    "/administration/offices/homicide/cover/new/",
    "/administration/people/PX90004/link/",
    "/administration/people/PX90004/second-factor/",
    "/administration/people/PX90004/access/end/",
]


@pytest.mark.parametrize("address", DOORS)
def test_whoever_showed_themselves_long_ago_is_asked_again(ada, address):
    grow_old(ada)
    assert ada.post(address)["Location"] == f"/sign-in/again/?{urlencode({'next': address})}"


def test_a_moment_ago_is_soon_enough(ada):
    grow_old(ada, 290)
    assert ada.get(DOORS[0]).status_code == 200


def test_what_was_typed_is_kept_and_goes_through_every_gate_again(cast, ada):
    address = f"{DOORS[0]}?person={cast.outsider.person.mark}"
    typed = {"role": "reader", "once": "a-token", "csrfmiddlewaretoken": "x"}
    grow_old(ada)
    asked = ada.post(address, typed)["Location"]
    assert not Holding.objects.filter(person=cast.outsider.person, role=Role.READER).exists()
    assert ada.post(asked, {"password": "quite wrong"}).status_code == 200
    assert ada.get(address)["Location"] == asked
    back = ada.post(asked, {"password": PASSWORD})["Location"]
    assert back == address
    page = ada.get(back).content.decode()
    assert "It is you" in page
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert fields["role"] == "reader"
    assert not Holding.objects.filter(person=cast.outsider.person, role=Role.READER).exists()
    assert ada.post(back, fields).status_code == 302
    assert Holding.objects.filter(person=cast.outsider.person, role=Role.READER).exists()


def test_whoever_may_not_do_it_is_refused_before_being_asked(cast):
    reader = Client()
    reader.force_login(cast.reader)
    grow_old(reader)
    assert reader.get("/homicide/cover/new/").status_code == 403


def test_another_page_does_not_get_what_was_typed_for_this_one(cast, ada):
    grow_old(ada)
    ada.post(f"{DOORS[0]}?person={cast.outsider.person.mark}", {"role": "reader"})
    ada.post("/sign-in/again/", {"password": PASSWORD})
    assert "It is you" not in ada.get(DOORS[0]).content.decode()
