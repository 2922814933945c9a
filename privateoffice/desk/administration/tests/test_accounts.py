"""Accounts: a link that is shown once, a second factor that is reset, and who can sign in."""

import re

from allauth.mfa.models import Authenticator

from privateoffice.desk.administration.tests.seats import words_of
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Person, User

ACCOUNTS, PEOPLE = "/administration/accounts/", "/administration/people/"


def test_a_link_is_shown_once_and_opens_an_account(cast, ada, client):
    with scope.acting(cast.administrator, office=None):
        services.appoint_newcomer(
            role="reader", office=cast.homicide, surname="Newcome", email="new@example.org", pay_number="PX90700"
        )
    assert "Newcome" in words_of(ada.get(ACCOUNTS + "?show=none"))
    page = words_of(ada.post(PEOPLE + "PX90700/link/"))
    link = re.search(r'value="http://testserver(/setup/[^"]+)"', page).group(1)
    shown_later = ada.get(PEOPLE + "PX90700/")
    assert (link in shown_later.content.decode(), "good until" in words_of(shown_later)) == (False, True)
    typed = {"email": "new@example.org", "password": "three odd words", "again": "three odd words"}
    assert client.post(link, typed).status_code == 302
    assert User.objects.get(email="new@example.org").person.surname == "Newcome"
    assert "Newcome" not in words_of(ada.get(ACCOUNTS + "?show=none"))


def test_a_link_is_made_by_posting_only_and_never_for_a_leaver(cast, ada):
    assert ada.get(PEOPLE + "PX90004/link/").status_code == 405
    Person.everyone.filter(pk=cast.reader.person.pk).update(left_on=clock.today())
    assert ada.post(PEOPLE + "PX90004/link/").status_code == 404


def test_a_second_factor_is_reset_after_asking(cast, ada):
    Authenticator.objects.create(user=cast.pa, type=Authenticator.Type.TOTP, data={})
    assert "Reset second factor" in words_of(ada.get(PEOPLE + "PX90001/"))
    place = PEOPLE + "PX90001/second-factor/"
    assert "ring them back" in words_of(ada.get(place))
    assert Authenticator.objects.exists()
    assert ada.post(place)["Location"] == PEOPLE + "PX90001/"
    assert not Authenticator.objects.exists()
    assert "Delphine Hartsough" in words_of(ada.get(ACCOUNTS + "?show=one_factor"))


def test_accounts_are_found_by_name_and_by_state(cast, ada):
    User.objects.filter(pk=cast.reader.pk).update(is_active=False)
    names = {
        asked: [row["person"].surname for row in ada.get(ACCOUNTS + asked).context["rows"]]
        for asked in ("?q=hartsough", "?show=closed", "?show=none", "?show=nonsense&q=jonah")
    }
    assert names == {
        "?q=hartsough": ["Hartsough"],
        "?show=closed": ["Penhallick"],
        "?show=none": [],
        "?show=nonsense&q=jonah": ["Pemberlaw"],
    }


def test_a_move_between_offices_ends_what_somebody_held_and_covered(cast, ada):
    cast.cover()
    place = PEOPLE + "PX90006/office/"
    assert "What ends at once" in words_of(ada.get(place))
    ada.post(place, {"office": "homicide"})
    for office in (cast.homicide, cast.proactive):
        with scope.acting(cast.outsider.person, office=office) as acting:
            assert acting.roles == frozenset()
    assert Person.everyone.get(pay_number="PX90006").office == cast.homicide
    assert "Pemberlaw" in words_of(ada.get(PEOPLE + "?office=homicide"))
