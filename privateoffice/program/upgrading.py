"""What every address answers while the database is being upgraded."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import select_template
from django.urls import include, path, re_path


def upgrading(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: nothing here may ask the database."""
    if request.path == "/health/":
        return _expected(HttpResponse("the database is being upgraded", status=503, content_type="text/plain"))
    page = select_template(["ui/upgrading.html", "program/upgrading.html"]).render()
    return _expected(HttpResponse(page, status=503, headers={"Retry-After": "10"}))


def _expected(response: HttpResponse) -> HttpResponse:
    response._has_been_logged = True  # type: ignore[attr-defined]  # A 503 that is meant is no error for the log.
    return response


# The first takes every request; the rest is there for the addresses that the page names.
urlpatterns = [re_path("", upgrading), path("", include("privateoffice.urls"))]
