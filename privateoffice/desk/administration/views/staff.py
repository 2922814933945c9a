"""The staff directory of the whole house, for the administrator: search, one person, a move between offices."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.administration.forms.people import MoveForm
from privateoffice.desk.administration.views.acting import act, found, posted
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.views import does

A_PAGE = 100


@require_safe
@does("offices.directory.view")
def staff(request: HttpRequest) -> HttpResponse:
    """Everybody of every office, leavers last."""
    words, offices = request.GET.get("q", "")[:100], list(Office.objects.all())
    people = Person.objects.matching(words)
    chosen = next((office for office in offices if office.slug == request.GET.get("office")), None)
    if chosen:
        people = people.filter(office=chosen)
    page = Paginator(people.select_related("office", "unit"), A_PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "words": words, "chosen": chosen, "offices": offices, "today": clock.today()}
    return render(request, "administration/staff.html", shown)


@require_safe
@does("offices.administer")
def member(request: HttpRequest, mark: str) -> HttpResponse:
    """One person: where they work, what they hold and cover, and how they sign in."""
    now = clock.now()
    person = found(Person.everyone.with_account(now), mark)
    shown = {
        "person": person,
        "account": getattr(person, "user", None),
        "has_left": person.has_left(clock.today()),
        "holdings": person.holdings.select_related("office").order_by("-starts_at", "pk"),
        "covers": person.covers_given.ahead(now).select_related("office", "covered"),
        "now": now,
    }
    return render(request, "administration/member.html", shown)


@does("offices.move_person")
def move(request: HttpRequest, mark: str) -> HttpResponse:
    person = found(Person.everyone, mark)
    form = MoveForm(person, posted(request))
    return act(
        request,
        form,
        lambda: services.move_person(person, office=form.cleaned_data["office"]),
        back=reverse("administration:member", args=[mark]),
        done=f"{person.name} has moved.",
        template="move",
        person=person,
        holdings=person.holdings.standing(clock.now()).select_related("office"),
    )
