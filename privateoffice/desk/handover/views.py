"""Pages of the handover: what is coming, the note, what only you know, handing back, and while you were away."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.handover import services
from privateoffice.desk.handover.forms import HandBackForm, KnownForm
from privateoffice.desk.handover.models import CoverNote, HandingBack
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.records.pages import find, keeping_of
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.ui import toasts

LATELY = 10


@require_safe
@does("handover.view")
def handover(request):
    """What cover is to come and stands, each with its note, and the notes of lately."""
    now = clock.now()
    notes = {note.cover_id: note for note in CoverNote.objects.with_cover().order_by("-due_at")[: LATELY * 3]}
    covers = Cover.objects.ahead(now).filter(office=request.office).select_related("coverer", "covered")
    shown = {
        "ahead": [(cover, notes.get(cover.pk)) for cover in covers.order_by("starts_at", "pk")],
        "past": [note for note in notes.values() if note.is_over(now)][:LATELY],
        "known": services.known_of(request.office, Role.PA),
        "is_cover": scope.current().is_cover,
        "now": now,
    }
    return render(request, "handover/handover.html", shown)


@does("handover.write_down")
def known(request):
    """The two things that only a person knows, typed once and kept."""
    known = services.known_of(request.office, Role.PA)
    form = KnownForm(request.POST or None, initial={"rules": known.rules, "questions": known.questions})
    if form.is_valid():
        services.write_down(request.office, role=Role.PA, **form.cleaned_data)
        toasts.say(request, "Kept. It goes into every cover note from now on.")
        return redirect("handover:handover", office=request.office.slug)
    return render(request, "handover/known.html", {"form": form, "known": known})


@require_POST
@does("handover.make")
def write(request, granted):
    """Write the note of a grant now."""
    cover = get_object_or_404(Cover.objects.ahead(clock.now()).filter(office=request.office), pk=granted)
    note = services.make(cover)
    toasts.say(request, "The cover note stands as things are now.")
    return redirect(note)


@require_safe
@does("handover.view")
def note(request, year, number):
    note, now = _found(year, number), clock.now()
    shown = {
        "note": note,
        "sections": note.sections,
        "is_over": note.is_over(now),
        "is_ahead": note.is_ahead(now),
        "is_mine": scope.current().cover_id == note.cover_id,
        "handed": HandingBack.objects.filter(record=note).order_by("-pk"),
        "story": story_of(note),
        "keeping": keeping_of(note),
    }
    return render(request, "handover/note.html", shown | {"marking": note.marking, "handling": note.handling})


@require_safe
@does("handover.view")
def paper(request, year, number):
    note = find(CoverNote.objects.select_related("paper"), year, number)
    try:
        raw = note.paper.read()
    except Damaged as fault:
        return render(request, "handover/damaged.html", {"note": note, "fault": fault}, status=500)
    answer = HttpResponse(raw, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{note.reference.replace("/", "-")}.pdf"'
    return answer


@does("handover.hand_back")
def hand_back(request, year, number):
    """Leave word for whoever comes back."""
    note = _found(year, number)
    form = HandBackForm(request.POST or None)
    if form.is_valid():
        services.hand_back(note, words=form.cleaned_data["words"])
        toasts.say(request, f"{note.cover.covered.name} finds it on return.")
        return redirect(note)
    return render(request, "handover/hand_back.html", {"form": form, "note": note} | _marks(note))


@require_safe
@does("handover.view")
def away(request, year, number):
    """While you were away: what came, what was decided, what waits, what was done in your name by whom."""
    note = _found(year, number)
    handed = HandingBack.objects.filter(record=note).order_by("-pk")
    shown = {"note": note, "away": services.away(note.cover), "handed": handed, "closing": note.closing}
    may_take = note.is_over(clock.now()) and not scope.current().is_cover and not shown["closing"]
    return render(request, "handover/away.html", shown | {"may_take": may_take} | _marks(note))


@require_POST
@does("handover.take_back")
def take_back(request, year, number):
    note = _found(year, number)
    try:
        services.take_back(note)
    except services.CoverGoesOn:
        toasts.say(request, "Cover has not ended yet.")
        return redirect(note)
    toasts.say(request, "The work is in your own hands again.")
    return redirect(reverse("today:today", args=[request.office.slug]))


def _found(year: int, number: int) -> CoverNote:
    return find(CoverNote.objects.with_cover(), year, number)


def _marks(note: CoverNote) -> dict:
    return {"marking": note.marking, "handling": note.handling}
