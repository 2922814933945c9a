"""Before something that opens doors, whoever is signed in shows that it is still they.

What was typed in the meantime waits in the session, and is offered again afterwards. It is sent anew through every
gate, so that a role or cover that has ended since ends it too.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import authentication_step_completed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from privateoffice.foundations.offices import policy, scope

CONFIRMED_AT, WAITING = "confirmed_at", "waiting_form"
UNTOLD = {"csrfmiddlewaretoken"}
MOST = 100_000
"""So many characters of a form are kept: more than any form that opens doors has fields for."""


@receiver(user_logged_in)
@receiver(authentication_step_completed)
def remember(request: HttpRequest | None = None, **said: Any) -> None:
    """A password, a code or a passkey was just shown."""
    if request is not None:
        request.session[CONFIRMED_AT] = time.time()


def is_confirmed(request: HttpRequest) -> bool:
    age = time.time() - request.session.get(CONFIRMED_AT, 0)
    return 0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class ConfirmMiddleware:
    """Stands inside the scope, before forms have their effect; asks again where a view declares it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _opens_doors(request):
            return self.get_response(request)
        if not is_confirmed(request):
            return _ask(request)
        waiting = request.session.get(WAITING)
        if request.method == "GET" and waiting and waiting["address"] == request.get_full_path():
            del request.session[WAITING]
            return render(request, "ui/carry_on.html", {"fields": waiting["fields"]})
        return self.get_response(request)


def _opens_doors(request: HttpRequest) -> bool:
    """Whether the address is of a view that asks again, and this person may come there at all."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    if not hasattr(view, "asks_again"):
        return False
    if hasattr(view, "outside"):
        return request.user.is_authenticated
    return scope.is_open() and policy.allows(getattr(view, "verb", ""))


def _ask(request: HttpRequest) -> HttpResponse:
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:  # signed in by the force's own provider alone: there they show who they are, again
        return render(request, "ui/sign_in_again.html", status=403)
    if request.method == "POST":
        fields = [[name, text] for name, texts in request.POST.lists() if name not in UNTOLD for text in texts]
        if sum(len(text) for _, text in fields) <= MOST:
            request.session[WAITING] = {"address": request.get_full_path(), "fields": fields}
    return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")
