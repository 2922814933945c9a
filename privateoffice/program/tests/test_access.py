"""The end of all access in one step (F04): sessions, passkeys, codes, links, roles and cover; the work stays."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Invitation, User

PASSWORD = "three odd words together"


@pytest.fixture
def jonah(cast):
    """Whoever covers Homicide, with every kind of key there is."""
    cast.cover()
    user = cast.outsider
    user.email = "jonah@example.org"
    user.set_password(PASSWORD)
    user.save()
    with scope.acting(cast.administrator, office=None):
        services.invite(user.person)
    for kind in (Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=user, type=kind, data={})
    SocialAccount.objects.create(user=user, provider="openid_connect", uid="42")
    return user


def what_opens(user, clients):
    person = user.person
    return [
        *[
            client.get(f"/{office}/").status_code == 200
            for client in clients
            for office in ("proactive", "homicide")
        ],
        Authenticator.objects.filter(user=user).exists(),
        SocialAccount.objects.filter(user=user).exists(),
        Invitation.objects.open(clock.now()).filter(person=person).exists(),
        person.holdings.standing(clock.now()).exists(),
        person.covers_given.standing(clock.now()).exists(),
        User.objects.get(pk=user.pk).check_password(PASSWORD),
    ]


def end(cast, person):
    with scope.acting(cast.administrator, office=None):
        services.end_access(person)


def leave(cast, person):
    with scope.acting(cast.administrator, office=None):
        services.record_leaving(person, left_on=clock.today())


@pytest.mark.hostile("F04")
@pytest.mark.parametrize("act", [end, leave])
def test_every_access_ends_in_one_step(cast, jonah, act):
    desk, phone = Client(), Client()
    for client in (desk, phone):
        client.force_login(jonah)
    assert what_opens(jonah, (desk, phone)) == [True] * 10
    lines = Entry.objects.count()
    act(cast, jonah.person)
    assert what_opens(jonah, (desk, phone)) == [False] * 10
    assert Entry.objects.count() == lines + 1


def test_only_an_administrator_ends_all_access_and_a_new_link_lets_back(cast, jonah):
    pa, ada = Client(), Client()
    pa.force_login(cast.pa)
    ada.force_login(cast.administrator)
    place = f"/administration/people/{jonah.person.mark}/access/end/"
    assert pa.post(place).status_code == 404
    assert "signed out on every machine" in ada.get(place).content.decode()
    assert ada.post(place).status_code == 302
    with scope.acting(cast.administrator, office=None):
        link = services.invite(jonah.person)
    Client().post(link, {"email": jonah.email, "password": PASSWORD, "again": PASSWORD})
    client = Client()
    assert client.post("/sign-in/", {"login": jonah.email, "password": PASSWORD}).status_code == 302
    assert client.get("/proactive/").status_code == 404  # no role until appointed again


@pytest.mark.hostile("F04")
def test_a_move_to_another_office_ends_every_session(cast, jonah):
    client = Client()
    client.force_login(jonah)
    with scope.acting(cast.administrator, office=None):
        services.move_person(jonah.person, office=cast.homicide)
    assert client.get("/proactive/").status_code == 302
