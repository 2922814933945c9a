"""What being on call is paid, month by month, and the claims made of it."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import Rate, Rota
from privateoffice.rooms.rotas.views.filling_in import workbook
from privateoffice.rooms.rotas.views.finding import month_asked, person_marked, rota_of


@does("rotas.set_rate")
def rates(request: HttpRequest) -> HttpResponse:
    """What a day on call is paid, from when on."""
    form = forms.RateForm(request.POST or None)
    if form.is_valid():
        services.set_rate(**form.cleaned_data)
        toasts.say(request, "Set. Days before it keep their own rate.")
        return redirect("rotas:rates", request.office.slug)  # type: ignore[attr-defined]
    shown = {"form": form, "rates": Rate.objects.all()}
    return render(request, "rotas/rates.html", shown, status=422 if form.errors else 200)


@require_safe
@does("rotas.people.view")
def pay(request: HttpRequest, rota: str) -> HttpResponse:
    """One month: days on call, hours, call-outs and the allowance of each person; also as a workbook."""
    one = rota_of(rota)
    month = month_asked(request.GET.get("month"), clock.today().replace(day=1) - timedelta(days=1))
    rows = services.month_of(one, month)
    if request.GET.get("as") == "xlsx":
        return _pay_sheet(one, month, rows)
    shown = {
        "rota": one,
        "month": month,
        "rows": rows,
        "total": sum((row.amount or 0 for row in rows), 0),
        "unpriced": sum(row.amount is None for row in rows),
        "earlier": f"?month={month - timedelta(days=1):%Y-%m}",
        "later": f"?month={month.replace(day=28) + timedelta(days=4):%Y-%m}",
        "sheet": f"?as=xlsx&month={month:%Y-%m}",
        "is_over": clock.today() >= (month.replace(day=28) + timedelta(days=4)).replace(day=1),
        "may_claim": policy.allows("rotas.claim"),
    }
    return render(request, "rotas/pay.html", shown)


PAY_COLUMNS = (
    "Staff number",
    "Name",
    "Days on call",
    "Dates",
    "Allowance",
    "Hours on tours",
    "Call-outs",
    "Hours called out",
    "Claimed",
)


def _pay_sheet(rota: Rota, month: date, rows: list[Any]) -> HttpResponse:
    lines = [
        (
            row.person.mark,
            row.person.ranked_name,
            len(row.days),
            ", ".join(f"{day:%d %b}" for day in sorted(row.days)),
            "no rate" if row.amount is None else row.amount,
            row.tour_hours,
            row.call_outs,
            row.called_out_hours,
            clock.day_of(row.claim.claimed_at) if row.claim else "",
        )
        for row in rows
    ]
    return workbook(f"{rota.slug}-pay-{month:%Y-%m}.xlsx", PAY_COLUMNS, lines, title=f"{month:%B %Y}")


@require_POST
@does("rotas.claim")
def claim(request: HttpRequest, rota: str, mark: str) -> HttpResponse:
    one = rota_of(rota)
    month = month_asked(request.POST.get("month"), clock.today())
    try:
        made = services.claim(one, person=person_marked(mark), month=month)
    except (services.AlreadyClaimed, services.NothingToClaim, services.NoRate) as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, f"Claimed: {words.counted(len(made.days), 'day')}, £{made.amount}.")
    return redirect(f"{one.get_absolute_url()}pay/?month={month:%Y-%m}")
