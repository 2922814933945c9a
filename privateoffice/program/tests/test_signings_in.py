"""Every try to sign in is written down: seen by whom it is about and by administrators, forgotten in time."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from privateoffice.desk.administration import tasks
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import SigningIn
from privateoffice.foundations.seal import sealed

RIGHT, WRONG = "three odd words together", "some wrong words here"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36"


@pytest.fixture
def delphine(cast):
    cast.pa.email = "delphine@example.org"
    cast.pa.set_password(RIGHT)
    cast.pa.save()
    return cast.pa


def tries(client, *passwords, email="delphine@example.org"):
    for password in passwords:
        client.post("/sign-in/", {"login": email, "password": password})
    return client


def lines():
    said = ("user__email", "outcome", "means", "place", "device", "times")
    return list(SigningIn.objects.order_by("pk").values_list(*said))


def test_a_right_and_a_wrong_password_are_written_down_with_place_and_device(delphine):
    tries(Client(REMOTE_ADDR="192.0.2.7", headers={"User-Agent": CHROME}), WRONG, RIGHT)
    assert lines() == [
        ("delphine@example.org", "wrong_password", "password", "192.0.2.7", "Chrome on Windows", 1),
        ("delphine@example.org", "in", "password", "192.0.2.7", "Chrome on Windows", 1),
    ]


def test_a_name_that_nobody_has_is_not_kept_for_it_may_be_a_password(delphine):
    tries(Client(), WRONG, email="my-own-password@example.org")
    assert [line[:2] for line in lines()] == [(None, "wrong_password")]
    assert "my-own-password" not in str(list(SigningIn.objects.values()))


def test_a_guesser_fills_one_line_and_not_the_disk(delphine):
    tries(Client(), *(f"{WRONG} {number}" for number in range(9)))
    assert [(line[1], line[5]) for line in lines()] == [("wrong_password", 5), ("slowed", 4)]


def test_two_who_sign_in_are_two_lines(delphine):
    tries(Client(), RIGHT), tries(Client(), RIGHT)
    assert [(line[1], line[5]) for line in lines()] == [("in", 1), ("in", 1)]


def test_a_second_factor_is_named_and_a_wrong_code_too(delphine):
    codes = {"seed": sealed("5" * 80, "second factors"), "used_mask": 0}
    kept = Authenticator.objects.create(user=delphine, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    secret = {"secret": sealed("JBSWY3DPEHPK3PXP", "second factors")}
    Authenticator.objects.create(user=delphine, type=Authenticator.Type.TOTP, data=secret)
    client = tries(Client(), RIGHT)
    for code in ("000000000", kept.wrap().get_unused_codes()[0]):
        client.post("/sign-in/second-factor/authenticate/", {"code": code})
    assert [line[1:3] for line in lines()] == [
        ("wrong_code", "code from an app"),
        ("in", "password and recovery code"),
    ]


def test_a_leaver_who_tries_is_written_down(delphine, cast):
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.record_leaving(delphine.person, left_on=clock.today())
    tries(Client(), RIGHT)
    assert [line[1] for line in lines()] == ["wrong_password"]


def test_each_sees_their_own_tries_and_nobody_elses(delphine, cast):
    desk = tries(Client(), WRONG, RIGHT)
    page = desk.get("/sign-in/log/").content.decode()
    assert ("Wrong password" in page, "Signed in" in page) == (True, True)
    reader = Client()
    reader.force_login(cast.reader)
    assert "None since tries are written down" in reader.get("/sign-in/log/").content.decode()


def test_the_administrator_sees_all_and_the_pa_nothing_of_the_list(delphine, cast, django_assert_num_queries):
    tries(Client(), WRONG, RIGHT), tries(Client(), WRONG, email="nobody@example.org")
    ada = Client()
    ada.force_login(cast.administrator)
    page = ada.get("/administration/sign-ins/")
    shown = [(one.user, one.outcome) for one in page.context["page"]]
    assert shown == [(None, "wrong_password"), (delphine, "in"), (delphine, "wrong_password")]
    found = ada.get("/administration/sign-ins/?show=failed&q=hartsough").context["page"]
    assert [(one.user, one.outcome) for one in found] == [(delphine, "wrong_password")]
    assert len(ada.get("/administration/sign-ins/?show=unknown").context["page"]) == 1
    assert ada.get("/administration/sign-ins/?q=%00&show=nonsense&page=99").status_code == 200
    pa = Client()
    pa.force_login(cast.pa)
    assert pa.get("/administration/sign-ins/").status_code in {403, 404}


def test_the_list_takes_as_many_queries_for_one_line_as_for_many(delphine, cast, django_assert_max_num_queries):
    ada = Client()
    ada.force_login(cast.administrator)
    counts = []
    for many in (1, 3):
        for _ in range(many):
            tries(Client(), RIGHT)
        with django_assert_max_num_queries(60) as asked:
            ada.get("/administration/sign-ins/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_what_is_older_than_the_settings_keep_is_forgotten(delphine, settings):
    tries(Client(), WRONG)
    settings.SIGN_INS_KEPT_DAYS = 30
    with clock.stopped_at(clock.now() + timedelta(days=29)):
        tasks.forget_signings_in.func()
        assert len(lines()) == 1
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        tasks.forget_signings_in.func()
    assert lines() == []
