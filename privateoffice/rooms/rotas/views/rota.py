"""A rota as it stands: its duties, rules and periods."""

from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services, tasks
from privateoffice.rooms.rotas.models import Period, Rota, Rule
from privateoffice.rooms.rotas.services.setting_up import LONG_AGO, NameTaken
from privateoffice.rooms.rotas.solver.rules import KINDS
from privateoffice.rooms.rotas.views.filling_in import A_PAGE, form_page
from privateoffice.rooms.rotas.views.finding import duty_type_of, rota_of


@does("rotas.set_up")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a rota; its duties and people come next."""
    initial = {"swaps_approved_by": Rota.Approver.STAFF_OFFICER}
    form = forms.RotaForm(request.POST or None, initial=initial, is_new=True)
    if form.is_valid():
        try:
            with transaction.atomic():
                rota = services.set_up(**form.cleaned_data)
                if form.cleaned_data["by_the_day"]:
                    jobs.later(tasks.compile_kernels)
        except NameTaken as fault:
            form.add_error("name", sentence_of(fault))
        else:
            toasts.say(request, f"{rota.name} is set up. Add its duties, then its people.")
            return redirect(rota)
    back = f"/{request.office.slug}/rotas/"  # type: ignore[attr-defined]
    return form_page(request, form, heading="A new rota", button="Set it up", back=back)


@require_safe
@does("rotas.view")
def rota(request: HttpRequest, rota: str) -> HttpResponse:
    """The rota: its periods, duties, people and rules in words."""
    one = rota_of(rota)
    today = clock.today()
    members = one.members.select_related("person").prefetch_related("duty_types")  # type: ignore[attr-defined]
    rules = Rule.objects.filter(rota=one).between(today, today)
    periods = Period.objects.filter(rota=one).for_list().order_by("-starts_on")
    shown = {
        "rota": one,
        "duty_types": one.duty_types.all(),  # type: ignore[attr-defined]
        "members": [m for m in members if m.ends_on is None or m.ends_on >= today],
        "left": [m for m in members if m.ends_on is not None and m.ends_on < today],
        "rules": [(rule, rule_words(rule)) for rule in rules],
        "page": Paginator(periods, A_PAGE).get_page(request.GET.get("page")),
        "may_change": policy.allows("rotas.revise"),
        "may_see_people": policy.allows("rotas.people.view"),
    }
    return render(request, "rotas/rota.html", shown)


def rule_words(rule: Rule) -> str:
    """The rule as a sentence, with its own numbers and its hours in hours."""
    said = KINDS[rule.kind].says
    numbers = dict(rule.numbers)
    for name, value in numbers.items():
        if "minutes" in name:
            said = said.replace(f"{{{name}}} minutes", f"{value / 60:g} hours").replace(
                f"{{{name}}}", f"{value / 60:g} hours"
            )
    return said.format(**numbers, words=", ".join(rule.words) or "any")


@does("rotas.revise")
def revise(request: HttpRequest, rota: str) -> HttpResponse:
    one = rota_of(rota)
    names = ("swaps_approved_by", "publish_days_before", "told_weekly")
    form = forms.RotaForm(request.POST or None, initial={name: getattr(one, name) for name in (*names, "name")})
    if form.is_valid():
        services.revise(one, **form.cleaned_data)
        toasts.say(request, "Changed.")
        return redirect(one)
    return form_page(request, form, heading=f"Change {one.name}", button="Save", back=one.get_absolute_url())


@does("rotas.add_duty")
def new_duty(request: HttpRequest, rota: str) -> HttpResponse:
    one = rota_of(rota)
    form = forms.DutyTypeForm(request.POST or None)
    if form.is_valid():
        try:
            with transaction.atomic():
                services.add_duty(one, **form.cleaned_data)
        except IntegrityError:
            form.add_error("letter", "Another duty of this rota has this letter or name")
        else:
            toasts.say(request, "Added. The next period that is opened has it.")
            return redirect(one)
    return form_page(request, form, heading="A new duty", button="Add it", back=one.get_absolute_url())


@does("rotas.revise_duty")
def duty_type(request: HttpRequest, rota: str, letter: str) -> HttpResponse:
    one = rota_of(rota)
    duty = duty_type_of(one, letter)
    form = forms.DutyTypeForm(request.POST or None, instance=duty)
    if form.is_valid():
        try:
            with transaction.atomic():
                services.revise_duty(duty, **form.cleaned_data)
        except IntegrityError:
            form.add_error("letter", "Another duty of this rota has this letter or name")
        else:
            toasts.say(request, "Changed. Periods that are open already keep their blocks and hours.")
            return redirect(one)
    return form_page(request, form, heading=f"Change {duty.name}", button="Save", back=one.get_absolute_url())


@does("rotas.open_period")
def new_period(request: HttpRequest, rota: str) -> HttpResponse:
    one = rota_of(rota)
    form = forms.PeriodForm(request.POST or None, initial=forms.periods_offered(one))
    if form.is_valid():
        try:
            period = services.open_period(one, **form.cleaned_data)
        except ValueError as fault:
            form.add_error("starts_on", sentence_of(fault))
        else:
            toasts.say(request, "Opened. Everything in it is a gap: fill it, or put people on.")
            return redirect(period)
    return form_page(
        request, form, heading=f"A new period of {one.name}", button="Open it", back=one.get_absolute_url()
    )


@does("rotas.set_rule")
def rule(request: HttpRequest, rota: str, key: str) -> HttpResponse:
    """One rule, in words, with its numbers to change from today on, and how it stood before."""
    one = rota_of(rota)
    held = get_object_or_404(Rule.objects.filter(rota=one, ends_on=None).select_related("rota__office"), key=key)
    initial = {
        "is_kept": held.is_kept,
        "may_be_waived": held.waiver is not None,
        "waiver": held.waiver or 0,
        "source": held.source,
        **{f"number_{name}": held.numbers.get(name, 0) for name in KINDS[held.kind].numbers},
    }
    form = forms.RuleForm(dict(KINDS[held.kind].numbers), request.POST or None, initial=initial)
    if form.is_valid():
        services.set_rule(held, **form.said)
        toasts.say(request, "Changed from today on. How it stood before is kept.")
        return redirect(one)
    earlier = Rule.objects.filter(rota=one, key=key).exclude(pk=held.pk).order_by("-starts_on")
    return form_page(
        request,
        form,
        heading=held.name,
        button="Change it from today on",
        back=one.get_absolute_url(),
        about=rule_words(held),
        earlier=[(row, rule_words(row)) for row in earlier],
        since=held.starts_on if held.starts_on > LONG_AGO else None,
        set_by=held.set_by,
    )
