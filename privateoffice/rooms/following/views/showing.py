"""How clocks and contributions are shown: drawn to scale, as rows, and beside mail and drafts."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.registry.declarations import Act
from privateoffice.foundations.ui.clocks import PromiseClock
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Contribution, HoldingReply, ReplyClock
from privateoffice.rooms.following.services.offering import Material
from privateoffice.rooms.following.views.keeping import current_of
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.letters.models import Draft

HOLD = ("Holding reply", "l", "holding/", "following.hold", True)
KIND = ("Kind", "t", "kind/", "following.set_kind", False)
TOLD = ("They were told", "", "acknowledgement/", "following.acknowledge", False)
ASK = ("Ask for a contribution", "i", "contributions/", "following.ask", False)


def row_of(one: ReplyClock, now: datetime) -> dict[str, Any]:
    """One letter as a line of what is owed."""
    return {
        "key": one.record.reference,
        "title": one.record.title,
        "url": one.record.get_absolute_url(),
        "why": f"{one.name}{' (proposed)' if one.is_proposed else ''}. {said_of(one, now)}",
        "whose": one.record.correspondent,
        "when": words.due(one.next_by, now) if one.next_by else "",
        "standing": standing_of(one, now),
        "reference": one.record.reference,
        "is_sensitive": one.record.is_sensitive,
        "acts": acts_on(one)[:2],
    }


def standing_of(one: ReplyClock, now: datetime) -> str:
    if not one.is_running or one.next_by is None:
        return "closed"
    if one.next_by < now:
        return "late"
    return "soon" if one.next_by <= now + services.NEAR else "well"


def said_of(one: ReplyClock, now: datetime) -> str:
    """What is owed by when, in a sentence."""
    if not one.is_running:
        return f"{one.get_outcome_display()}."
    told = f"Acknowledge by {words.near(one.acknowledge_by, now)}. " if one.wants_acknowledgement() else ""
    return f"{told}Reply by {words.near(one.reply_by, now)}." if one.reply_by else "No reply is owed."


def acts_on(one: ReplyClock) -> list[Act]:
    """What can be done about a clock by whoever acts."""
    if not one.is_running:
        return _allowed(one, (KIND, ASK)) if one.reply_by is None else _allowed(one, (KIND,))
    told = (TOLD,) if one.wants_acknowledgement() else ()
    return _allowed(one, (HOLD, KIND, *told, ASK))


def _allowed(one: ReplyClock, acts: tuple[tuple[str, str, str, str, bool], ...]) -> list[Act]:
    place = one.record.get_absolute_url()
    return [
        Act(word, key, f"{place}{name}", posts) for word, key, name, verb, posts in acts if policy.allows(verb)
    ]


def drawn(one: ReplyClock) -> PromiseClock | None:
    """The clock to scale; nothing where no reply is owed."""
    if one.reply_by is None:
        return None
    day = clock.day_of
    may_change = one.is_running and policy.allows("following.promise")
    told = f"Acknowledge by {words.short_day(one.acknowledge_by)}, reply" if one.acknowledge_by else "Reply"
    return PromiseClock(
        title=f"{one.name}{' (proposed)' if one.is_proposed else ''}.",
        rule=f"{told} by {words.short_day(one.reply_by)}.",
        received_on=day(one.received_at),
        promised_on=day(one.reply_by),
        acknowledged_on=day(one.acknowledged_at) if one.acknowledged_at else None,
        acknowledge_by=day(one.acknowledge_by) if one.acknowledge_by else None,
        answered_on=day(one.ended_at) if one.ended_at else None,
        last_on=day(one.at_most_by) if one.at_most_by else None,
        change_url=f"{one.record.get_absolute_url()}promise/" if may_change else "",
    )


def beside_mail(conversation: Conversation) -> dict[str, Any] | None:
    """The clock in brief, for where mail is sorted."""
    one = _clock_of(conversation)
    if one is None:
        return None
    now = clock.now()
    return {"clock": one, "said": said_of(one, now), "confirm": _confirm(one), "acts": acts_on(one)}


def on_mail(conversation: Conversation) -> dict[str, Any] | None:
    """The clock to scale with what moved it, and the contributions, on the page of a conversation."""
    one = _clock_of(conversation)
    asked = services.materials(Contribution.objects.of(conversation))
    if one is None and not asked:
        return None
    return {
        "clock": one,
        "drawn": drawn(one) if one else None,
        "confirm": _confirm(one) if one else None,
        "acts": acts_on(one) if one else [],
        "promises": services.promises_of(one) if one else [],
        "holdings": _drafted(one) if one else [],
        "astray": services.holdings_of(one).filter(is_kept_to=False).last() if one else None,
        "no_reply": _only_acknowledged(one) if one else None,
        "asked": [_asked(material) for material in asked],
    }


def _drafted(one: ReplyClock) -> list[HoldingReply]:
    """The holding replies that are written on or on their way."""
    unsent = list(services.holdings_of(one).filter(sent_at=None))
    open_ones = Draft.objects.open().filter(reference__in=[held.draft for held in unsent])
    standing = set(open_ones.values_list("reference", flat=True)) if unsent else set()
    for held in unsent:
        held.record = one.record
    return [held for held in unsent if held.draft in standing]


def _clock_of(conversation: Conversation) -> ReplyClock | None:
    one = current_of(conversation) if policy.allows("following.view") else None
    if one:
        one.record = conversation
    return one


def _confirm(one: ReplyClock) -> Act | None:
    """Taking the kind that is proposed, with one press."""
    if not one.is_proposed or not policy.allows("following.set_kind"):
        return None
    place = f"{one.record.get_absolute_url()}kind/?kind={one.kind}"
    return Act(f"It is: {one.name}", "", place, posts=True)


def _only_acknowledged(one: ReplyClock) -> Act | None:
    """Where a letter of ours ended the clock: saying that it was no reply."""
    if one.outcome != ReplyClock.Outcome.ANSWERED or not policy.allows("following.say_only_acknowledged"):
        return None
    ours = Message.objects.filter(record_id=one.record_id, is_from_us=True, at=one.ended_at).first()
    if ours is None:
        return None
    place = f"{one.record.get_absolute_url()}messages/{ours.number}/no-reply/"
    return Act("Our letter was only an acknowledgement", "", place, posts=True)


def _asked(material: Material) -> dict[str, Any]:
    """One contribution as the page of its conversation shows it."""
    action = material.action
    standing, word = _standing_of(material)
    return {
        "material": material,
        "action": action,
        "standing": standing,
        "word": word,
        "acts": _acts_on(material) if action and action.is_awaiting else [],
    }


def _standing_of(material: Material) -> tuple[str, str]:
    action, now = material.action, clock.now()
    if action is None:
        return "closed", "Not to be seen"
    if action.is_closed:
        return "closed", "Accepted" if material.sent or material.hidden else "No longer asked"
    if action.is_awaiting:
        return "waiting", "Received, to look at"
    due = words.due(action.due_at or action.due_on, now)
    return (
        "late" if action.due_at and action.due_at < now else "well"
    ), f"Due {due}" if "late" not in due else due


def _acts_on(material: Material) -> list[Act]:
    action = material.action
    if action is None or not action.is_set_by(scope.current()) or not policy.allows("following.accept"):
        return []
    conversation = material.contribution.record
    names = [action.office.slug, conversation.year, conversation.number, action.year, action.number]
    return [
        Act("Accept", "", reverse("following:acceptance", args=names), posts=True),
        Act("Ask again", "", reverse("following:again", args=names)),
    ]


def beside_draft(draft: Draft) -> dict[str, Any] | None:
    """The day that a holding reply promises, and what was contributed to the reply."""
    held = HoldingReply.objects.filter(draft=draft.reference).select_related("record__office").first()
    conversation = draft.answered_in and Conversation.objects.filter(reference=draft.answered_in).first()
    asked = services.materials(Contribution.objects.of(conversation)) if conversation else []
    with_mail = [one for one in asked if one.sent]
    if held is None and not with_mail:
        return None
    may_write = draft.is_open and draft.dispatch is None
    return {
        "draft": draft,
        "held": held,
        "materials": [_offered(draft, one) for one in with_mail],
        "may_write": may_write,
        "may_promise": may_write and policy.allows("following.change_holding"),
    }


def _offered(draft: Draft, material: Material) -> dict[str, Any]:
    action = material.action
    places = {receipt.pk: place for place, receipt in enumerate(material.contribution.receipts.all(), start=1)}
    year, number = material.contribution.action.split("/")[-2:]
    root = f"{draft.get_absolute_url()}contributions/{year}/{int(number)}/"
    return {
        "from": action.owner_words if action else material.contribution.action,
        "word": _standing_of(material)[1],
        "sent": [{"sent": one, "place": f"{root}{places[one.receipt.pk]}/"} for one in material.sent],
    }
