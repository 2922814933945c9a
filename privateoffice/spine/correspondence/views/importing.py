"""Bringing mail in by hand, and what each import brought."""

from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import words
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.spine.correspondence import forms, services, tasks
from privateoffice.spine.correspondence.models import ImportItem, ImportRun, Message

A_PAGE = 100
LAST = 20


@does("correspondence.take_in")
def imports(request):
    """Upload mail, and see what the last imports brought."""
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        with transaction.atomic():
            run = services.receive(file.name, file.chunks())
            jobs.owe(tasks.read_upload, run.pk)
        toasts.say(request, f"{run.source} is being read. What it holds will stand here.")
        return redirect(run)
    last = ImportRun.objects.select_related("office", "look")[:LAST]
    return render(request, "correspondence/imports.html", {"form": form, "runs": last})


@require_safe
@does("correspondence.take_in")
def one_import(request, number):
    run = get_object_or_404(ImportRun.objects.select_related("office", "look"), number=number)
    page = Paginator(run.items.all(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "correspondence/import.html", {"run": run, "page": page, "rows": _rows(page)})


def _rows(page) -> list[dict]:
    """The listed items, each with its conversation where it has one that may be seen."""
    kept = [item.original_id for item in page if item.original_id]
    messages = Message.objects.filter(original__in=kept).in_brief().select_related("record__office")
    by_original = {message.original_id: message for message in messages}
    return [_row(item, by_original.get(item.original_id)) for item in page]


def _row(item: ImportItem, message: Message | None) -> dict:
    return {
        "item": item,
        "outcome": item.get_outcome_display(),
        "colour": "red" if item.outcome == ImportItem.Outcome.HELD_OUTSIDE else "orange",
        "url": f"{message.record.get_absolute_url()}#message-{message.number}" if message else "",
        "title": message.record.title if message else "",
        "is_sensitive": message.record.is_sensitive if message else False,
    }


@require_POST
@does("correspondence.look_at")
def look(request, number):
    run = get_object_or_404(ImportRun.objects.select_related("office"), number=number)
    services.look_at(run)
    toasts.say(request, f"You looked at {words.counted(run.listed, 'item')} of {run.source}.")
    return redirect(run)
