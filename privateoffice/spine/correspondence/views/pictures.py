"""Pictures on other machines: what the page says of them, and the one act by which a reader asks for them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does, takes_long
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.registry.declarations import Act
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Conversation, Message, RemotePicture
from privateoffice.spine.correspondence.services import picturing
from privateoffice.spine.correspondence.views.parts import found

VERB = picturing.VERB


def pictures_of(messages: Sequence[Message], conversation: Conversation, ask: Ask | None = None) -> dict[int, Any]:
    """What stands beside each message that names pictures on other machines, in a fixed number of queries."""
    rows = RemotePicture.objects.filter(message__in=messages).order_by("number").defer("address")
    asked: dict[int, list[RemotePicture]] = {}
    for row in rows:
        asked.setdefault(row.message_id, []).append(row)
    why_not = picturing.hindrance(conversation)
    may_ask = policy.allows(VERB) and not why_not
    return {
        one.pk: {**_said(one, asked.get(one.pk, []), may_ask, ask), "why_not": why_not}
        for one in messages
        if one.remote_pictures
    }


def _said(message: Message, asked: list[RemotePicture], may_ask: bool, ask: Ask | None) -> dict[str, Any]:
    kept = [row for row in asked if row.original_id]
    reasons = list(dict.fromkeys(row.left_out for row in asked if row.left_out))
    is_missing = any(not row.original_id and row.left_out != picturing.PIXEL for row in asked)
    word = "Ask again for those left out" if asked else "Show pictures for this message"
    url = f"{message.address}pictures/{'?' + urlencode({'ask': ask.name}) if ask else ''}"
    return {
        "asked": asked[-1] if asked else None,
        "count": len(kept),
        "left_out": max(message.remote_pictures, len(asked)) - len(kept),
        "reasons": reasons,
        "act": Act(word, "", url, posts=True) if may_ask and (is_missing or not asked) else None,
    }


@require_POST
@does(VERB)
@takes_long
def pictures(request, year, number, message):
    """Fetch the pictures for this message, and come back to where it was read."""
    one = found(year, number, message)
    try:
        rows = services.show_pictures(one)
    except (services.NotOffered, services.NoPictures) as refusal:
        toasts.say(request, sentence_of(refusal))
    except (Unreadable, Damaged) as fault:
        toasts.say(request, str(fault))
    else:
        shown = sum(bool(row.original_id) for row in rows)
        toasts.say(request, f"{words.counted(shown, 'picture')} fetched by the office.")
    return redirect(_place_of(request, one))


def _place_of(request, message: Message) -> str:
    ask = request.GET.get("ask", "")
    if not ask:
        return f"{message.record.get_absolute_url()}#message-{message.number}"
    here = reverse("correspondence:conversations", args=[request.office.slug])
    return f"{here}?{urlencode({'ask': ask})}"
