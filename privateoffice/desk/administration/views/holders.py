"""Who holds which role: appointed from the directory or entered anew, and relieved."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.administration.forms.offices import (
    AdministratorForm,
    NewAdministratorForm,
    NewcomerForm,
    ReliefForm,
    TermForm,
)
from privateoffice.desk.administration.views.acting import act, found, performed, posted
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import asks_again, does
from privateoffice.foundations.ui import toasts

MOST = 20


@does("offices.appoint")
@asks_again
def appointment(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a role in an office."""
    office = get_object_or_404(Office, slug=slug)
    back = reverse("administration:office", args=[slug])
    return _appointment(request, office, (TermForm, NewcomerForm), back)


@does("offices.appoint")
@asks_again
def administrator(request: HttpRequest) -> HttpResponse:
    """Give somebody the whole house to administer."""
    return _appointment(
        request, None, (AdministratorForm, NewAdministratorForm), reverse("administration:administrators")
    )


def _appointment(request: HttpRequest, office: Office | None, forms: tuple[Any, Any], back: str) -> HttpResponse:
    """Find somebody by `q`, name them by `person`, or enter them with `person=new`; then say the role."""
    mark, words = request.GET.get("person", "")[:100], request.GET.get("q", "")[:100]
    is_new = mark == "new"
    person = found(Person.everyone, mark) if mark and not is_new else None
    form = forms[is_new](posted(request)) if mark else None
    if form and (held := performed(form, lambda: _appointed(form, person, office))):
        toasts.say(request, f"{held.person.name} is {held.get_role_display()}.")
        return redirect(back)
    shown = {
        "one": office,
        "form": form,
        "person": person,
        "words": words,
        "found": _serving(words) if words else [],
        "back": back,
    }
    status = 422 if form and form.errors else 200
    return render(request, "administration/appointment.html", shown, status=status)


def _serving(words: str) -> list[Person]:
    people = Person.everyone.serving(clock.today()).matching(words)
    return list(people.select_related("office", "unit")[:MOST])


def _appointed(form: Any, person: Person | None, office: Office | None) -> Holding:
    if person:
        return services.appoint(person, office=office, **form.term)
    return services.appoint_newcomer(office=office, **form.newcomer)


@does("offices.relieve")
def relief(request: HttpRequest, held: int) -> HttpResponse:
    """End somebody's time in a role, after asking."""
    holding = get_object_or_404(Holding.objects.exclude(ends_at__lte=clock.now()), pk=held)
    office = holding.office
    back = reverse("administration:office", args=[office.slug]) if office else _administrators()
    form = ReliefForm(posted(request))
    return act(
        request,
        form,
        lambda: services.relieve(holding, at=form.at),
        back=back,
        done=f"{holding.person.name} is relieved.",
        template="relief",
        held=holding,
        title="Relieve",
        is_last=_is_last_administrator(holding),
    )


def _administrators() -> str:
    return reverse("administration:administrators")


def _is_last_administrator(held: Holding) -> bool:
    others = Holding.objects.standing(clock.now()).filter(role=Role.ADMINISTRATOR).exclude(pk=held.pk)
    return held.role == Role.ADMINISTRATOR and not others.exists()


@require_safe
@does("offices.administer")
def administrators(request: HttpRequest) -> HttpResponse:
    held = Holding.objects.filter(role=Role.ADMINISTRATOR).select_related("person").order_by("starts_at", "pk")
    now = clock.now()
    shown = {"standing": held.exclude(ends_at__lte=now), "past": held.filter(ends_at__lte=now), "now": now}
    return render(request, "administration/administrators.html", shown)
