import pytest

from privateoffice.foundations.jobs.beats import beat

pytestmark = pytest.mark.django_db


def answer(client):
    response = client.get("/health/")
    return response.status_code, response.content.decode(), response["Content-Type"]


def test_all_is_well_when_worker_and_scheduler_have_been_heard(client):
    beat("worker", "one")
    beat("scheduler", "two")
    assert answer(client) == (200, "ok", "text/plain")


def test_a_silent_part_is_named(client):
    beat("worker", "one")
    assert answer(client) == (503, "the scheduler is silent", "text/plain")


def test_both_silent_parts_are_named(client):
    assert answer(client) == (503, "the worker is silent and the scheduler is silent", "text/plain")


def test_every_address_says_that_the_database_is_being_upgraded(client, settings):
    settings.ROOT_URLCONF = "privateoffice.program.upgrading"
    settings.MIDDLEWARE = []
    page, health = client.get("/homicide/enquiries/"), client.get("/health/")
    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert "being upgraded" in page.content.decode()
    assert (health.status_code, health.content) == (503, b"the database is being upgraded")
