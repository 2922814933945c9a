"""Where one is signed in, with ways to end it; and every try to sign in with one's own name."""

from typing import cast

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.devices import device_of
from privateoffice.foundations.offices.models import SigningIn, User
from privateoffice.foundations.offices.views import asks_again, outside
from privateoffice.foundations.ui import toasts

A_PAGE = 50


@outside("shows and ends one's own sessions, whatever the office")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = services.sessions_of(cast(User, request.user))
    rows = [{"one": one, "device": device_of(one.user_agent), "is_here": one.is_current()} for one in found]
    return render(request, "program/sessions.html", {"rows": rows})


@outside("shows and ends one's own sessions, whatever the office")
@asks_again
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions; a number that is not one's own is not there."""
    if not services.end_session(cast(User, request.user), number):
        raise Http404
    toasts.say(request, "That session is ended.")
    return redirect("sessions")


@outside("shows and ends one's own sessions, whatever the office")
@require_POST
def end_all(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    get_adapter().logout(request)
    return redirect("account_login")


@outside("shows the tries to sign in with one's own name, whatever the office")
@require_safe
def signings_in(request: HttpRequest) -> HttpResponse:
    mine = SigningIn.objects.of(cast(User, request.user)).newest_first()
    page = Paginator(mine, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "program/signings_in.html", {"page": page, "days": settings.SIGN_INS_KEPT_DAYS})
