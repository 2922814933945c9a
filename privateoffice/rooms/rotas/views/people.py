"""Who is on a rota, who is away, and the skills that the duties ask for."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import Away, Skill
from privateoffice.rooms.rotas.views.filling_in import A_PAGE, form_page
from privateoffice.rooms.rotas.views.finding import member_of, rota_of


@does("rotas.enrol")
def new_member(request: HttpRequest, rota: str) -> HttpResponse:
    one = rota_of(rota)
    form = forms.MemberForm(one, request.POST or None, initial={"starts_on": clock.today()})
    if form.is_valid():
        services.enrol(one, **form.said)
        toasts.say(request, f"{form.cleaned_data['person'].ranked_name} is on the rota.")
        return redirect(one)
    return form_page(
        request, form, heading="Somebody new on the rota", button="Put them on", back=one.get_absolute_url()
    )


@does("rotas.enrol")
def member(request: HttpRequest, rota: str, mark: str) -> HttpResponse:
    one = rota_of(rota)
    held = member_of(one, mark)
    initial = {
        "person": held.person.mark,
        "duty_types": list(held.duty_types.all()),
        "starts_on": held.starts_on,
        "share": held.share,
        "pattern": forms.pattern_words(held),
        "pattern_from": held.pattern_from,
        "excused": [part.strip() for part in held.excused.split(",") if part.strip()],
        "opted_out_on": held.opted_out_on,
    }
    form = forms.MemberForm(one, request.POST or None, initial=initial)
    if form.is_valid():
        services.enrol(one, **form.said)
        toasts.say(request, "Changed.")
        return redirect(one)
    leave = f"{one.get_absolute_url()}people/{mark}/leaving/"
    return form_page(
        request,
        form,
        heading=held.person.ranked_name,
        button="Save",
        back=one.get_absolute_url(),
        other=("Take them off the rota", leave),
    )


@does("rotas.release")
def leaving(request: HttpRequest, rota: str, mark: str) -> HttpResponse:
    one = rota_of(rota)
    held = member_of(one, mark)
    form = forms.ReleaseForm(request.POST or None, initial={"ends_on": clock.today()})
    if form.is_valid():
        try:
            services.release(held, ends_on=form.cleaned_data["ends_on"])
        except ValueError as fault:
            form.add_error("ends_on", str(fault))
        else:
            toasts.say(request, "They leave the rota after that day. Their later duties show as broken rules.")
            return redirect(one)
    heading = f"Take {held.person.ranked_name} off the rota"
    return form_page(request, form, heading=heading, button="Take them off", back=one.get_absolute_url())


@does("rotas.note_away")
def away(request: HttpRequest) -> HttpResponse:
    """Who is away now and soon; and somebody more."""
    form = forms.AwayForm(request.POST or None, initial={"starts_on": clock.today(), "kind": Away.Kind.LEAVE})
    if form.is_valid():
        try:
            services.note_away(**form.cleaned_data)
        except ValueError as fault:
            form.add_error("ends_on", sentence_of(fault))
        else:
            toasts.say(request, "Noted. The rotas know it from now on.")
            return redirect("rotas:away", request.office.slug)  # type: ignore[attr-defined]
    today = clock.today()
    rows = (
        Away.objects.between(today, today + timedelta(days=365))
        .select_related("person")
        .order_by("starts_on", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "rotas/away.html", {"form": form, "page": page}, status=422 if form.errors else 200)


@does("rotas.note_back")
def back(request: HttpRequest, away: int) -> HttpResponse:
    held = get_object_or_404(Away.objects.select_related("person"), pk=away)
    form = forms.BackForm(request.POST or None, initial={"last_day": held.ends_on or clock.today()})
    here = f"/{request.office.slug}/rotas/away/"  # type: ignore[attr-defined]
    if form.is_valid():
        services.note_back(held, **form.cleaned_data)
        toasts.say(request, f"{held.person.ranked_name} is back after that day.")
        return redirect(here)
    heading = f"{held.person.ranked_name} comes back"
    return form_page(request, form, heading=heading, button="Save", back=here)


@does("rotas.certify")
def skills(request: HttpRequest) -> HttpResponse:
    """The skills that the rotas ask for, the soonest out of date first."""
    form = forms.SkillForm(request.POST or None)
    if form.is_valid():
        services.certify(**form.cleaned_data)
        toasts.say(request, "Recorded.")
        return redirect("rotas:skills", request.office.slug)  # type: ignore[attr-defined]
    rows = Skill.objects.select_related("person").order_by("ends_on", "name", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "today": clock.today()}
    return render(request, "rotas/skills.html", shown, status=422 if form.errors else 200)
