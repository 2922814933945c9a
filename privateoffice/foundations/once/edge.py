"""The edge that lets a form have its effect once: what it did and the memory of it are one transaction.

The same form again gets the answer of the first time. The same form with other words is refused, and nothing is
lost. A new form that makes the very same thing a moment later is asked about first.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.edge import FOREIGN_VIEWS
from privateoffice.foundations.offices.models import User
from privateoffice.foundations.once.models import Sending
from privateoffice.foundations.once.reading import ALL_THE_SAME, content_of, token_of
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui.failures import typed_in

A_MOMENT = timedelta(minutes=10)


class OnceMiddleware:
    """Stands inside the scope, so that whatever a form did is undone where its answer could not be made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = token_of(request)
        view = _view_of(request) if token else None
        if view is None or view.__module__.startswith(FOREIGN_VIEWS) or hasattr(view, "takes_long"):
            return self.get_response(request)
        if scope.is_open() and not scope.current().roles:
            return self.get_response(request)  # whose cover has ended is not told even what came of it
        with transaction.atomic():
            return self._answer(request, view, *_remember(request, token))

    def _answer(self, request: HttpRequest, view: Any, sending: Sending, is_first: bool) -> HttpResponse:
        if not is_first:
            return _answer_again(request, sending)
        twin = _twin_of(request, view, sending)
        if twin:
            sending.delete()
            return _refuse(request, "once/twin.html", twin)
        response = self.get_response(request)
        steps.reached("form: its effect is being written")
        _keep(sending, response)
        return response


def _view_of(request: HttpRequest) -> Any:
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


def _remember(request: HttpRequest, token: str) -> tuple[Sending, bool]:
    """The row of this form, and whether it is new. Of two at once, one waits here until the other is done."""
    sender, content = cast(User, request.user), content_of(request)
    try:
        with transaction.atomic():
            made = Sending.objects.create(sender=sender, token=token, content=content, sent_at=clock.now())
            return made, True
    except IntegrityError:
        return Sending.objects.get(sender=sender, token=token), False


def _answer_again(request: HttpRequest, sending: Sending) -> HttpResponse:
    if sending.content != content_of(request):
        return _refuse(request, "once/conflict.html", sending)
    return HttpResponseRedirect(sending.answer)


def _twin_of(request: HttpRequest, view: Any, sending: Sending) -> Sending | None:
    """What the same person made a moment ago with the very same words, where the form makes something new."""
    makes = {new.verb for room in house.rooms() for new in room.new}
    if getattr(view, "verb", "") not in makes or ALL_THE_SAME in request.POST:
        return None
    return Sending.objects.twins_of(sending, A_MOMENT).first()


def _keep(sending: Sending, response: HttpResponse) -> None:
    """Remember where a form led. One that led nowhere may be sent again; one that broke undoes all it did."""
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif 300 <= response.status_code < 400:
        sending.answer = response["Location"]
        sending.save(update_fields=["answer"])
    else:
        sending.delete()


def _refuse(request: HttpRequest, template: str, earlier: Sending) -> HttpResponse:
    shown = {"earlier": earlier, "typed": typed_in(request), "had_files": bool(request.FILES)}
    return render(request, template, shown, status=409)
