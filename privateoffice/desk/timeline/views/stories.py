"""A record's whole story as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.desk.timeline import services
from privateoffice.desk.timeline.views.acts import marked
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.printing import NotPrinted
from privateoffice.foundations.records.pages import found_by_path


@require_safe
@does("timeline.print_story")
def story(request: HttpRequest, record: str) -> HttpResponse:
    """The story of a record of any kind, to be kept or given to whoever inspects."""
    found = found_by_path(record)
    try:
        paper = services.print_story(found)
    except NotPrinted as fault:
        shown = {"refusal": fault.sentence, "heading": "This cannot be printed", "record": found}
        return render(request, "ui/refused.html", shown | marked(found), status=409)
    name = f"Story of {found.reference.replace('/', '-')} {clock.today()}.pdf"
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
