"""Bringing a calendar in by hand, what each import brought, and what of it needs a look."""

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import words
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import path_of
from privateoffice.foundations.ui import toasts
from privateoffice.spine.diary import forms, services, tasks
from privateoffice.spine.diary.models import Engagement, ImportItem, ImportRun
from privateoffice.spine.diary.views.files import calendar_file

A_PAGE = 100
LAST = 20


@does("diary.take_in")
def imports(request):
    """Upload a calendar, and see what the last imports brought."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with transaction.atomic():
            run = services.receive(file.name, file.chunks(), calendar=form.cleaned_data["calendar"])
            jobs.owe(tasks.read_upload, run.pk)
        toasts.say(request, f"{run.source} is being read. What it holds will stand here.")
        return redirect(run)
    last = ImportRun.objects.select_related("office", "look").newest_first()[:LAST]
    return render(request, "diary/imports.html", {"form": form, "runs": last})


@require_safe
@does("diary.take_in")
def one_import(request, number):
    run = get_object_or_404(ImportRun.objects.select_related("office", "look"), number=number)
    page = Paginator(run.items.all(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "diary/import.html", {"run": run, "page": page, "rows": _rows(page)})


@require_safe
@does("diary.take_in")
def to_look_at(request):
    """Everything that imports listed and that nobody has looked at yet."""
    waiting = ImportItem.objects.filter(run__in=ImportRun.objects.to_look_at()).select_related("run__office")
    page = Paginator(waiting.order_by("-run__begun_at", "number"), A_PAGE).get_page(request.GET.get("page"))
    runs = ImportRun.objects.to_look_at().select_related("office").newest_first()[:LAST]
    return render(request, "diary/to_look_at.html", {"page": page, "rows": _rows(page), "runs": runs})


def _rows(page) -> list[dict]:
    """The listed items, each with its engagement where it has one that may be seen."""
    named = [item.reference for item in page if item.reference]
    found = {one.reference: one for one in Engagement.objects.filter(reference__in=named).in_brief()}
    return [_row(item, found.get(item.reference)) for item in page]


def _row(item: ImportItem, engagement: Engagement | None) -> dict:
    return {
        "item": item,
        "outcome": item.get_outcome_display(),
        "colour": "red" if item.outcome == ImportItem.Outcome.HELD_OUTSIDE else "orange",
        "engagement": engagement,
        "path": path_of(engagement) if engagement else "",
        "file_url": f"{item.run.get_absolute_url()}items/{item.number}/original/" if _may_be_had(item) else "",
    }


def _may_be_had(item: ImportItem) -> bool:
    """Whether its bytes are to be had here: those of an engagement are where the engagement is."""
    return item.is_open and item.original_id is not None and not item.reference


@require_POST
@does("diary.look_at")
def look(request, number):
    run = get_object_or_404(ImportRun.objects.select_related("office"), number=number)
    services.look_at(run)
    toasts.say(request, f"You looked at {words.counted(run.listed, 'item')} of {run.source}.")
    return redirect(run)


@require_safe
@does("diary.take_in")
def item_original(request, number, place):
    """What was listed and is no engagement, as it came, as a file."""
    item = get_object_or_404(ImportItem.objects.select_related("original"), run__number=number, number=place)
    if not _may_be_had(item):
        raise Http404
    return calendar_file(item.original, f"import-{number}-line-{item.line}")
