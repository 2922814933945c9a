"""The pages of the outbox: what is where, and one delivery with its tries."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.records.story import story_of
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.deliveries.forms import ListForm
from privateoffice.spine.deliveries.models import Delivery, Enclosed, State
from privateoffice.spine.deliveries.views import showing

A_PAGE = 50
COLUMNS = ("Name", "Address", "As", "State", "What they said")


@require_safe
@does("deliveries.view")
def deliveries(request):
    """The outbox, newest first, by state."""
    asked = ListForm(request.GET)
    show = (asked.is_valid() and asked.cleaned_data["show"]) or "all"
    found = Delivery.objects.all() if show == "all" else Delivery.objects.in_state(show, clock.now())
    page = Paginator(found.with_states().order_by("-made_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "deliveries/deliveries.html",
        {
            "page": page,
            "rows": [showing.row(delivery) for delivery in page],
            "chips": list(_chips(request, show)),
            "may_hold": policy.allows("deliveries.hold_all"),
            "marking": max((delivery.marking for delivery in page), default=1),
        },
    )


def _chips(request, show):
    here = reverse("deliveries:deliveries", args=[request.office.slug])
    counts = Delivery.objects.counted(clock.now())
    yield {"word": "All", "url": here, "is_current": show == "all"}
    for state in State:
        shown = {"word": state.label, "url": f"{here}?show={state}", "is_current": show == state}
        yield {**shown, "count": counts.get(state) or ""}


@require_safe
@does("deliveries.view")
def delivery(request, year, number):
    """One delivery: what goes, to whom and how it went there, and every try."""
    found = find(Delivery.objects.with_states(), year, number)
    state = found.state
    return render(
        request,
        "deliveries/delivery.html",
        {
            "delivery": found,
            "state": state,
            "standing": showing.standing(found),
            "sentence": showing.sentence(found),
            "acts": showing.acts(found) if policy.allows("deliveries.hold") else (),
            "submission": found.bound_to,
            "columns": COLUMNS,
            "destinations": _destinations(found),
            "files": list(found.enclosed.all()),
            "attempts": list(found.attempts.all()),
            "turn": getattr(found, "turn", None),
            "closing": found.closing,
            "story": story_of(found),
            "marking": found.marking,
            "handling": found.handling,
        },
    )


def _destinations(found):
    shapes = {"pending": "waiting", "accepted": "well", "refused": "late", "uncertain": "soon", "returned": "late"}
    return [
        [
            str(each),
            each.address,
            each.get_kind_display(),
            {"words": each.get_state_display(), "standing": shapes[each.state]},
            each.words,
        ]
        for each in found.destinations.all()
    ]


@require_safe
@does("deliveries.view")
def enclosed(request, year, number, position):
    """One file that goes with a delivery; never opened inside our own pages."""
    found = find(Delivery.objects.all(), year, number)
    file = get_object_or_404(Enclosed, delivery=found, position=position)
    try:
        data = file.data
    except frozen.Altered:
        raise Http404("The file is missing, or is no longer what it was") from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{frozen.plain_name(file.digest, file.name)}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
