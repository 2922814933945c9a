"""How an act is shown: its form, the verb once that holds, and what was refused above what was typed."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from privateoffice.desk.administration.forms.fields import ForbiddingForm
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.ui import toasts

REFUSALS = (
    ValidationError,
    services.AlreadyHeld,
    services.CoverFromWithin,
    services.CoverOver,
    services.CoverTooWide,
)


def performed(form: Form, perform: Callable[[], Any]) -> Any:
    """What the verb made, or nothing where the form does not hold or the verb refused: then the form says why."""
    if not form.is_valid():
        return None
    try:
        return perform() or True
    except REFUSALS as refusal:
        ForbiddingForm.show(form, refusal)  # type: ignore[arg-type]
        return None


def act(
    request: HttpRequest,
    form: Form,
    perform: Callable[[], Any],
    *,
    back: str,
    done: str,
    template: str = "act",
    **shown: Any,
) -> HttpResponse:
    """The page of one act. `back` is where it returns to, `done` what is said there."""
    if request.method == "POST" and performed(form, perform):
        toasts.say(request, done)
        return redirect(back)
    status = 422 if form.errors else 200
    return render(request, f"administration/{template}.html", {"form": form, "back": back, **shown}, status=status)


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed, where something was sent."""
    return request.POST if request.method == "POST" else None


def found(people: Any, mark: str) -> Person:
    """The one person whom an address names among some people; otherwise there is no such page."""
    person = people.marked(mark).select_related("office", "unit", "line_manager").first()
    if person is None:
        raise Http404
    return person
