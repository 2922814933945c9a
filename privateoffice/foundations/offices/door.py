"""Where whoever is not signed in is sent, and how they come back to the page that they were at."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import urlencode

from privateoffice.foundations.offices.lasting import asks_by_itself


class DoorMiddleware(LoginRequiredMiddleware):
    """Sends to the sign-in page, from there back to the page at hand, and says so where a session ran out."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view: Callable[..., Any]
    ) -> HttpResponse:
        if asks_by_itself(request):
            return HttpResponse(status=204)  # the page stays as it is, with whatever is being typed there
        said = {"next": page_at_hand(request)}
        if getattr(request, "has_run_out", False):
            said["ended"] = "1"
        return go_to(request, f"{resolve_url(self.get_login_url(view))}?{urlencode(said)}")


def page_at_hand(request: HttpRequest) -> str:
    """The page that somebody sees: of a form or a part of a page, the page on which it stood."""
    before = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    is_page = request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request")
    if is_page or before.netloc != request.get_host():
        return request.get_full_path()
    return f"{before.path}?{before.query}" if before.query else before.path


def go_to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead the whole page somewhere, also where only a part of it was asked for."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
