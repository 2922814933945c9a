"""The staff directory of an office: who works here, one of them, and what is put right about them."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.administration.forms.people import (
    SHOWN,
    CorrectionForm,
    LeavingForm,
    PersonForm,
    SearchForm,
)
from privateoffice.desk.administration.views.acting import act, found, performed, posted
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, services
from privateoffice.foundations.offices.models import Person, PersonQuerySet
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.spine.actions.models import Action

A_PAGE = 100


@require_safe
@does("offices.directory.view")
def people(request: HttpRequest) -> HttpResponse:
    """Who works here, by surname."""
    asked = SearchForm({"show": "serving"} | request.GET.dict(), office=request.office)  # type: ignore[attr-defined]
    asked.is_valid()
    said = {"show": "serving", "q": "", "unit": None} | asked.cleaned_data
    among = Person.objects.matching(said["q"])
    if said["unit"]:
        among = among.filter(unit=said["unit"])
    counts = {name: _shown(among, name).count() for name in SHOWN}
    listed = _shown(among, said["show"]).select_related("unit", "line_manager")
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "said": said,
        "units": asked.units,
        "chips": [_chip(name, said, counts[name]) for name in SHOWN],
        "today": clock.today(),
        "may_enter": policy.allows("offices.enter_person"),
    }
    return render(request, "administration/people.html", shown)


def _shown(among: PersonQuerySet, show: str) -> PersonQuerySet:
    today = clock.today()
    questions = {"serving": among.serving(today), "leavers": among.filter(left_on__lte=today)}
    return questions.get(show, among)


def _chip(name: str, said: dict[str, Any], count: int) -> dict[str, Any]:
    kept = {"show": name, "q": said["q"], "unit": said["unit"].name if said["unit"] else ""}
    query = urlencode({word: value for word, value in kept.items() if value})
    return {"word": SHOWN[name], "url": f"?{query}", "count": count, "is_current": said["show"] == name}


@require_safe
@does("offices.directory.view")
def person(request: HttpRequest, mark: str) -> HttpResponse:
    """One person: facts, roles held, who manages them and whom they manage, what they owe."""
    one, now = found(Person.objects, mark), clock.now()
    shown = {
        "person": one,
        "has_left": one.has_left(clock.today()),
        "holdings": one.holdings.filter(office=request.office).order_by("-starts_at", "pk"),  # type: ignore[attr-defined]
        "manages": Person.objects.filter(line_manager=one).serving(clock.today())[:A_PAGE],
        "owes": Action.objects.open().owned_by(one).count(),
        "may_correct": policy.allows("offices.correct_person"),
        "may_pass_on": policy.allows("actions.pass_on_all"),
        "now": now,
    }
    return render(request, "administration/person.html", shown)


@does("offices.enter_person")
def new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(posted(request))
    office = request.office  # type: ignore[attr-defined]
    if entered := performed(form, lambda: services.enter_person(office=office, **form.cleaned_data)):
        toasts.say(request, f"{entered.name} is in the directory.")
        return redirect("administration:person", office.slug, entered.mark)
    shown = {"form": form, "units": SearchForm(office=office).units}
    return render(request, "administration/new_person.html", shown, status=422 if form.errors else 200)


@does("offices.correct_person")
def correction(request: HttpRequest, mark: str) -> HttpResponse:
    one, office = found(Person.objects, mark), request.office  # type: ignore[attr-defined]
    form = CorrectionForm(one, posted(request))
    if performed(form, lambda: services.correct_person(one, **form.changes)):
        toasts.say(request, "Corrected.")
        return redirect("administration:person", office.slug, one.mark)
    shown = {"form": form, "person": one, "units": SearchForm(office=office).units, "mark": mark}
    return render(request, "administration/correction.html", shown, status=422 if form.errors else 200)


@does("offices.record_leaving")
def leaving(request: HttpRequest, mark: str) -> HttpResponse:
    """Record that somebody leaves, after saying what ends with it."""
    one, now = found(Person.objects, mark), clock.now()
    form = LeavingForm(posted(request))
    return act(
        request,
        form,
        lambda: services.record_leaving(one, **form.cleaned_data),
        back=reverse("administration:person", args=[request.office.slug, mark]),  # type: ignore[attr-defined]
        done=f"Recorded that {one.name} leaves.",
        template="leaving",
        person=one,
        holdings=one.holdings.exclude(ends_at__lte=now).select_related("office"),
        covers=one.covers_given.ahead(now).count(),
        owes=Action.objects.open().owned_by(one).count(),
        has_account=hasattr(one, "user"),
    )
