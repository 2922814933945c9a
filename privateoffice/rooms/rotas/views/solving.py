"""Filling, mending and asking why: the question, how far it is, the answers, and taking one."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.views import by_itself, does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services, tasks
from privateoffice.rooms.rotas.models import Duty, Member, Period, Run
from privateoffice.rooms.rotas.views.finding import period_of

REFUSALS = (
    services.MayNotBe,
    services.NeedsAReason,
    services.NothingChanged,
    services.NothingFound,
    services.Overtaken,
)


def _ask(request: HttpRequest, period: Period, kind: str, **asked: Any) -> HttpResponse:
    """Put the question down with its job, and go where its answer will stand."""
    try:
        with transaction.atomic():
            run = services.ask_solver(period, kind=kind, **asked)
            jobs.later(tasks.work_out, run.pk)
    except services.StillGoing:
        run = Run.objects.filter(period=period, kind=kind, ended_at=None).get()
        toasts.say(request, sentence_of(services.StillGoing()))
    return redirect(f"{period.get_absolute_url()}runs/{run.number}/")


@does("rotas.ask_solver")
def filling(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Fill the rest; or make it anew around what is pinned."""
    period = period_of(year, number)
    if request.method == "POST":
        return _ask(request, period, Run.Kind.FILL, anew=request.POST.get("anew") == "yes")
    gaps = Duty.objects.filter(period=period).gaps().count()
    return render(request, "rotas/filling.html", {"period": period, "gaps": gaps} | _marks(period))


@does("rotas.ask_solver")
def gaps(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Why the gaps cannot be filled, and what would have to give."""
    period = period_of(year, number)
    rows = list(Duty.objects.filter(period=period).gaps().in_order())
    if request.method == "POST":
        chosen = [duty.pk for duty in rows if not request.POST.get("duty") or duty.key == request.POST["duty"]]
        return _ask(request, period, Run.Kind.WHY, duties=chosen)
    return render(request, "rotas/gaps.html", {"period": period, "gaps": rows} | _marks(period))


@does("rotas.ask_solver")
def illness(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Somebody is away from now: written down, and three ways to mend the rota worked out."""
    period = period_of(year, number)
    people = _people(period)
    form = forms.IllForm(
        [(p.mark, p.ranked_name) for p in people], request.POST or None, initial={"starts_on": clock.today()}
    )
    if form.is_valid():
        return _mend(request, period, form, next(p for p in people if p.mark == form.cleaned_data["person"]))
    shown = {"period": period, "form": form} | _marks(period)
    return render(request, "rotas/illness.html", shown, status=422 if form.errors else 200)


def _people(period: Period) -> list[Person]:
    rows = (
        Member.objects.filter(rota=period.rota).between(period.starts_on, period.ends_on).select_related("person")
    )
    return list({member.person_id: member.person for member in rows}.values())


def _mend(request: HttpRequest, period: Period, form: forms.IllForm, person: Person) -> HttpResponse:
    said = form.cleaned_data
    away = services.note_away(person, kind=said["kind"], starts_on=said["starts_on"], ends_on=form.last)
    return _ask(
        request,
        period,
        Run.Kind.MEND,
        person=person.pk,
        first=said["starts_on"].isoformat(),
        last=form.last.isoformat(),
        away=said["kind"],
        at=clock.now().isoformat(),
        words=f"{person.ranked_name}, {away.get_kind_display().lower()} from {words.short_day(said['starts_on'])}",
    )


@does("rotas.ask_solver")
@by_itself
def run(request: HttpRequest, year: int, number: int, run: int) -> HttpResponse:
    """How far the solver is, or what it found."""
    period = period_of(year, number)
    one = _run_of(period, run)
    template = "rotas/_run.html" if request.headers.get("HX-Request") else "rotas/run.html"
    return render(request, template, _shown(period, one))


def _run_of(period: Period, number: int) -> Run:
    one = get_object_or_404(Run.objects.filter(period=period), number=number)
    one.period = period
    return one


def _shown(period: Period, one: Run, **more: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"period": period, "run": one, "result": one.result, "is_going": one.ended_at is None}
    if one.kind == Run.Kind.FILL and one.result.get("assignments"):
        shown["lines"] = _lines(period, one.result["assignments"])
    shown["is_stale"] = (
        one.ended_at is not None and one.basis != period.last_change and one.state != Run.State.TAKEN
    )
    shown["last"] = one.progress[-1] if one.progress else None
    return shown | _marks(period) | more


def _lines(period: Period, assignments: list[list[str]]) -> list[str]:
    """What the plan changes in the draft, one line a duty."""
    duties = {str(d.pk): d for d in Duty.objects.filter(period=period).in_order()}
    people = Person.objects.in_bulk([int(person) for _, person in assignments])
    said = []
    for block, person in assignments:
        duty = duties.get(block)
        if duty and str(duty.person_id) != person and int(person) in people:
            last = f" to {words.short_day(duty.last_on)}" if duty.last_on > duty.first_on else ""
            days = f"{words.short_day(duty.first_on)}{last}"
            said.append(f"{duty.duty_type}, {days}: {people[int(person)].ranked_name}")
    return said


@require_POST
@does("rotas.stop_solver")
def stopping(request: HttpRequest, year: int, number: int, run: int) -> HttpResponse:
    period = period_of(year, number)
    services.stop_solver(_run_of(period, run))
    toasts.say(request, "Stopping. What was found by now is offered.")
    return redirect(f"{period.get_absolute_url()}runs/{run}/")


@require_POST
@does("rotas.take_plan")
def taking(request: HttpRequest, year: int, number: int, run: int) -> HttpResponse:
    """Take one answer. A rule that it breaks needs a reason and an authoriser, asked beside it."""
    period = period_of(year, number)
    one = _run_of(period, run)
    if one.ended_at is None:
        raise Http404
    said = {name: request.POST.get(name, "")[:300] for name in ("option", "reason", "authorised_by")}
    try:
        services.take_plan(one, **said)
    except REFUSALS as fault:
        shown = _shown(period, one, refusal=sentence_of(fault), typed=said)
        return render(request, "rotas/run.html", shown, status=409)
    is_mend = one.kind == Run.Kind.MEND
    toasts.say(request, "Mended and published: those affected are told." if is_mend else "Taken into the draft.")
    return redirect(period)


@require_safe
@does("rotas.ask_solver")
def runs(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Every question that was put to the solver, with its seed, version and proof."""
    period = period_of(year, number)
    rows = Run.objects.filter(period=period).defer("progress")[:100]
    return render(request, "rotas/runs.html", {"period": period, "runs": rows} | _marks(period))


def _marks(period: Period) -> dict[str, Any]:
    return {"marking": period.marking, "handling": period.handling}
