"""The house and its offices, for the administrator: how it stands, each office, its settings."""

from collections import defaultdict
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.administration.forms.offices import OfficeForm, SettingsForm
from privateoffice.desk.administration.views.accounts import KINDS, with_accounts
from privateoffice.desk.administration.views.acting import act, performed, posted
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Cover, Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts

SETTLED = ("name", "short_name", "colour", "address", "phone", "email")


@require_safe
@does("offices.administer")
def overview(request: HttpRequest) -> HttpResponse:
    """What wants the administrator, hardest first, and how the house stands."""
    offices = _described(list(Office.objects.all()))
    people, now = with_accounts(), clock.now()
    wants = [
        *(_want(row["office"], "has no PA") for row in offices if not row["pa"]),
        *(_want(row["office"], "has no Commander") for row in offices if not row["commander"]),
    ]
    counts = {name: KINDS[name][1](people).count() for name in ("none", "one_factor")}
    counts |= {"gave_up": queue.set_aside().count(), "held": queue.held().count()}
    accounts = reverse("administration:accounts")
    figures = [
        {"word": "Offices", "number": len(offices)},
        {"word": "People serving", "number": f"{sum(row['strength'] for row in offices):,}"},
        {"word": "Accounts that sign in", "number": KINDS["open"][1](people).count()},
        {"word": "Cover standing", "number": Cover.objects.standing(now).count()},
    ]
    shown = {"wants": wants, "counts": counts, "figures": figures, "offices": offices, "accounts": accounts}
    return render(request, "administration/overview.html", shown)


def _want(office: Office, what: str) -> dict[str, Any]:
    return {"office": office, "what": what, "url": reverse("administration:appointment", args=[office.slug])}


@require_safe
@does("offices.administer")
def offices(request: HttpRequest) -> HttpResponse:
    rows = _described(list(Office.objects.all()))
    return render(request, "administration/offices.html", {"offices": rows})


def _described(offices: list[Office]) -> list[dict[str, Any]]:
    """Each office with who leads it and who sits at its desk, in a fixed number of queries."""
    seated: dict[tuple[int | None, str], list[Person]] = defaultdict(list)
    for held in Holding.objects.standing(clock.now()).exclude(office=None).select_related("person"):
        seated[held.office_id, held.role].append(held.person)
    serving = Person.objects.serving(clock.today()).order_by().values_list("office").annotate(Count("pk"))
    strength = dict(serving)
    return [
        {
            "office": office,
            "commander": seated[office.pk, Role.COMMANDER],
            "pa": seated[office.pk, Role.PA],
            "strength": strength.get(office.pk, 0),
        }
        for office in offices
    ]


@does("offices.add")
def add(request: HttpRequest) -> HttpResponse:
    form = OfficeForm(posted(request))
    if made := performed(form, lambda: services.add_office(**form.cleaned_data)):
        toasts.say(request, f"{made.name} is open. Appoint who sits in it.")
        return redirect("administration:office", made.slug)
    shown = {"form": form, "ends_samples": not Office.objects.filter(is_sample=False).exists()}
    return render(request, "administration/add_office.html", shown, status=422 if form.errors else 200)


@require_safe
@does("offices.administer")
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """One office: how it is reached, who holds which role, and who covers."""
    one, now = get_object_or_404(Office, slug=slug), clock.now()
    holdings = one.holdings.select_related("person").order_by("role", "starts_at", "pk")
    shown = {
        "one": one,
        "standing": sorted(holdings.standing(now), key=lambda held: list(Role.values).index(held.role)),
        "coming": holdings.filter(starts_at__gt=now),
        "past": holdings.filter(ends_at__lte=now).order_by("-ends_at")[:20],
        "covers": one.covers.ahead(now).select_related("coverer", "covered").order_by("starts_at"),
        "now": now,
    }
    return render(request, "administration/office.html", shown)


@does("offices.settle")
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(Office, slug=slug)
    form = SettingsForm(posted(request), initial={name: getattr(one, name) for name in SETTLED})
    return act(
        request,
        form,
        lambda: services.settle(one, **{name: form.cleaned_data[name] for name in form.changed_data}),
        back=reverse("administration:office", args=[slug]),
        done="The office is settled.",
        template="settings",
        one=one,
        title=f"Settle {one.short_name}",
    )
