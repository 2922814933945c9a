"""Jobs, for the administrator: what gave up, what is held, what was put away. Nothing of any record is shown."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.administration.forms.jobs import PuttingAwayForm
from privateoffice.desk.administration.views.acting import act, posted
from privateoffice.foundations.jobs import queue, saying, services
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts

A_PAGE = 50
LISTS: dict[str, tuple[str, Callable[[], QuerySet]]] = {
    "gave_up": ("Gave up", queue.set_aside),
    "held": ("Held", queue.held),
    "put_away": ("Put away", queue.put_away),
}


@require_safe
@does("offices.administer")
def jobs(request: HttpRequest) -> HttpResponse:
    """One of the three lists, with how many wait and run beside it."""
    show = request.GET.get("show", "")
    show = show if show in LISTS else "gave_up"
    page = Paginator(LISTS[show][1](), A_PAGE).get_page(request.GET.get("page"))
    counts = {name: find().count() for name, (_, find) in LISTS.items()}
    shown = {"page": page, "rows": _rows(page), "show": show, "counts": counts, "figures": _figures(counts)}
    return render(request, "administration/jobs.html", shown | {"chips": _chips(show, counts)})


def _chips(show: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("administration:jobs")
    return [
        {"word": word, "url": f"{here}?show={name}", "count": counts[name], "is_current": name == show}
        for name, (word, _) in LISTS.items()
    ]


def _figures(counts: dict[str, int]) -> list[dict[str, Any]]:
    now = services.counted()
    return [
        {"word": "Waiting", "number": f"{now['waiting']:,}"},
        {"word": "Running", "number": f"{now['running']:,}"},
        {"word": "Gave up", "number": f"{counts['gave_up']:,}"},
        {"word": "Held", "number": f"{counts['held']:,}"},
    ]


def _rows(jobs: Any) -> list[dict[str, Any]]:
    offices = {office.pk: office for office in Office.objects.all()}
    return [_row(job, offices.get(saying.office_id_of(job) or 0)) for job in jobs]


def _row(job: DBTaskResult, office: Office | None) -> dict[str, Any]:
    hold = getattr(job, "hold", None)
    return {
        "job": job,
        "begins": hold.run_after if hold and hold.run_after < services.FAR else None,
        "name": saying.name_of(job),
        "office": office,
        "tries": len(job.worker_ids),
        "why": saying.why_it_gave_up(job),
    }


@require_POST
@does("jobs.take_up_again")
def again(request: HttpRequest, job: UUID) -> HttpResponse:
    return _at_once(request, lambda: services.take_up_again(job), "The job is tried again.")


@require_POST
@does("jobs.let_go")
def let_go(request: HttpRequest, job: UUID) -> HttpResponse:
    return _at_once(request, lambda: services.let_go(job), "The job goes.", "held")


@require_POST
@does("jobs.let_all_go")
def let_all_go(request: HttpRequest) -> HttpResponse:
    return _at_once(request, services.let_all_go, "Every held job goes.", "held")


def _at_once(request: HttpRequest, do: Callable[[], Any], done: str, show: str = "gave_up") -> HttpResponse:
    try:
        do()
        toasts.say(request, done)
    except services.MovedOn as refusal:
        toasts.say(request, str(refusal.__doc__))
    return redirect(f"{reverse('administration:jobs')}?show={show}")


@does("jobs.put_away")
def put_away(request: HttpRequest, job: UUID) -> HttpResponse:
    one = (queue.set_aside() | queue.held()).filter(pk=job).first()
    if one is None:
        raise Http404
    form = PuttingAwayForm(posted(request))
    show = "held" if hasattr(one, "hold") else "gave_up"
    return act(
        request,
        form,
        lambda: services.put_away(job, reason=form.cleaned_data["reason"]),
        back=f"{reverse('administration:jobs')}?show={show}",
        done="The job is put away.",
        template="put_away",
        row=_rows([one])[0],
    )
