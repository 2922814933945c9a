"""Today: what needs whoever sits here, hardest first."""

from dataclasses import replace
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.today import services
from privateoffice.desk.today.forms import PutOffForm
from privateoffice.desk.today.models import GROUPS, Board, PutOff, board_in_hand
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.limits import CALENDAR_INSTANCES
from privateoffice.foundations.records.withheld import hidden_counts
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Act, Need
from privateoffice.foundations.ui import toasts
from privateoffice.spine.diary.models import Occurrence, once_a_day


@require_safe
@does("today.view")
def today(request):
    shown = board_in_hand()
    decisions = _decisions(shown) if Role.COMMANDER in scope.current().roles else []
    lines = _without(shown, {need.key for need in decisions})
    return render(
        request,
        "today/today.html",
        {
            "decisions": [_decision(need) for need in decisions],
            "count": shown.count,
            "board": _with_common_acts(lines, reverse("today:put_off", args=[request.office.slug])),
            "weekday": words.weekday(clock.today()),
            "withheld": _withheld(),
            "hours": [
                _hour(occurrence)
                for occurrence in once_a_day(Occurrence.objects.on_day(clock.today())[:CALENDAR_INSTANCES])
            ],
        },
    )


@does("today.put_off")
def put_off(request):
    form = PutOffForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        row = services.put_off(
            need=form.cleaned_data["need"],
            title=form.cleaned_data["title"],
            role=_role(),
            until_at=form.until,
        )
        undo = reverse("today:bring_back", args=[request.office.slug, row.pk])
        toasts.say(request, f"Put off. It comes back {words.near(row.until_at)}.", undo=undo)
        return redirect("today:today", office=request.office.slug)
    return render(request, "today/put_off.html", {"form": form, "title": form["title"].value()})


@require_POST
@does("today.bring_back")
def bring_back(request, row):
    services.bring_back(get_object_or_404(PutOff, pk=row))
    toasts.say(request, "Back on Today.")
    return redirect("today:today", office=request.office.slug)


def _decisions(shown: Board) -> list[Need]:
    """What the Commander decides on the spot, in the order of the board."""
    return [need for need in (*shown.now, *shown.today) if need.is_decision]


def _without(shown: Board, keys: set[str]) -> Board:
    groups = {group: tuple(need for need in getattr(shown, group) if need.key not in keys) for group in GROUPS}
    return replace(shown, **groups)


def _decision(need: Need) -> dict[str, object]:
    """A decision whole: what it is, the one recommendation, and the acts that decide it."""
    return {
        "standing": need.standing,
        "when": need.when,
        "title": need.title,
        "text": need.why,
        "recommendation": need.recommendation.rstrip("."),
        "url": need.url,
        "link": "Read it as it will go",
        "acts": need.acts,
    }


def _withheld() -> str:
    """What cover does not show, as numbers: "3 enquiries, 1 engagement". Nothing in one's own office."""
    acting = scope.current()
    if not acting.is_cover or acting.office is None:
        return ""
    counts = hidden_counts(acting.office)
    return ", ".join(
        words.counted(counts[kind.label], kind.word, kind.words) for kind in house.kinds() if kind.label in counts
    )


def _with_common_acts(shown: Board, put_off_url: str) -> Board:
    """Every line can be opened and put off, whatever else its room offers."""
    groups = {group: tuple(_with_acts(need, put_off_url) for need in getattr(shown, group)) for group in GROUPS}
    return replace(shown, **groups)


def _with_acts(need: Need, put_off_url: str) -> Need:
    said = urlencode({"need": need.key, "title": need.title, "back": "tomorrow"})
    put_off = Act("Put off", "z", f"{put_off_url}?{said}")
    return replace(need, acts=(Act("Open", "↵", need.url), *need.acts, put_off))


def _hour(occurrence: Occurrence) -> dict[str, str]:
    """One engagement as the day beside Today shows it."""
    until = f"until {words.plain_hour(occurrence.ends_at)}" if occurrence.ends_at > occurrence.starts_at else ""
    return {
        "at": "All day" if occurrence.is_all_day else words.hour(occurrence.starts_at),
        "title": occurrence.title,
        "url": occurrence.engagement.get_absolute_url(),
        "note": ", ".join(filter(None, [occurrence.place, "" if occurrence.is_all_day else until])),
        "state": occurrence.state,
    }


def _role() -> str:
    """The role under which a line is put off: it is hidden for that role alone."""
    return sorted(scope.current().roles)[0]
