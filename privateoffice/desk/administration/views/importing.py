"""Importing a staff list: upload it, see what it says and would do, answer what is in doubt, take it whole."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from privateoffice.connectors.sheets.matching import WORDS, plain
from privateoffice.connectors.sheets.staff import StaffSheet, Unreadable, staff_in
from privateoffice.desk.administration.forms.people import StaffListForm
from privateoffice.desk.administration.views.acting import posted
from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import does, takes_long
from privateoffice.foundations.records.models import Original
from privateoffice.foundations.records.services import keep_original
from privateoffice.foundations.ui import toasts

MOST_SHOWN = 200
DIGEST = re.compile(r"[0-9a-f]{64}")


@does("offices.import_staff")
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in, and keep it as it came until it is looked at and taken."""
    form = StaffListForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        kept = keep_original(file.read())
        place = reverse("administration:preview", args=[request.office.slug, kept.digest])  # type: ignore[attr-defined]
        return redirect(f"{place}?{urlencode({'name': file.name[:120]})}")
    return render(request, "administration/upload.html", {"form": form}, status=422 if form.errors else 200)


@takes_long
@does("offices.import_staff")
def preview(request: HttpRequest, digest: str) -> HttpResponse:
    """What a list says and would do; posted, it is taken whole or not at all."""
    kept = Original.objects.filter(digest=digest).first() if DIGEST.fullmatch(digest) else None
    if kept is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    name, agreed, hidden = asked.get("name", "")[:120], _agreed(asked), _with_hidden(asked)
    shown: dict[str, Any] = {
        "name": name,
        "agreed": sorted(agreed.items()),
        "hidden_said": asked.get("hidden", ""),
    }
    try:
        sheet = staff_in(kept.read(), name, agreed=agreed, with_hidden=hidden)
    except Unreadable as refusal:
        return render(request, "administration/unreadable.html", {"refusal": refusal, **shown}, status=422)
    office = request.office  # type: ignore[attr-defined]
    if request.method == "POST" and sheet.is_sound and (count := _taken(office, sheet)):
        toasts.say(request, _said(count))
        return redirect("administration:people", office.slug)
    status = 422 if request.method == "POST" else 200
    return render(request, "administration/preview.html", shown | _outcome(office, sheet), status=status)


def _agreed(asked: QueryDict) -> dict[str, str]:
    """What has been answered: `agreed=pay_number:Staff no` says that a heading is the pay number."""
    pairs = [said.partition(":") for said in asked.getlist("agreed")[:100]]
    return {heading: field for field, _, heading in pairs if heading and field in {"", *WORDS}}


def _with_hidden(asked: QueryDict) -> bool | None:
    return {"yes": True, "no": False}.get(asked.get("hidden", ""))


def _taken(office: Office, sheet: StaffSheet) -> services.StaffCount | None:
    try:
        return services.import_staff(office, rows=sheet.as_given)
    except ValidationError:
        return None  # the page that follows says each fault by its row


def _outcome(office: Office, sheet: StaffSheet) -> dict[str, Any]:
    plan = services.planned_import(office, rows=sheet.as_given)
    ours = [{"row": sheet.rows[place], "reason": why} for place, why in plan.faults]
    faults = len(sheet.faults) + len(ours)
    return {
        "sheet": sheet,
        "mapped": [(where, column, heading, WORDS[field]) for where, column, heading, field in sheet.mapped],
        "doubts": [_doubt(doubt) for doubt in sheet.doubtful],
        "faults": sheet.faults[:MOST_SHOWN],
        "our_faults": ours[:MOST_SHOWN],
        "fault_count": faults,
        "to_check": sheet.to_check[:MOST_SHOWN],
        "asks": bool(sheet.doubtful or sheet.hidden),
        "count": plan.count,
        "absent": plan.absent,
        "sample": sheet.rows[:8],
        "may_import": sheet.is_sound and not faults and bool(sheet.rows),
    }


def _doubt(doubt: Any) -> dict[str, Any]:
    """A question about a heading, with the answers that it may have."""
    choices = doubt.choices or tuple(WORDS)
    offered = [(f"{field}:{doubt.heading}", WORDS[field].capitalize()) for field in choices]
    return {
        "sentence": doubt.sentence,
        "heading": doubt.heading,
        "id": plain(doubt.heading).replace(" ", "-") + f"-{doubt.column}",
        "choices": [*offered, (f":{doubt.heading}", "None of these: leave it out")],
    }


def _said(count: services.StaffCount) -> str:
    new, changed = words.counted(count.new, "person is new", "people are new"), f"{count.changed:,} changed"
    return f"Imported: {new}, {changed}, {count.unchanged:,} as they were."
