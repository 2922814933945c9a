"""The pages of what the office keeps for writing: lines, templates, who may send what, and batches."""

from typing import Any

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from privateoffice.connectors.papers import fields
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.letters import forms, services
from privateoffice.spine.letters.models import (
    Class,
    Correspondent,
    Leave,
    Letterhead,
    SenderAs,
    StandardLine,
    Template,
)
from privateoffice.spine.letters.views.drafts import download


@does("letters.keep_line")
def lines(request):
    """The agreed lines that hold, those that have run out, and a new one."""
    return _lines(request, None)


@does("letters.keep_line")
def line_change(request, line):
    return _lines(request, get_object_or_404(StandardLine, pk=line, withdrawn_at=None))


def _lines(request, before: StandardLine | None):
    form = forms.LineForm(request.POST or None, line=before)
    if form.is_valid():
        services.keep_line(line=before, **form.cleaned_data)
        toasts.say(request, "Kept.")
        return redirect("letters:lines", office=request.office.slug)
    shown = {
        "form": form,
        "before": before,
        "lines": StandardLine.objects.filter(withdrawn_at=None),
        "today": clock.today(),
    }
    return render(request, "letters/lines.html", shown, status=422 if form.errors else 200)


@does("letters.keep_template")
def templates(request):
    return _templates(request, None)


@does("letters.keep_template")
def template_change(request, template):
    return _templates(request, get_object_or_404(Template, pk=template, withdrawn_at=None))


def _templates(request, before: Template | None):
    form = forms.TemplateForm(request.POST or None, template=before)
    if form.is_valid():
        services.keep_template(template=before, **form.cleaned_data)
        toasts.say(request, "Kept.")
        return redirect("letters:templates", office=request.office.slug)
    shown = {"form": form, "before": before, "templates": Template.objects.filter(withdrawn_at=None)}
    return render(request, "letters/templates.html", shown, status=422 if form.errors else 200)


@does("letters.keep_letterhead")
def letterhead(request):
    """The Word template that is kept, and a new one."""
    form = forms.LetterheadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            services.keep_letterhead(name=file.name, data=file.read())
        except (Unreadable, frozen.TooLarge) as fault:
            form.add_error("file", sentence_of(fault))
        else:
            toasts.say(request, "Kept. Letters in Word are made by it from now on.")
            return redirect("letters:letterhead", office=request.office.slug)
    shown = {
        "form": form,
        "kept": services.letterhead_of(request.office.pk),
        "earlier": Letterhead.objects.filter(office=request.office, withdrawn_at__isnull=False)[:20],
        "known": fields.FIELDS,
        "needed": fields.NEEDED,
    }
    return render(request, "letters/letterhead.html", shown, status=422 if form.errors else 200)


@require_safe
@does("letters.keep_letterhead")
def letterhead_file(request):
    """The template itself, as it was kept."""
    kept = get_object_or_404(Letterhead, office=request.office, withdrawn_at=None)
    return download(frozen.read(request.office, kept.digest), "letter-template.docx")


@require_safe
@does("letters.view")
def authority(request):
    """Who may send what to whom, in whose name."""
    return render(request, "letters/authority.html", _table(request))


def _table(request) -> dict[str, Any]:
    office = request.office
    rows = [
        [str(kind.label), *(Leave(services.leave_for(office, kind, name)).label for name in SenderAs)]
        for kind in Class
    ]
    return {
        "columns": ["To", *(name.label for name in SenderAs)],
        "rows": rows,
        "places": Correspondent.objects.filter(office=office),
        "may_settle": policy.allows("letters.settle_authority"),
        "form": forms.AuthorityForm(),
        "place_form": forms.PlaceForm(),
    }


@does("letters.settle_authority")
def settlement(request):
    """Change one case of the table."""
    form = forms.AuthorityForm(request.POST or None)
    if form.is_valid():
        services.settle_authority(request.office, **form.cleaned_data)
        toasts.say(request, "Settled. It holds from now on, and the trail says who settled it.")
        return redirect("letters:authority", office=request.office.slug)
    return render(
        request, "letters/authority.html", _table(request) | {"form": form}, status=422 if form.errors else 200
    )


@does("letters.settle_authority")
def place(request):
    """Say to which class an address belongs."""
    form = forms.PlaceForm(request.POST or None)
    if form.is_valid():
        services.class_as(request.office, **form.cleaned_data)
        toasts.say(request, "Kept.")
        return redirect("letters:authority", office=request.office.slug)
    shown = _table(request) | {"place_form": form}
    return render(request, "letters/authority.html", shown, status=422 if form.errors else 200)


@does("letters.batch")
def batch(request):
    """Many letters of one text, from a list."""
    form = forms.BatchForm(request.POST or None, request.FILES or None)
    made: list[services.Made] = []
    if form.is_valid():
        try:
            said = form.cleaned_data
            rows = services.rows_of(said["rows"].read(), said["rows"].name)
            made = services.batch(said["template"], rows, reason=said["reason"])
        except (Unreadable, services.TooMany, ValueError) as fault:
            form.add_error("rows", sentence_of(fault))
    stopped = [one for one in made if one.why_not]
    shown = {"form": form, "made": made, "stopped": stopped, "done": len(made) - len(stopped)}
    return render(request, "letters/batch.html", shown, status=422 if form.errors else 200)
