"""The page of a period: its grid by the month or whole, its list, its changes, editions and notices."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.registry.declarations import Act
from privateoffice.rooms.rotas.models import Breach, Notice, Period, Publication, Run
from privateoffice.rooms.rotas.services.letters import spoken
from privateoffice.rooms.rotas.services.periods import span_words
from privateoffice.rooms.rotas.services.problem import ground_of
from privateoffice.rooms.rotas.views.board import Turn, board
from privateoffice.rooms.rotas.views.finding import period_of
from privateoffice.rooms.rotas.views.grid import Grid, legend, months_of

A_PAGE = 50
COLOURS = {"draft": "orange", "published": "green", "changed since": "purple"}


@require_safe
@does("rotas.view")
def period(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The grid, by the month or the whole period, or the same as a list."""
    one = period_of(year, number)
    months = list(months_of(one.starts_on, one.ends_on))
    view, first, last = _asked(request, one, months)
    grid = Grid(ground_of(one), first, last)
    shown = {
        "period": one,
        "grid": grid,
        "view": view,
        "first": first,
        "span": span_words(first, last),
        "chips": _chips(one, months, view, first),
        "state_colour": COLOURS[one.state],
        "legend": legend(grid.ground.duty_types),
        "acts": _acts(one, grid),
        "more": _more(one),
        "may_place": policy.allows("rotas.place"),
        "proof": _proof(one),
        "turns": _on_now(one),
        "now": clock.now(),
        "run": Run.objects.filter(period=one, ended_at=None).first(),
        "marking": one.marking,
        "handling": one.handling,
    }
    return render(request, "rotas/period.html", shown)


def _asked(request: HttpRequest, one: Period, months: list[tuple[date, date]]) -> tuple[str, date, date]:
    """How it is to be shown, and which days."""
    view = request.GET.get("show", "month")
    if view == "whole" or len(months) == 1:
        return ("list" if view == "list" else "whole" if len(months) > 1 else view), one.starts_on, one.ends_on
    today = clock.today()
    wanted = request.GET.get("month", "")
    chosen = next((m for m in months if f"{m[0]:%Y-%m}" == wanted), None)
    chosen = chosen or next((m for m in months if m[0] <= today <= m[1]), months[0])
    return ("list" if view == "list" else "month"), *chosen


def _chips(one: Period, months: list[tuple[date, date]], view: str, first: date) -> list[dict[str, Any]]:
    here = one.get_absolute_url()
    kept = "&show=list" if view == "list" else ""
    chips = [
        {
            "word": f"{start:%B}",
            "url": f"{here}?month={start:%Y-%m}{kept}",
            "is_current": view != "whole" and start == first,
        }
        for start, _ in months
    ]
    whole = {"word": "Whole", "url": f"{here}?show=whole", "is_current": view == "whole"}
    as_list = {"word": "List", "url": f"{here}?show=list&month={first:%Y-%m}", "is_current": view == "list"}
    return [*chips, *([whole] if len(months) > 1 else []), as_list]


def _acts(one: Period, grid: Grid) -> list[Act]:
    here = one.get_absolute_url()
    acts = []
    if policy.allows("rotas.undo"):
        acts.append(Act("Undo", "u", f"{here}undoing/", posts=True))
    if policy.allows("rotas.ask_solver"):
        if grid.gaps:
            acts.append(Act("Why the gaps?", "w", f"{here}gaps/"))
        acts.append(Act("Fill the rest", "f", f"{here}filling/"))
    if policy.allows("rotas.publish") and one.state != "published":
        acts.append(Act("Publish", "P", f"{here}publication/"))
    return acts


def _more(one: Period) -> list[Act]:
    here = one.get_absolute_url()
    offered = (
        ("rotas.ask_solver", Act("Somebody is ill", "i", f"{here}illness/")),
        ("rotas.people.view", Act("Swaps", "s", f"{here}swaps/")),
        ("rotas.people.view", Act("Who was told", "", f"{here}told/")),
        ("rotas.people.view", Act("Changes and editions", "", f"{here}changes/")),
        ("rotas.people.view", Act("Rules broken", "", f"{here}ledger/")),
        ("rotas.ask_solver", Act("What the solver was asked", "", f"{here}runs/")),
        ("rotas.people.view", Act("Handovers", "", f"{here}handovers/")),
        ("rotas.view", Act("As a spreadsheet", "", f"{here}sheet.xlsx")),
        ("rotas.take_in", Act("Take a spreadsheet back", "", f"{here}sheet/")),
        ("rotas.view", Act("The rota and its rules", "", f"/{one.office.slug}/rotas/{one.rota.slug}/")),
    )
    return [act for verb, act in offered if policy.allows(verb)]


def _proof(one: Period) -> dict[str, Any]:
    """What the solver proved of the last plan that was taken, where nothing has changed since."""
    change = one.changes.exclude(proof={}).first()  # type: ignore[attr-defined]
    return change.proof | {"at": change.made_at, "is_now": change.number == one.last_change} if change else {}


def _on_now(one: Period) -> list[Turn]:
    """Who is on now by this rota, while its period lasts."""
    now = clock.now()
    if not one.is_published or not one.starts_on <= clock.day_of(now) <= one.ends_on:
        return []
    mine = board(now, [one.office])
    return [turn for turn in mine[0][1] if turn.now.rota_slug == one.rota.slug] if mine else []


@require_safe
@does("rotas.people.view")
def changes(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Every change with its lines, newest first, and each state that was published."""
    one = period_of(year, number)
    page = Paginator(one.changes.all(), A_PAGE).get_page(request.GET.get("page"))  # type: ignore[attr-defined]
    for change in page:
        change.shown = [_change_line(line) for line in change.lines]
    editions = list(one.editions.defer("duties"))  # type: ignore[attr-defined]
    return render(
        request,
        "rotas/changes.html",
        {"period": one, "page": page, "editions": editions, "story": story_of(one)[:A_PAGE]} | _marks(one),
    )


def _change_line(line: dict[str, Any]) -> str:
    first, last = date.fromisoformat(line["first_on"]), date.fromisoformat(line["last_on"])
    days = words.short_day(first) if first == last else f"{words.short_day(first)} to {words.short_day(last)}"
    return f"{line['type']}, {days}: {line['before_name'] or 'nobody'} to {line['after_name'] or 'nobody'}"


@require_safe
@does("rotas.people.view")
def edition(request: HttpRequest, year: int, number: int, edition: int) -> HttpResponse:
    """The rota as it was published, and how it differs from the edition before."""
    one = period_of(year, number)
    kept = get_object_or_404(Publication.objects.filter(period=one), number=edition)
    before = Publication.objects.filter(period=one, number=edition - 1).first()
    shown = {
        "period": one,
        "edition": kept,
        "duties": spoken(kept.duties),
        "differences": differences(before.duties if before else [], kept.duties) if before else [],
    }
    return render(request, "rotas/edition.html", shown | _marks(one))


def differences(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[str]:
    """Each day of each duty that is somebody else's, run together where days follow one another."""
    was, now = _by_day(before), _by_day(after)
    said = []
    for key in sorted(was.keys() | now.keys(), key=lambda k: (k[1], k[0])):
        if was.get(key, "") != now.get(key, ""):
            told = (was.get(key) or "nobody", now.get(key) or "nobody")
            said.append((key[0], key[1], told))
    return [f"{duty}, {_run(first, last)}: {told[0]} to {told[1]}" for duty, first, last, told in _runs(said)]


def _by_day(duties: list[dict[str, Any]]) -> dict[tuple[str, date], str]:
    return {
        (line["type"], date.fromordinal(day)): line["name"]
        for line in duties
        for day in range(
            date.fromisoformat(line["first_on"]).toordinal(), date.fromisoformat(line["last_on"]).toordinal() + 1
        )
    }


def _runs(said: list[tuple[str, date, tuple[str, str]]]) -> list[tuple[str, date, date, tuple[str, str]]]:
    runs: list[tuple[str, date, date, tuple[str, str]]] = []
    for duty, day, told in sorted(said):
        last = runs[-1] if runs else None
        if last and last[0] == duty and last[3] == told and last[2].toordinal() + 1 == day.toordinal():
            runs[-1] = (duty, last[1], day, told)
        else:
            runs.append((duty, day, day, told))
    return sorted(runs, key=lambda run: (run[1], run[0]))


def _run(first: date, last: date) -> str:
    return words.short_day(first) if first == last else f"{words.short_day(first)} to {words.short_day(last)}"


@require_safe
@does("rotas.people.view")
def told(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """Who was told what, with how much notice, and who has said that they have it."""
    one = period_of(year, number)
    kin = ("person", "acknowledgement")
    notices = Notice.objects.filter(period=one).select_related(*kin).order_by("-told_at", "person__surname", "pk")
    page = Paginator(notices, A_PAGE).get_page(request.GET.get("page"))
    waiting = Notice.objects.filter(period=one).unacknowledged().count()
    return render(request, "rotas/told.html", {"period": one, "page": page, "waiting": waiting} | _marks(one))


@require_safe
@does("rotas.people.view")
def ledger(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The rules broken, with reason, authoriser and the rest that is owed; and those that nobody accepted yet."""
    one = period_of(year, number)
    rows = Breach.objects.filter(period=one).select_related("person", "duty__duty_type")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    grid = Grid(ground_of(one), one.starts_on, one.ends_on)
    shown = {"period": one, "page": page, "broken": grid.broken, "owed": rows.owed().count()}
    return render(request, "rotas/ledger.html", shown | _marks(one))


def _marks(one: Period) -> dict[str, Any]:
    return {"marking": one.marking, "handling": one.handling, "may_change": policy.allows("rotas.place")}
