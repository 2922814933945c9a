"""Matters: the list, one of them with all that belongs to it, and what can be done with it."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.timeline import forms
from privateoffice.desk.timeline.views.acts import ask, marked
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import asking
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Matter, MatterEntry, Record
from privateoffice.foundations.records.pages import find, found_by_path, hidden_on, path_of, standing_of
from privateoffice.foundations.records.story import story_of_matter
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui import toasts

A_PAGE, RECORDS_A_PAGE = 50, 100
SHOWN = {
    "open": ("Open", lambda matters: matters.open()),
    "closed": ("Closed", lambda matters: matters.closed()),
    "all": ("All", lambda matters: matters.all()),
}


@require_safe
@does("records.matters.view")
def matters(request: HttpRequest) -> HttpResponse:
    form = forms.ListForm(request.GET)
    form.is_valid()
    show, typed = form.cleaned_data.get("show") or "open", form.cleaned_data.get("words", "")
    found = SHOWN[show][1](Matter.objects)
    if question := asking.asked(typed):
        found = found.found(question)
    page = Paginator(found.with_end().with_count().by_newest_happening(), A_PAGE).get_page(request.GET.get("page"))
    chips = [
        {"word": word, "url": f"?show={name}", "is_current": name == show} for name, (word, _) in SHOWN.items()
    ]
    shown = {"page": page, "rows": [_row(m) for m in page], "chips": chips, "show": show, "words": typed}
    return render(request, "timeline/matters.html", shown)


def _row(matter: Any) -> dict[str, Any]:
    return {
        "key": matter.reference,
        "title": matter.title,
        "url": matter.get_absolute_url(),
        "why": matter.summary[:120],
        "whose": words.counted(matter.count, "record"),
        "when": words.near(matter.happened_at),
        "standing": "closed" if matter.has_ended else "well",
        "word": "Closed" if matter.has_ended else "Open",
        "reference": matter.reference,
        "is_sensitive": matter.is_sensitive,
    }


@does("records.open_matter")
def new(request: HttpRequest) -> HttpResponse:
    form = forms.MatterForm(request.POST or None)
    if form.is_valid():
        matter = records.open_matter(**form.said)
        toasts.say(request, f"Opened as {matter.reference}. Put records on it by their references.")
        return redirect(matter)
    return render(request, "timeline/new.html", {"form": form})


@require_safe
@does("records.matters.view")
def matter(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    return _shown(request, matter, forms.PutOnForm())


def _shown(request: HttpRequest, matter: Matter, form: forms.PutOnForm) -> HttpResponse:
    on_it = MatterEntry.objects.filter(matter_id=matter.pk).values("record_id")
    found = Record.objects.filter(pk__in=on_it).with_end().order_by("made_at", "pk")
    page = Paginator(found, RECORDS_A_PAGE).get_page(request.GET.get("page"))
    kinds = list(dict.fromkeys(record.kind for record in page))
    kind = next((kind for kind in kinds if house.kind_of(kind).path == request.GET.get("kind")), "")
    shown = {
        "matter": matter,
        "closing": matter.closing,
        "page": page,
        "items": [_item(record) for record in page],
        "hidden": [(house.kind_of(kind), count) for kind, count in hidden_on(matter).items()],
        "story": story_of_matter(matter, kind=kind),
        "chips": _chips(kinds, kind),
        "form": form,
        "may_change": policy.allows("records.put_on"),
    }
    return render(request, "timeline/matter.html", shown | marked(matter), status=400 if form.errors else 200)


def _item(record: Record) -> dict[str, Any]:
    kind = house.kind_of(record.kind)
    return {
        "icon": kind.icon,
        "kind": kind.word.capitalize(),
        "title": record.title,
        "url": record.get_absolute_url(),
        "reference": record.reference,
        "made_at": record.made_at,
        "is_sensitive": record.is_sensitive,
        "standing": standing_of(record, clock.now()),
        "path": path_of(record),
    }


def _chips(kinds: list[str], chosen: str) -> list[dict[str, Any]]:
    every = [{"word": "Everything", "url": "?#happened", "is_current": not chosen}]
    return every + [
        {
            "word": house.kind_of(kind).words.capitalize(),
            "url": f"?kind={house.kind_of(kind).path}#happened",
            "is_current": kind == chosen,
        }
        for kind in kinds
    ]


@does("records.revise_matter")
def correction(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    initial = {"seen": matter.version, "title": matter.title, "summary": matter.summary}
    return ask(
        request,
        matter,
        forms.CorrectionForm(request.POST or None, initial=initial),
        lambda said: records.revise_matter(matter, **said),
        title="Change what it is called and about",
        button="Save",
        done="Changed. The earlier text is kept.",
    )


@does("records.close_matter")
def closing(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    return ask(
        request,
        matter,
        forms.ClosingForm(request.POST or None),
        lambda said: records.close_matter(matter, **said),
        title="Close the matter",
        button="Close it",
        done="Closed. It can be opened again.",
        note="The records on it stay as they are, open or closed.",
    )


@does("records.reopen_matter")
def reopening(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    return ask(
        request,
        matter,
        forms.ReasonForm(request.POST or None),
        lambda said: records.reopen_matter(matter, **said),
        title="Open the matter again",
        button="Open again",
        done="Open again.",
    )


@require_POST
@does("records.put_on")
def put_on(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    form = forms.PutOnForm(request.POST)
    if form.is_valid() and form.cleaned_data["record"].pk == matter.pk:
        form.add_error("record", "A matter is not put on itself")
    if not form.is_valid():
        return _shown(request, matter, form)
    record = form.cleaned_data["record"]
    records.put_on(matter, record)
    toasts.say(request, f"{record.reference} is on this matter.")
    return redirect(matter)


@require_POST
@does("records.take_off")
def take_off(request: HttpRequest, year: int, number: int) -> HttpResponse:
    matter = find(Matter.objects.all(), year, number)
    record = found_by_path(request.POST.get("record", ""))
    records.take_off(matter, record)
    toasts.say(request, f"{record.reference} is off this matter.")
    return redirect(matter)
