"""The list of what is owed, the figures, and the figures as a workbook."""

import io
from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.connectors.sheets.writing import write_xlsx
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui.drawings import Chart
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.rooms.following.models import figures as counting
from privateoffice.rooms.following.models.figures import Counts
from privateoffice.rooms.following.views import showing

A_PAGE = 50
MONTHS, IN_THE_WORKBOOK = 6, 12
AIM = 95
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTED = (
    *("Received", "No reply wanted", "Acknowledged in time", "Answered", "Answered in time"),
    *("After a holding reply", "Handed on", "Late now"),
)
WORKBOOK = (
    *("Month", "Kind", "Correspondent", "Received", "No reply wanted", "To acknowledge", "Acknowledged in time"),
    *("Answered", "Answered in time", "Handed on", "After a holding reply", "Late now"),
)
SHOWN = {
    "running": ("Owed", lambda clocks: clocks.running().order_by("reply_by", "pk")),
    "late": ("Late", lambda clocks: clocks.running().filter(reply_by__lt=clock.now()).order_by("reply_by", "pk")),
    "unacknowledged": (
        "To acknowledge",
        lambda clocks: (
            clocks.running()
            .filter(acknowledged_at=None, acknowledge_by__isnull=False)
            .order_by("acknowledge_by", "pk")
        ),
    ),
    "proposed": (
        "Kind to confirm",
        lambda clocks: clocks.running().filter(kind_by="").order_by("reply_by", "pk"),
    ),
}


@require_safe
@does("following.view")
def clocks(request):
    """Every letter that is owed a reply, the soonest first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "running"
    listed = SHOWN[show][1](ReplyClock.objects.filter(reply_by__isnull=False)).for_list()
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    here = reverse("following:clocks", args=[request.office.slug])
    chips = [
        {"word": word, "url": f"{here}?show={name}", "is_current": name == show}
        for name, (word, _) in SHOWN.items()
    ]
    now = clock.now()
    shown = {"page": page, "rows": [showing.row_of(one, now) for one in page], "chips": chips, "show": show}
    return render(request, "following/clocks.html", shown)


def _period(months: int) -> tuple[datetime, datetime]:
    """From the first of the month so many months ago until tonight."""
    today = clock.today()
    month = today.year * 12 + today.month - months
    first = today.replace(year=month // 12, month=month % 12 + 1, day=1)
    return clock.moment(first), clock.moment(today + timedelta(days=1))


@require_safe
@does("following.view")
def figures(request):
    """What is reported of letters: by month, by kind and by correspondent."""
    office, (since, until) = request.office, _period(MONTHS)
    months = counting.by_month(office, since, until)
    chart = Chart(
        title="Answered in time, by month of receipt",
        points=[(name, share) for name, one in months if (share := one.answered_share) is not None],
        unit="%",
        aim=AIM,
        head="Month",
        column="Answered in time",
    )
    shown = {
        "chart": chart,
        "tables": [
            ("By month", _columns("Month"), _lines(months)),
            ("By kind", _columns("Kind"), _lines(counting.by_kind(office, since, until))),
            (
                "By correspondent",
                _columns("Correspondent"),
                _lines(counting.by_correspondent(office, since, until)),
            ),
        ],
        "any": bool(months),
    }
    return render(request, "following/figures.html", shown)


def _columns(first: str) -> list[object]:
    return [first, *({"word": word, "is_number": True} for word in COUNTED)]


def _lines(figures: list[tuple[str, Counts]]) -> list[list[object]]:
    return [
        [
            *(name, one.received, one.no_reply, _percent(one.acknowledged_share), one.answered),
            *(_percent(one.answered_share), one.held, one.handed_on, one.late),
        ]
        for name, one in figures
    ]


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share}%"


@require_safe
@does("following.view")
def figures_workbook(request):
    """A year of the same as a workbook: one line a month, kind and correspondent."""
    since, until = _period(IN_THE_WORKBOOK)
    rows = [
        [
            *(month, kind, who, one.received, one.no_reply, one.to_acknowledge, one.acknowledged_in_time),
            *(one.answered, one.answered_in_time, one.handed_on, one.held, one.late),
        ]
        for month, kind, who, one in counting.lines(request.office, since, until)
    ]
    held = io.BytesIO()
    write_xlsx(held, WORKBOOK, rows, title="Letters", marking="OFFICIAL")
    answer = HttpResponse(held.getvalue(), content_type=XLSX)
    name = f"letters-{request.office.slug}-{clock.today():%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
