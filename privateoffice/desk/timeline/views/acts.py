"""The page of one act on a record: its form, once that holds the verb, and back to the record."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.ui import toasts

REFUSALS = (records.AlreadyClosed, records.AlreadyHeld, records.NotClosed)


def ask(
    request: HttpRequest,
    record: Record,
    form: Form,
    perform: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    done: str,
    note: str = "",
    **shown: Any,
) -> HttpResponse:
    """Ask, perform, go back. A refusal stands above what was typed; of two saves both are shown."""
    refusal = ""
    if form.is_valid():
        try:
            perform(form.cleaned_data)
            toasts.say(request, done)
            return redirect(_back_to(record))
        except REFUSALS as fault:
            refusal = fault.__doc__ or ""
        except records.ChangedMeanwhile as change:
            return _both(request, record, change)
    page = {"record": record, "form": form, "title": title, "button": button, "note": note, "refusal": refusal}
    return render(request, "timeline/act.html", page | marked(record) | shown, status=409 if refusal else 200)


def marked(record: Record) -> dict[str, Any]:
    return {"marking": record.marking, "handling": record.handling}


def _back_to(record: Record) -> str:
    """The record's own page; the office's Today where what was done took it out of the doer's sight."""
    is_seen = Record.objects.filter(pk=record.pk).exists()
    return record.get_absolute_url() if is_seen else f"/{record.office.slug}/"


def _both(request: HttpRequest, record: Record, change: records.ChangedMeanwhile) -> HttpResponse:
    shown = {"change": change, "record": record}
    return render(request, "timeline/changed.html", shown | marked(record), status=409)
