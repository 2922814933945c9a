"""The front of the room: who is on now and next in every office, how to reach them, and the office's rotas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import does
from privateoffice.rooms.rotas.models import Duty, Notice, OnCall, Period, Rota

AHEAD = timedelta(days=42)
RECENT = timedelta(days=200)


@dataclass(frozen=True)
class Turn:
    """One duty on the board: who has it now, who has it next, and who deputises."""

    now: OnCall
    next: OnCall | None
    deputy: OnCall | None


def turns(lines: Iterable[OnCall], now: datetime) -> list[Turn]:
    """Each duty of one office with who has it now and next. Its deputy is next on the same rota."""
    lines = list(lines)
    standing = [line for line in lines if line.starts_at <= now < line.ends_at]
    found = []
    for place, line in enumerate(standing):
        after = (one for one in lines if one.duty == line.duty and one.rota_slug == line.rota_slug)
        following = next((one for one in after if one.starts_at >= line.ends_at and one.name), None)
        below = (one for one in standing[place + 1 :] if one.rota_slug == line.rota_slug)
        deputy = next((one for one in below if one.name and one.duty_key), None)
        found.append(Turn(line, following, deputy if line.duty_key else None))
    return found


def board(now: datetime, offices: Iterable[Office] | None = None) -> list[tuple[Office, list[Turn]]]:
    """Who is on call in each office, in two questions however many there are."""
    lines = OnCall.objects.after(now).filter(starts_at__lt=now + AHEAD).select_related("office")
    if offices is not None:
        lines = lines.filter(office__in=offices)
    ordered = sorted(lines, key=lambda one: (one.office.name, one.order, one.starts_at, one.pk))
    found = [(office, turns(of_office, now)) for office, of_office in groupby(ordered, key=lambda one: one.office)]
    return [(office, standing) for office, standing in found if standing]


@require_safe
@does("rotas.view")
def rotas(request: HttpRequest) -> HttpResponse:
    """The office's rotas and their periods, with who is on now."""
    office = request.office  # type: ignore[attr-defined]
    now, today = clock.now(), clock.today()
    mine = board(now, [office])
    periods = Period.objects.filter(ends_on__gte=today - RECENT).for_list().order_by("rota__order", "-starts_on")
    shown = {
        "turns": mine[0][1] if mine else [],
        "now": now,
        "rotas": Rota.objects.all(),
        "periods": _with_figures(list(periods)),
        "mine": _mine(),
        "may_set_up": policy.allows("rotas.set_up"),
        "may_see_people": policy.allows("rotas.people.view"),
    }
    return render(request, "rotas/rotas.html", shown)


def _with_figures(periods: list[Period]) -> list[Period]:
    """Give each period its gaps and how many have not acknowledged, in two questions."""
    gaps = _counts(Duty.objects.filter(period__in=periods).gaps().values_list("period_id", flat=True))
    silent = _counts(
        Notice.objects.filter(period__in=periods).unacknowledged().values_list("period_id", flat=True)
    )
    for period in periods:
        period.gap_count = gaps.get(period.pk, 0)  # type: ignore[attr-defined]
        period.silent_count = silent.get(period.pk, 0)  # type: ignore[attr-defined]
    return periods


def _counts(keys: Iterable[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found


def _mine() -> list[Duty]:
    """The published duties of the person acting that are still to come."""
    person_id = scope.current().person_id
    rows = Duty.objects.filter(published=person_id, ends_at__gt=clock.now()) if person_id else Duty.objects.none()
    return list(rows.select_related("duty_type", "period__office").order_by("starts_at")[:6])


@require_safe
@does("rotas.view")
def on_call(request: HttpRequest) -> HttpResponse:
    """Who is on now in all offices side by side, who is next, and how to reach them. Made for a phone."""
    now = clock.now()
    offices = board(now)
    here = request.office  # type: ignore[attr-defined]
    offices.sort(key=lambda pair: (pair[0] != here, pair[0].name))
    return render(request, "rotas/on_call.html", {"offices": offices, "now": now, "here": here})
