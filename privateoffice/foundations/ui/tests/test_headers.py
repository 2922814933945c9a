"""What every answer says to the browser."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from privateoffice.foundations.ui.headers import SecurityHeaders, policy_of


def test_a_policy_is_written_from_the_shape_of_django_6():
    said = policy_of(
        {"default-src": ["'none'"], "img-src": ["'self'", "data:"], "sandbox": True, "object-src": None}
    )
    assert said == "default-src 'none'; img-src 'self' data:; sandbox"


@pytest.mark.django_db
def test_every_page_carries_the_policy_and_stays_out_of_caches(client, settings):
    answer = client.get("/keys/")
    assert answer["Content-Security-Policy"] == policy_of(settings.SECURE_CSP)
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Permissions-Policy"].startswith("accelerometer=(), camera=()")


def test_a_view_that_says_a_policy_keeps_it():
    own = HttpResponse(headers={"Content-Security-Policy": "sandbox", "Cache-Control": "public"})
    answer = SecurityHeaders(lambda request: own)(RequestFactory().get("/"))
    assert (answer["Content-Security-Policy"], answer["Cache-Control"]) == ("sandbox", "public")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "OPTIONS", "PUT", "DELETE", "PATCH", "CONNECT"])
@pytest.mark.parametrize("address", ["/", "/sign-in/", "/health/", "/homicide/", "/not-there/"])
def test_no_method_but_those_of_browsers_is_answered(cast, method, address):
    client = Client()
    client.force_login(cast.pa)
    answer = client.generic(method, address, headers={"X-Secret": "shown back"})
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD, POST", b"")
