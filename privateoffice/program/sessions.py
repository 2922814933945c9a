"""Where one is signed in: every session with its device, place, beginning and last use, and ways to end them."""

import re
from typing import Any, cast

from allauth.account.adapter import get_adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import User
from privateoffice.foundations.offices.views import outside
from privateoffice.foundations.ui import toasts

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
MACHINES = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
"""What a browser calls itself, in the order in which it must be asked: each of the later hides in the earlier."""


@outside("shows and ends one's own sessions, whatever the office")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    found = services.sessions_of(cast(User, request.user))
    rows = [{"one": one, "device": device_of(one.user_agent), "is_here": one.is_current()} for one in found]
    return render(request, "program/sessions.html", {"rows": rows})


@outside("shows and ends one's own sessions, whatever the office")
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


def device_of(agent: str) -> str:
    """The browser and machine that a session was begun with, in words: "Chrome on Windows"."""
    browser, machine = _first(BROWSERS, agent), _first({**MACHINES, "Linux": "Linux"}, agent)
    return " on ".join(filter(None, (browser, machine))) or "A program that gives no name"


def _first(words: dict[str, Any], agent: str) -> str:
    return next((said for name, said in words.items() if re.search(re.escape(name), agent)), "")
