"""Who can sign in: accounts, the links that make them, and second factors."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.administration.forms.fields import ForbiddingForm
from privateoffice.desk.administration.views.acting import act, found, posted
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Holding, Person, PersonQuerySet
from privateoffice.foundations.offices.views import asks_again, does

A_PAGE = 100
KINDS: dict[str, tuple[str, Callable[[PersonQuerySet], PersonQuerySet]]] = {
    "all": ("All", lambda people: people),
    "open": ("Sign in", lambda people: people.filter(user__is_active=True)),
    "one_factor": ("Without second factor", lambda people: people.filter(user__is_active=True, has_factor=False)),
    "none": ("No account yet", lambda people: people.filter(user=None)),
    "closed": ("Closed", lambda people: people.filter(user__is_active=False)),
}


def with_accounts() -> PersonQuerySet:
    """Everybody who has an account, or holds a role and should have one."""
    holding = Holding.objects.standing(clock.now()).values("person")
    people = Person.everyone.with_account(clock.now())
    return people.filter(Q(user__isnull=False) | Q(pk__in=holding)).exclude(user=None, left_on__lte=clock.today())


@require_safe
@does("offices.administer")
def accounts(request: HttpRequest) -> HttpResponse:
    show, words = request.GET.get("show", "all"), request.GET.get("q", "")[:100]
    show = show if show in KINDS else "all"
    people = KINDS[show][1](with_accounts().matching(words)).select_related("office", "user")
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    here = reverse("administration:accounts")
    chips = [
        {"word": word, "url": f"{here}?show={name}", "is_current": name == show}
        for name, (word, _) in KINDS.items()
    ]
    roles = _roles_of(page)
    rows = [{"person": person, "roles": roles.get(person.pk, [])} for person in page]
    shown = {"page": page, "rows": rows, "chips": chips, "words": words, "show": show}
    return render(request, "administration/accounts.html", shown)


def _roles_of(people: Any) -> dict[int, list[str]]:
    held = Holding.objects.standing(clock.now()).filter(person__in=[person.pk for person in people])
    roles: dict[int, list[str]] = {}
    for holding in held.order_by("pk"):
        roles.setdefault(holding.person_id, []).append(holding.get_role_display())
    return roles


@require_POST
@does("offices.invite")
@asks_again
def invitation(request: HttpRequest, mark: str) -> HttpResponse:
    """Make a link and show it, this once."""
    person = found(Person.everyone.serving(clock.today()), mark)
    link = request.build_absolute_uri(services.invite(person))
    shown = {"person": person, "link": link, "until": clock.now() + services.GOOD_FOR}
    return render(request, "administration/link.html", shown)


@does("offices.reset_second_factor")
@asks_again
def second_factor(request: HttpRequest, mark: str) -> HttpResponse:
    person = found(Person.everyone, mark)
    return act(
        request,
        ForbiddingForm(posted(request)),
        lambda: services.reset_second_factor(person),
        back=reverse("administration:member", args=[mark]),
        done=f"{person.name} signs in by password now, and can set up a second factor again.",
        template="second_factor",
        person=person,
    )


@does("offices.end_access")
@asks_again
def closing(request: HttpRequest, mark: str) -> HttpResponse:
    """End every access of somebody in one step, as on suspension."""
    person = found(Person.everyone, mark)
    return act(
        request,
        ForbiddingForm(posted(request)),
        lambda: services.end_access(person),
        back=reverse("administration:member", args=[mark]),
        done=f"Every access of {person.name} has ended.",
        template="closing",
        person=person,
    )
