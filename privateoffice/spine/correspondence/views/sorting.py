"""The page of sorting: the queue, what is being read, what can become of it, and what bears on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.records.pages import matters_of
from privateoffice.foundations.records.services import read as opened
from privateoffice.foundations.registry.declarations import MOST_COUNTED
from privateoffice.spine.correspondence import forms
from privateoffice.spine.correspondence.models import Ask, AskQuerySet, Conversation, Disposition, Undoing
from privateoffice.spine.correspondence.services import last_ended, proposals_for, standing_of
from privateoffice.spine.correspondence.services.knowing import known_to
from privateoffice.spine.correspondence.views import beside, showing
from privateoffice.spine.correspondence.views.pictures import pictures_of

WITH = ("record__office", "message__original")
A_PAGE = 50
BEGINS = 140
MOST_OF_A_TEXT = 100_000

QUEUES = (
    ("open", "To sort", lambda asks, now: asks.to_sort(now)),
    ("back", "Back today", lambda asks, now: asks.to_sort(now).back(clock.moment(clock.day_of(now)))),
    ("waiting", "Waiting", lambda asks, now: asks.waiting()),
    ("commander", "With the Commander", lambda asks, now: asks.for_the_commander()),
    ("later", "Put off", lambda asks, now: asks.put_off(now)),
)


def queue_of(name: str, now: datetime) -> AskQuerySet:
    """The asks of one queue, the newest first; of what is to sort where there is no such queue."""
    found = {queue: asked for queue, _, asked in QUEUES}.get(name, QUEUES[0][2])
    return found(Ask.objects.all(), now).newest_first()


def sorting(request: HttpRequest) -> HttpResponse:
    """The queue on the left, one ask in the middle, what bears on it on the right."""
    now = clock.now()
    name = request.GET.get("queue", "open")
    asks = queue_of(name, now)
    asked_for = Ask.objects.called(request.GET.get("ask", "")).select_related(*WITH).first()
    current = asked_for or asks.select_related(*WITH).first()
    page = Paginator(_listed(asks), A_PAGE).get_page(_page_of(request, asks, current))
    shown = {
        "queue": name,
        "is_open": asked_for is not None,
        "page": page,
        "rows": _rows(list(page), current, name, now),
        "chips": _chips(request, name, now),
        "may_keep_rules": policy.allows("correspondence.keep_rule"),
        "bulk": forms.BulkForm(),
        "here": f"{request.path}?queue={name}",
        **(_reading(request, current, asks, name) if current else {}),
    }
    return render(request, "correspondence/sorting.html", shown)


def _listed(asks: AskQuerySet) -> AskQuerySet:
    return asks.for_list().defer("message__text").annotate(begins=Left("message__text", BEGINS))


def _page_of(request: HttpRequest, asks: AskQuerySet, current: Ask | None) -> Any:
    """The page asked for, or that on which the current ask stands."""
    if "page" in request.GET or current is None:
        return request.GET.get("page")
    return asks.before(current).count_to(A_PAGE * 40) // A_PAGE + 1


def _chips(request: HttpRequest, current: str, now: datetime) -> list[dict[str, Any]]:
    here = reverse("correspondence:conversations", args=[request.office.slug])  # type: ignore[attr-defined]
    queues = [
        {
            "word": word,
            "url": f"{here}?queue={name}",
            "is_current": name == current,
            "count": _counted(asked(Ask.objects.all(), now)),
        }
        for name, word, asked in QUEUES
    ]
    return [*queues, {"word": "All mail", "url": f"{here}?show=all", "is_current": False, "count": ""}]


def _counted(asks: AskQuerySet) -> str:
    count = asks.count_to(MOST_COUNTED)
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count or "")


def _rows(asks: Sequence[Ask], current: Ask | None, queue: str, now: datetime) -> list[dict[str, Any]]:
    standing = standing_of(asks)
    back = _came_back(asks)
    known = known_to([ask.message for ask in asks])
    proposed = proposals_for(asks) if policy.allows("correspondence.dispose") else {}
    return [
        {
            "ask": ask,
            "url": f"?{urlencode({'queue': queue, 'ask': ask.name})}",
            "is_current": current is not None and ask.pk == current.pk,
            "begins": " ".join((ask.quoted[:BEGINS] or ask.begins).split()),  # type: ignore[attr-defined]
            "standing": showing.age_of(ask.at, now),
            "proposal": showing.proposal_in_list(ask, proposed.get(ask.pk), queue),
            "tags": list(showing.tags_of(ask, standing.get(ask.pk), back.get(ask.pk), known)),
        }
        for ask in asks
    ]


def _came_back(asks: Sequence[Ask]) -> dict[int, Undoing]:
    """Why each of these asks is open again, where it came back otherwise than by being undone."""
    ended = Disposition.objects.filter(ask__in=[ask.pk for ask in asks], undoing__isnull=False)
    rows = ended.exclude(undoing__how="undone").select_related("undoing").order_by("undoing__undone_at")
    return {row.ask_id: row.undoing for row in rows}


def _reading(request: HttpRequest, ask: Ask, asks: AskQuerySet, queue: str) -> dict[str, Any]:
    """What the middle and the right of the page show of one ask."""
    conversation: Conversation = opened(ask.record)
    message = ask.message
    message.record = conversation
    siblings = list(message.asks.order_by("number"))
    place = f"?{urlencode({'queue': queue})}&ask="
    return {
        "ask": ask,
        "conversation": conversation,
        "marking": conversation.marking,
        "handling": conversation.handling,
        "one": {
            **showing.message(message, conversation, known_to([message])),
            "pictures": pictures_of([message], conversation, ask).get(message.pk),
        },
        "paragraphs": showing.paragraphs(message.text[:MOST_OF_A_TEXT], [one.quoted for one in siblings]),
        "siblings": _rows_of_siblings(siblings, ask, queue, conversation),
        "disposition": ask.what_became_of_it,
        "proposal": showing.proposal_on(ask, queue),
        "ended": last_ended(ask),
        "earlier": conversation.messages.in_brief().exclude(pk=message.pk).newest_first()[:5],
        "acts": showing.acts_on(ask, queue),
        "older": _name(asks.after(ask), place),
        "newer": _name(asks.before(ask).order_by("at", "pk"), place),
        "matters": matters_of(conversation),
        "facts": beside.facts(conversation, message),
        "promises": beside.promises(conversation),
        "open_records": beside.open_records(conversation),
        "letters": beside.letters(conversation),
    }


def _name(asks: AskQuerySet, place: str) -> str:
    found = asks.select_related("record", "message").defer("message__text").first()
    return f"{place}{found.name}" if found else ""


def _rows_of_siblings(asks: list[Ask], here: Ask, queue: str, conversation: Conversation) -> list[dict[str, Any]]:
    if len(asks) < 2:
        return []
    standing = standing_of(asks)
    for ask in asks:
        ask.record, ask.message = conversation, here.message  # read already
    return [
        {
            "ask": ask,
            "is_here": ask.pk == here.pk,
            "url": f"?{urlencode({'queue': queue, 'ask': ask.name})}",
            "words": words_of(standing.get(ask.pk)),
            "begins": ask.quoted[:120] or "The whole mail",
        }
        for ask in asks
    ]


def words_of(disposition: Disposition | None) -> str:
    """What became of an ask, or that it is open."""
    if disposition is None:
        return "Open"
    until = f" until {words.short_day(disposition.until_at)}" if disposition.until_at else ""
    return f"{disposition.sentence}{until}"
