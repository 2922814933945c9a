"""Spreadsheets there and back: a period as a workbook, a sheet looked at, its doubts asked, and taken whole."""

import re
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from privateoffice.connectors.sheets.reading import Unreadable, rows
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.models import Original
from privateoffice.foundations.records.services import keep_original
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import Duty, Rota
from privateoffice.rooms.rotas.services.periods import span_words
from privateoffice.rooms.rotas.services.sheets import COLUMNS, Sheet, read_sheet, rows_of
from privateoffice.rooms.rotas.services.taking_in import plan_of
from privateoffice.rooms.rotas.views.filling_in import workbook
from privateoffice.rooms.rotas.views.finding import period_of, rota_of

DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_SHOWN = 100


@require_safe
@does("rotas.view")
def workbook_of(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The draft as a workbook: one row a duty, to be changed and brought back."""
    period = period_of(year, number)
    duties = Duty.objects.filter(period=period).in_order()
    name = f"{period.office.code.lower()}-rota-{period.year}-{period.number}.xlsx"
    return workbook(name, COLUMNS, rows_of(duties), title=span_words(period.starts_on, period.ends_on))


@does("rotas.take_in")
def sheet(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Bring a sheet back into this period."""
    period = period_of(year, number)
    return _upload(request, f"{period.get_absolute_url()}sheet/", period.title, period.get_absolute_url())


@does("rotas.take_in")
def new_sheet(request: HttpRequest, rota: str) -> HttpResponse:
    """Make a period of an existing spreadsheet."""
    one = rota_of(rota)
    return _upload(request, f"{one.get_absolute_url()}sheet/", one.name, one.get_absolute_url())


def _upload(request: HttpRequest, here: str, about: str, back: str) -> HttpResponse:
    form = forms.SheetForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = keep_original(file.read())
        return redirect(f"{here}{kept.digest}/?{urlencode({'name': file.name[:120]})}")
    shown = {"form": form, "about": about, "back": back}
    return render(request, "rotas/sheet.html", shown, status=422 if form.errors else 200)


@does("rotas.take_in")
def preview(request: HttpRequest, year: int, number: int, digest: str) -> HttpResponse:
    """What a sheet would change in this period; posted, it is taken whole or not at all."""
    period = period_of(year, number)
    asked, found, refusal = _read(request, digest, period.rota)
    if refusal:
        return _refused(request, refusal, period.get_absolute_url())
    if request.method == "POST" and found.is_sound and request.POST.get("take"):
        try:
            services.take_in(period, found, source=asked["name"])
        except services.NothingChanged as fault:
            toasts.say(request, sentence_of(fault))
        else:
            toasts.say(request, "Taken in. It is one change, and can be undone.")
        return redirect(period)
    return _page(request, asked, found, plan_of(period, found.turns), period.title, period.get_absolute_url())


@does("rotas.take_in")
def new_preview(request: HttpRequest, rota: str, digest: str) -> HttpResponse:
    """What a sheet holds; posted, a period is opened for its days and filled from it."""
    one = rota_of(rota)
    asked, found, refusal = _read(request, digest, one)
    if refusal:
        return _refused(request, refusal, one.get_absolute_url())
    first, last = _span(request, found)
    fault = ""
    if request.method == "POST" and found.is_sound and request.POST.get("take"):
        try:
            period = services.take_in_new(one, found, starts_on=first, ends_on=last, source=asked["name"])
        except ValueError as refused:
            fault = sentence_of(refused)
        else:
            toasts.say(request, "Taken in as a draft. Look at it, then publish it.")
            return redirect(period)
    return _page(request, asked, found, None, one.name, one.get_absolute_url(), span=(first, last), fault=fault)


def _span(request: HttpRequest, found: Sheet) -> tuple[date, date]:
    """The days of the new period: as typed, else as the sheet has them."""
    first = min((turn.first_on for turn in found.turns), default=date.min)
    last = max((turn.last_on for turn in found.turns), default=date.min)
    form = forms.PeriodForm(request.POST)
    if request.method == "POST" and form.is_valid():
        return form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
    return first, last


def _read(request: HttpRequest, digest: str, rota: Rota) -> tuple[dict[str, Any], Sheet, str]:
    """The kept file, read again with what has been answered; or why it cannot be read."""
    kept = Original.objects.filter(digest=digest).first() if DIGEST.fullmatch(digest) else None
    if kept is None:
        raise Http404
    said = request.POST if request.method == "POST" else request.GET
    asked = {"name": said.get("name", "")[:120], "answers": _answers(said)}
    try:
        book = rows(kept.read(), asked["name"])
    except Unreadable as refusal:
        return asked, Sheet(), str(refusal)
    return asked, read_sheet(book, rota, asked["answers"]), ""


def _answers(said: QueryDict) -> dict[str, str]:
    """What has been answered: `answer=S|person:J Smith`, the choice before the bar."""
    pairs = [one.partition("|") for one in said.getlist("answer")[:500]]
    return {question: choice for choice, bar, question in pairs if bar}


def _refused(request: HttpRequest, refusal: str, back: str) -> HttpResponse:
    return render(request, "rotas/sheet_refused.html", {"refusal": refusal, "back": back}, status=422)


def _page(
    request: HttpRequest, asked: dict[str, Any], found: Sheet, plan: Any, about: str, back: str, **more: Any
) -> HttpResponse:
    given = [f"{choice}|{question}" for question, choice in asked["answers"].items()]
    shown = {
        "name": asked["name"],
        "given": given,
        "sheet": found,
        "plan": plan,
        "lines": plan.lines[:MOST_SHOWN] if plan else [],
        "more_lines": max(0, len(plan.lines) - MOST_SHOWN) if plan else 0,
        "gaps": sum(turn.person is None for turn in found.turns),
        "faults": found.faults[:MOST_SHOWN],
        "about": about,
        "back": back,
        **more,
    }
    return render(request, "rotas/preview.html", shown, status=422 if found.faults or more.get("fault") else 200)
