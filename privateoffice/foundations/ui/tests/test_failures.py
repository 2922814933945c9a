"""Pages for when something went wrong: nothing typed is lost, and nothing leaks."""

import pytest
from django.template import Context
from django.template.loader import get_template
from django.test import Client

pytestmark = pytest.mark.django_db

TYPED = {"words": "The coroner rang\ntwice", "password": "hunter2hunter2", "login": "a@b.example"}


@pytest.mark.hostile("E02")
def test_a_stale_form_comes_back_with_what_was_typed_and_can_be_sent_again():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", TYPED, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "The coroner rang\ntwice</textarea>" in page
    assert '<form method="post" action="/sign-in/"' in page
    assert "hunter2" not in page


@pytest.mark.hostile("E02")
def test_a_form_of_another_site_is_never_sent_on():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", TYPED, headers={"Origin": "http://evil.example"})
    page = answer.content.decode()
    assert (answer.status_code, "<form" in page) == (403, False)
    assert "The coroner rang" in page


def test_what_was_typed_is_escaped():
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"words": "</textarea><script>"})
    assert "<script>" not in answer.content.decode().replace("<script src", "").replace("<script type", "")


def test_a_page_that_is_not_there_and_one_that_may_not_be_seen_look_the_same(client, cast):
    client.force_login(cast.outsider)
    nowhere, elsewhere = client.get("/nowhere/at/all/"), client.get("/homicide/today/")
    assert (nowhere.status_code, elsewhere.status_code) == (404, 404)
    assert nowhere.content == elsewhere.content


@pytest.mark.parametrize("name", ["400.html", "500.html", "ui/upgrading.html"])
def test_a_page_for_the_worst_moment_needs_nothing_but_itself(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = get_template(name).template.render(Context())
    assert "<h1>" in page
    assert "OFFICIAL" in page
