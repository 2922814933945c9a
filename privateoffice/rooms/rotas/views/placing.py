"""Putting somebody on a duty: who could, what the rules and shares say of each, and the acts beside it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import Duty, Invitation, Period
from privateoffice.rooms.rotas.services.problem import Ground, ground_of
from privateoffice.rooms.rotas.services.volunteering import Candidate, candidates
from privateoffice.rooms.rotas.views.finding import duty_of, period_of

REFUSALS = (services.MayNotBe, services.NeedsAReason, services.NothingChanged)


@does("rotas.place")
def duty(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    """One duty: the choice of people in order of who has done least, with the rules in words beside each."""
    period = period_of(year, number)
    one = duty_of(period, key)
    ground = ground_of(period)
    order = candidates(ground, one)
    form = forms.PlacingForm(
        _choices(one, order), request.POST or None, initial={"person": request.GET.get("who")}
    )
    refusal = ""
    if form.is_valid():
        try:
            services.put_on(one, _person(form, order, one), **_why(form))
        except REFUSALS as fault:
            refusal = sentence_of(fault)
        else:
            toasts.say(request, _done(one, form, order), undo=f"{period.get_absolute_url()}undoing/")
            return redirect(f"{period.get_absolute_url()}?month={one.first_on:%Y-%m}")
    shown = _shown(period, one, order, form) | {"refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    template = "rotas/_duty.html" if request.headers.get("HX-Request") else "rotas/duty.html"
    return render(request, template, shown, status=status)


def _choices(one: Duty, order: list[Candidate]) -> list[tuple[str, str]]:
    people = [candidate.person for candidate in order]
    held = [one.person] if one.person else []
    return [(person.mark, person.ranked_name) for person in (*held, *people)]


def _person(form: forms.PlacingForm, order: list[Candidate], one: Duty) -> Person | None:
    mark = form.cleaned_data["person"]
    people = [candidate.person for candidate in order] + ([one.person] if one.person else [])
    return next((person for person in people if person.mark == mark), None) if mark else None


def _why(form: forms.PlacingForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("reason", "authorised_by")}


def _done(one: Duty, form: forms.PlacingForm, order: list[Candidate]) -> str:
    person = _person(form, order, one)
    return f"{one.duty_type}: {person.ranked_name if person else 'nobody'}. It is in the draft until you publish."


def _shown(period: Period, one: Duty, order: list[Candidate], form: forms.PlacingForm) -> dict[str, Any]:
    chosen = form["person"].value()
    return {
        "period": period,
        "duty": one,
        "candidates": order,
        "form": form,
        "chosen": chosen,
        "verdict": next((c for c in order if c.person.mark == chosen), None),
        "invitations": Invitation.objects.filter(duty=one).select_related("person"),
        "marking": period.marking,
        "handling": period.handling,
    }


@require_safe
@does("rotas.place")
def verdict(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    """What the rules and shares say of the name that is being typed, at once and in words."""
    period = period_of(year, number)
    one = duty_of(period, key)
    ground = ground_of(period)
    found = _named(ground, one, request.GET.get("name", "")[:80])
    return render(request, "rotas/_verdict.html", {"period": period, "duty": one, "found": found[:3]})


def _named(ground: Ground, one: Duty, typed: str) -> list[Candidate]:
    """Those whose name holds every word that was typed; everybody where nothing was."""
    parts = typed.lower().split()
    return [c for c in candidates(ground, one) if all(part in c.person.ranked_name.lower() for part in parts)]


@require_POST
@does("rotas.pin")
def pin(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    one = duty_of(period_of(year, number), key)
    services.pin(one, is_pinned=not one.is_pinned)
    toasts.say(request, "Pinned: filling never moves it." if one.is_pinned else "Not pinned any more.")
    return redirect(f"{one.period.get_absolute_url()}?month={one.first_on:%Y-%m}")


@does("rotas.split_duty")
def split(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    one = duty_of(period_of(year, number), key)
    form = forms.SplitForm(request.POST or None)
    if form.is_valid():
        try:
            services.split_duty(one, on=form.cleaned_data["on"])
        except services.NotInside as fault:
            form.add_error("on", sentence_of(fault))
        else:
            toasts.say(request, "Cut in two. Both parts are as they were until you change one.")
            return redirect(f"{one.period.get_absolute_url()}?month={one.first_on:%Y-%m}")
    shown = {
        "record": one.period,
        "kind": one.period.kind_declared,
        "form": form,
        "heading": f"Cut a duty in two: {one.duty_type}",
        "button": "Cut it",
        "colour": "green",
    }
    return render(request, "rotas/act.html", shown, status=422 if form.errors else 200)


@require_POST
@does("rotas.undo")
def undoing(request: HttpRequest, year: int, number: int) -> HttpResponse:
    period = period_of(year, number)
    try:
        change = services.undo(period)
    except (services.NothingToUndo, services.NothingChanged):
        toasts.say(request, sentence_of(services.NothingToUndo()))
    else:
        toasts.say(request, f"{change.words}.")
    return redirect(period)


@require_POST
@does("rotas.invite")
def invite(request: HttpRequest, year: int, number: int, key: str) -> HttpResponse:
    """Offer an open duty to those who have done least."""
    one = duty_of(period_of(year, number), key)
    try:
        made = services.invite(one)
    except services.NothingFound as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(
            request, f"Offered to {', '.join(i.person.ranked_name for i in made)}. The first to say yes has it."
        )
    return redirect(f"{one.period.get_absolute_url()}duties/{key}/")
