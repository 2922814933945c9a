"""The list of conversations, and one of them."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.pages import find, matters_of
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.scanning.services import findings_in
from privateoffice.spine.correspondence import forms
from privateoffice.spine.correspondence.models import Ask, Conversation, ImportRun
from privateoffice.spine.correspondence.services import standing_of
from privateoffice.spine.correspondence.services.knowing import known_to
from privateoffice.spine.correspondence.views import showing
from privateoffice.spine.correspondence.views.pictures import pictures_of
from privateoffice.spine.correspondence.views.rehoming import address_of, moved
from privateoffice.spine.correspondence.views.sorting import QUEUES, sorting, words_of

A_PAGE = 50
MESSAGES = 20
TOLD_IN_FULL = 100
"""Messages of a conversation up to which the trail's sentences look for their texts."""

SHOWN = {
    "all": lambda conversations: conversations.newest_first(),
    "unanswered": lambda conversations: conversations.unanswered().order_by("waiting_since", "pk"),
    "look": lambda conversations: conversations.needing_a_look().newest_first(),
    "sensitive": lambda conversations: conversations.filter(marking=Marking.OFFICIAL_SENSITIVE).newest_first(),
}


@require_safe
@does("correspondence.view")
def conversations(request):
    """The queue of what is to sort, for whoever sorts; every conversation for whoever asks for them."""
    if "show" not in request.GET and policy.allows("correspondence.dispose"):
        return sorting(request)
    show = _show(request)
    page = Paginator(_listed(show), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_row(conversation) for conversation in page],
        "chips": _chips(request, show),
        "show": show,
        "may_import": policy.allows("correspondence.take_in"),
        "to_look_at": ImportRun.objects.to_look_at().select_related("office").first(),
    }
    return render(request, "correspondence/conversations.html", shown)


def _show(request) -> str:
    asked = forms.ListForm(request.GET)
    return (asked.is_valid() and asked.cleaned_data["show"]) or "all"


def _listed(show: str):
    return SHOWN[show](Conversation.objects.with_messages().defer("people"))


def _chips(request, show: str) -> list[dict]:
    here = reverse("correspondence:conversations", args=[request.office.slug])
    shown = [
        {"word": word, "url": f"{here}?show={name}", "is_current": name == show} for name, word in forms.SHOWN
    ]
    if not policy.allows("correspondence.dispose"):
        return shown
    return [{"word": QUEUES[0][1], "url": f"{here}?queue=open", "is_current": False}, *shown]


def _row(conversation: Conversation) -> dict:
    standing, word = _standing(conversation)
    return {
        "key": conversation.reference,
        "title": conversation.title,
        "url": conversation.get_absolute_url(),
        "why": _why(conversation),
        "whose": conversation.correspondent,
        "when": words.near(conversation.last_at),
        "standing": standing,
        "word": word,
        "reference": conversation.reference,
        "is_sensitive": conversation.is_sensitive,
        "acts": [],
    }


def _standing(conversation: Conversation) -> tuple[str, str]:
    if conversation.needs_a_look:
        return "soon", "Needs a look"
    if conversation.waiting_since:
        return "waiting", "Unanswered"
    return "closed", "Answered" if conversation.is_from_us_last else "Needs no answer"


def _why(conversation: Conversation) -> str:
    said = [
        words.counted(conversation.message_count, "message") if conversation.message_count > 1 else "",
        "Needs a look" if conversation.needs_a_look else "",
        "Odd sender" if conversation.has_warnings else "",
        "With attachments" if conversation.has_attachments else "",
        f"Unanswered since {words.short_day(conversation.waiting_since)}" if conversation.waiting_since else "",
    ]
    return ". ".join(filter(None, said))


@require_safe
@does("correspondence.view")
def conversation(request, year, number):
    conversation = find(Conversation.objects.all(), year, number)
    if conversation.went_to:
        return redirect(address_of(conversation.went_to, request.office))
    messages = conversation.messages.select_related("original").newest_first()
    page = Paginator(messages, MESSAGES).get_page(request.GET.get("page"))
    known, asks = known_to(list(page)), _asks_on(page, conversation)
    pictures = pictures_of(list(page), conversation)
    held = findings_in(message.original_id for message in page)
    shown = {
        "conversation": conversation,
        "marking": conversation.marking,
        "handling": conversation.handling,
        "page": page,
        "messages_shown": [
            {
                **showing.message(message, conversation, known),
                "asks": asks.get(message.number, []),
                "pictures": pictures.get(message.pk),
                "harm": held.get(message.original_id, ""),
            }
            for message in page
        ],
        "may_sort": policy.allows("correspondence.dispose"),
        "may_merge": policy.allows("correspondence.merge"),
        "moved": moved(conversation),
        "may_keep": policy.allows("correspondence.keep_private"),
        "inbox": _listed("all").filter(last_at__lte=conversation.last_at)[:A_PAGE],
        "matters": matters_of(conversation),
        "story": story_of(conversation) if conversation.message_count <= TOLD_IN_FULL else [],
        "facts": _facts(conversation),
        "enquiry_url": f"/{request.office.slug}/enquiries/new/?from={conversation.path}",
    }
    return render(request, "correspondence/conversation.html", shown)


def _asks_on(page, conversation: Conversation) -> dict[int, list[tuple]]:
    """What each message on the page asks, and what became of it, by the number of the message."""
    asks = list(Ask.objects.filter(message__in=list(page)).select_related("message").order_by("number"))
    standing = standing_of(asks)
    found: dict[int, list[tuple]] = {}
    for ask in asks:
        ask.record = conversation
        row = (ask, words_of(standing.get(ask.pk)), ask.name)
        found.setdefault(ask.message.number, []).append(row)
    return found


def _facts(conversation: Conversation) -> list[tuple[str, str]]:
    keep = conversation.kind_declared.keep
    since = conversation.waiting_since
    return [
        ("Name", conversation.correspondent),
        ("Address", conversation.correspondent_address),
        ("Messages", f"{conversation.message_count:,}"),
        ("First", words.day(clock.london(conversation.first_at))),
        ("Last", words.day(clock.london(conversation.last_at))),
        ("Waiting", f"Unanswered since {words.day(since)}" if since else ""),
        ("Keep", f"{words.counted(keep.years, 'year')} after it is {keep.after}"),
    ]
