"""Assigning an action from anywhere, finding people for it, and passing on what a leaver owes."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.foundations.records.models import MatterEntry, Record
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui import toasts
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.forms import (
    AssignForm,
    LeaverForm,
    OwnerForm,
    mark_of,
    people_found,
    person_marked,
)
from privateoffice.spine.actions.models import Action
from privateoffice.spine.actions.policy import OFFICE
from privateoffice.spine.actions.views.showing import row_of


@require_http_methods(["GET", "HEAD", "POST"])
@does("actions.assign")
def assign(request: HttpRequest) -> HttpResponse:
    """The quick form; `from` names the record that the action arises from, `matter` its thread."""
    source = source_named(request.GET.get("from", ""))
    form = AssignForm(request.POST or None, initial=_initial(request, source), setter_roles=_setter_choices())
    if request.method == "POST" and form.is_valid():
        action = _assigned(form, source)
        if action:
            toasts.say(
                request,
                f"{action.reference} assigned to {action.owner_words}, due {words.day(action.due_on)}.",
            )
            return redirect(action)
    status = 422 if form.errors else 200
    context = {"form": form, "source": source, "marking": source.marking if source else 1}
    return render(request, "actions/assign.html", context, status=status)


def _assigned(form: AssignForm, source: Record | None) -> Action | None:
    given = {name: form.cleaned_data[name] for name in ("title", "due_on", "detail", "asked", "setter_role")}
    marks = {name: form.cleaned_data[name] for name in ("marking", "handling")}
    try:
        return actions.assign(
            **given, **marks, **form.owner_given, arises_from=source, matter=form.cleaned_data["matter"]
        )
    except actions.OwnerUnclear as fault:
        form.add_error("owner_role", str(fault))
    except AboveOurCeiling as fault:
        form.add_error("title", str(fault))
    except ValueError as fault:  # a day that is not worked, has passed, or is beyond the known bank holidays
        form.add_error("due_on", str(fault))
    return None


def source_named(address: str) -> Record | None:
    """The record that `kind/year/number` names. Whoever may not see it is told that it does not exist."""
    if not address:
        return None
    path, _, rest = address.strip("/").rpartition("/")[0].partition("/")
    kind = next((kind for kind in house.kinds() if kind.path == path), None)
    year, number = rest, address.strip("/").rpartition("/")[2]
    if kind is None or not (_is_number(year) and _is_number(number)):
        raise Http404
    found = Record.objects.filter(kind=kind.label, year=int(year), number=int(number)).first()
    if found is None:
        raise Http404
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9


def _initial(request: HttpRequest, source: Record | None) -> dict[str, Any]:
    """What the form knows already: the marking and matter of where it comes from."""
    initial: dict[str, Any] = {"title": request.GET.get("title", "")[:200], "setter_role": _own_role()}
    initial["matter"] = request.GET.get("matter", "")[:40]
    if source is not None:
        initial |= {"marking": source.marking, "handling": source.handling}
        entry = MatterEntry.objects.filter(record_id=source.pk).select_related("matter").first()
        initial["matter"] = entry.matter.reference if entry else ""
    return initial


def _own_role() -> str:
    return next((str(role) for role in OFFICE if role in scope.current().roles), "")


def _setter_choices() -> list[tuple[str, str]]:
    return [
        (str(role), f"Me, as {role.label}" if role == _own_role() else f"The {role.label}")
        for role in map(Role, OFFICE)
    ]


@require_safe
@does("actions.assign")
def people(request: HttpRequest) -> HttpResponse:
    """The people whom some words find, as choices: the part of the form that htmx replaces."""
    return render(request, "actions/people.html", {"form": OwnerForm({"person": request.GET.get("person", "")})})


@require_http_methods(["GET", "HEAD", "POST"])
@does("actions.pass_on_all")
def leaver(request: HttpRequest) -> HttpResponse:
    """All open actions of one person, passed on at once."""
    searched = request.GET.get("who", "")[:100]
    mark = request.POST.get("leaver") or request.GET.get("leaver", "")
    person = person_marked(mark[:100])
    form = LeaverForm(request.POST or None, initial={"leaver": mark})
    if request.method == "POST" and person and form.is_valid():
        try:
            count = actions.pass_on_all(person, reason=form.cleaned_data["reason"], **form.owner_given)
        except actions.OwnerUnclear as fault:
            form.add_error("owner_role", str(fault))
        else:
            toasts.say(request, f"{words.counted(count, 'action')} of {person.ranked_name} passed on.")
            return redirect("actions:register", request.office.slug)  # type: ignore[attr-defined]
    owed = Action.objects.open().owned_by(person).with_standing().order_by("due_at", "pk")
    context = {
        "form": form,
        "person": person,
        "searched": searched,
        "found": [(mark_of(each), each) for each in people_found(searched)],
        "rows": [row_of(action, clock.now()) for action in owed],
    }
    return render(request, "actions/leaver.html", context, status=422 if form.errors else 200)
