"""The page of one act on a record: its form, one verb, a refusal in words, both sides on a conflict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.ui import toasts


@dataclass(frozen=True)
class Manner:
    """How the acts of one room look: their template, what may refuse them, and what their fields are called."""

    template: str
    refusals: tuple[type[Exception], ...]
    names: Mapping[str, str] = field(default_factory=dict)


def act_page(
    request: HttpRequest,
    record: Record,
    form: Form,
    do: Callable[[dict[str, Any]], Any],
    *,
    manner: Manner,
    heading: str,
    button: str,
    said: str,
    fault_field: str = "",
    colour: str = "green",
) -> HttpResponse:
    """Show the form of an act, and do its verb when it is sent. What was typed stays whatever happens.

    A value that the verb finds wrong is said at `fault_field`; a refusal stands above the form.
    """
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except records.ChangedMeanwhile as conflict:
            return _conflict(request, form, conflict, manner, heading)
        except manner.refusals as fault:
            refusal = sentence_of(fault)
        except (ValueError, AboveOurCeiling) as fault:
            form.add_error(fault_field or None, sentence_of(fault))
        else:
            toasts.say(request, said)
            return redirect(record)
    shown = {"form": form, "heading": heading, "button": button, "colour": colour, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, manner.template, shown | _about(record), status=status)


def act_at_once(
    request: HttpRequest, record: Record, do: Callable[[], Any], *, manner: Manner, said: str
) -> HttpResponse:
    """Do a verb that needs no words. A refusal is a page of its own, with the way back."""
    try:
        do()
    except manner.refusals as fault:
        shown = {"refusal": sentence_of(fault), "heading": "This cannot be done now"}
        return render(request, "ui/refused.html", shown | _about(record), status=409)
    toasts.say(request, said)
    return redirect(record)


def sentence_of(fault: Exception) -> str:
    """The sentence that an exception carries, fit to show."""
    return str(fault) or (type(fault).__doc__ or "").split("\n")[0]


def _conflict(
    request: HttpRequest, form: Form, conflict: records.ChangedMeanwhile, manner: Manner, heading: str
) -> HttpResponse:
    """Both versions side by side, and what was typed still in the form. Sent again, it is saved on top."""
    typed = {**form.data, "seen": str(conflict.record.version)}
    again = type(form)({name: value[0] if isinstance(value, list) else value for name, value in typed.items()})
    differences = [
        (manner.names.get(name, name.replace("_", " ").capitalize()), theirs, mine)
        for name, theirs, mine in conflict.differences
    ]
    shown = {"form": again, "heading": heading, "differences": differences}
    return render(request, "ui/conflict.html", shown | _about(conflict.record), status=409)


def _about(record: Record) -> dict[str, Any]:
    kind = record.kind_declared
    return {"record": record, "kind": kind, "marking": record.marking, "handling": record.handling}
