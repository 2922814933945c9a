"""The register: every action in scope, filtered and sorted by what is offered; and one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.models import Matter, MatterEntry
from privateoffice.foundations.ui.counts import kept
from privateoffice.spine.actions.forms import people_found, person_marked
from privateoffice.spine.actions.models import Action, ActionQuerySet
from privateoffice.spine.actions.services import OWNING_ROLES
from privateoffice.spine.actions.views.showing import row_of

PAGE = 50
VIEWS = {
    "open": "Open",
    "red": "Overdue",
    "amber": "Due soon or at risk",
    "awaiting": "To be accepted",
    "closed": "Closed",
}
SORTS = {
    "due": ("due_at", "pk"),
    "title": ("title", "pk"),
    "owner": ("owner_role", "owner__surname", "owner_name", "pk"),
    "reference": ("-year", "-number"),
}
COLUMNS = (("title", "Action"), ("owner", "Owner"), ("due", "Due"), ("reference", "Reference"))


@dataclass(frozen=True)
class Asked:
    """What a list was asked for; anything that is not offered counts as not asked."""

    show: str
    sort: str
    owner: str
    matter: str

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        show, sort = query.get("show", ""), query.get("sort", "")
        return cls(
            show if show in VIEWS else "open",
            sort if sort in SORTS else "due",
            query.get("owner", "")[:100].strip(),
            query.get("matter", "")[:40].strip(),
        )

    def url(self, **changes: str) -> str:
        """The same list, asked otherwise."""
        wanted = {**vars(self), **changes}
        plain = {"show": "open", "sort": "due"}
        return "?" + urlencode({name: value for name, value in wanted.items() if value != plain.get(name, "")})


@require_safe
@does("actions.view")
def register(request: HttpRequest) -> HttpResponse:
    """Everything that is owed, hardest first."""
    asked, now = Asked.of(request.GET), clock.now()
    among = _of_matter(_of_owner(Action.objects.all(), asked.owner), asked.matter)
    context = {**_listed(request, among, asked, now), "owners": _owner_choices(asked), "asked": asked}
    return render(request, "actions/register.html", context)


@require_safe
@does("actions.mine.view")
def mine(request: HttpRequest) -> HttpResponse:
    """What the person acting owes, and what waits for their acceptance."""
    asked, now = Asked.of(request.GET), clock.now()
    context = _listed(request, Action.objects.mine(), asked, now)
    accept = Action.objects.awaiting_acceptance().set_by_me().with_standing().order_by("due_at", "pk")
    context["to_accept"] = [row_of(action, now) for action in accept[:PAGE]]
    return render(request, "actions/mine.html", context)


def _listed(request: HttpRequest, among: ActionQuerySet, asked: Asked, now: datetime) -> dict[str, Any]:
    """One page of a list with its counts, in a fixed number of queries."""
    counts = kept(f"{request.path}{asked.url(show='open', sort='due')}", lambda: among.counts(now))
    pages = Paginator(_shown(among, asked.show, now).with_standing().order_by(*SORTS[asked.sort]), PAGE)
    if asked.show in counts:
        pages.count = counts[asked.show]
    page = pages.get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [row_of(action, now) for action in page.object_list],
        "counts": counts,
        "choices": _view_choices(asked, counts),
        "columns": _columns(asked),
        "previous_url": _page_url(asked, page.number - 1) if page.has_previous() else "",
        "next_url": _page_url(asked, page.number + 1) if page.has_next() else "",
    }


def _shown(among: ActionQuerySet, show: str, now: datetime) -> ActionQuerySet:
    if show in {"red", "amber"}:
        return among.coloured(show, now)
    questions = {"awaiting": among.awaiting_acceptance, "closed": among.closed}
    return questions.get(show, among.open)()


def _of_owner(among: ActionQuerySet, owner: str) -> ActionQuerySet:
    """Owned by a role, or by whoever the words find; by nobody where they find nobody."""
    if not owner:
        return among
    if owner in OWNING_ROLES:
        return among.owned_by(role=owner)
    person = person_marked(owner)
    people = [person] if person else people_found(owner)
    return among.filter(owner__in=people) | among.filter(owner_name__icontains=owner)


def _of_matter(among: ActionQuerySet, reference: str) -> ActionQuerySet:
    if not reference:
        return among
    matters = Matter.objects.filter(reference=reference.upper())
    return among.filter(pk__in=MatterEntry.objects.filter(matter__in=matters).values("record_id"))


def _view_choices(asked: Asked, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "word": word,
            "url": asked.url(show=show),
            "count": counts.get(show, ""),
            "is_current": asked.show == show,
        }
        for show, word in VIEWS.items()
    ]


def _owner_choices(asked: Asked) -> list[dict[str, Any]]:
    return [{"value": str(role), "word": role.label, "is_current": asked.owner == role} for role in OWNING_ROLES]


def _columns(asked: Asked) -> list[dict[str, Any]]:
    return [{"word": word, "url": asked.url(sort=sort), "is_sorted": asked.sort == sort} for sort, word in COLUMNS]


def _page_url(asked: Asked, number: int) -> str:
    url = asked.url()
    return f"{url}{'' if url == '?' else '&'}page={number}"
