"""How messages and asks are shown: tags, ages, paragraphs, and the acts with their keys."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from privateoffice.connectors.mail.addresses import domain_of
from privateoffice.foundations.clock import words
from privateoffice.foundations.registry.declarations import Act
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import (
    Ask,
    Conversation,
    Disposition,
    Message,
    SortingRule,
    Undoing,
    Way,
)
from privateoffice.spine.correspondence.services.knowing import Known

SOON, LATE = timedelta(days=3), timedelta(days=14)
"""A reply is promised within ten working days: from then on silence is late, and from the third day it shows."""

ACTS = (
    ("Split", "s", "split/", False),
    ("Enquiry", "q", "enquiry/", False),
    ("Action", "a", "action/", False),
    ("Diary", "d", "engagement/", False),
    ("Commander", "b", "commander/", False),
    ("Re-direct", "x", "redirection/", False),
    ("Waiting", "w", "waiting/", False),
    ("File", "f", "filing/", False),
    ("Answered", "e", "disposition/?way=answered", True),
    ("No action", "n", "disposition/?way=no_action", True),
    ("Put off", "z", "put-off/", False),
)


def acts_on(ask: Ask, queue: str) -> list[Act]:
    """What can become of an ask, each with its key; of one that is settled only the way back."""
    said = urlencode({"queue": queue})
    writing = f"/{ask.record.office.slug}/drafts/begin/?ask={ask.name}"
    if not ask.is_open:
        return [Act("Open it again", "u", f"{ask.address}undoing/?{said}", posts=True)]
    return [Act("Reply", "r", writing, posts=True), Act("Reply all", "R", f"{writing}&how=all", posts=True)] + [
        Act(word, key, f"{ask.address}{place}{'&' if '?' in place else '?'}{said}", posts=posts)
        for word, key, place, posts in ACTS
    ]


def proposal_on(ask: Ask, queue: str) -> dict[str, Any] | None:
    """What a rule proposes for an ask, and the one key that takes it."""
    rule = services.proposal_for(ask)
    if rule is None:
        return None
    said = urlencode({"queue": queue})
    return {
        "rule": rule,
        "words": proposed_by(rule),
        "url": f"/{ask.record.office.slug}/mail/rules/{rule.pk}/",
        "act": Act("As proposed", "y", f"{ask.address}proposal/{rule.pk}/?{said}", posts=True),
    }


def proposal_in_list(ask: Ask, rule: SortingRule | None, queue: str) -> dict[str, str] | None:
    """What a rule proposes for one row of the list, and where that is taken without leaving the list."""
    if rule is None:
        return None
    said = urlencode({"queue": queue, "stay": "list"})
    return {"words": proposed_by(rule), "rule": rule.name, "url": f"{ask.address}proposal/{rule.pk}/?{said}"}


def proposed_by(rule: SortingRule) -> str:
    """The disposition that a rule proposes, in words."""
    days = words.counted(rule.days, "working day")
    return {
        Way.FILED: f"File as {rule.get_filed_as_display().lower()}",
        Way.WAITING: f"Wait {days} for an answer",
        Way.COMMANDER: f"Before the Commander: {rule.said}",
        Way.ACTION: f"An action for the {rule.get_owner_role_display()}, due in {days}",
        Way.ENQUIRY: f"An enquiry ({rule.enquiry_kind.replace('-', ' ')})",
    }.get(Way(rule.way), Way(rule.way).label)


def looked_for_by(rule: SortingRule) -> str:
    """What a rule looks for, in words."""
    place = "subject or text" if rule.looks_in_text else "subject"
    marking = rule.get_marked_display() if rule.marked else ""
    found = [
        f"from {'' if '@' in rule.sender else 'anybody at '}{rule.sender}" if rule.sender else "",
        f"with {' or '.join(f'“{term}”' for term in rule.terms)} in the {place}" if rule.words else "",
        f"by a list whose name holds “{rule.list_id}”" if rule.list_id else "",
        f"marked {marking}" if marking else "",
    ]
    return f"Mail {', '.join(filter(None, found))}"


def rulings_on(ask: Ask) -> tuple[Act, ...]:
    """What the Commander says of an ask: as recommended, or otherwise."""
    return (
        Act("As recommended", "y", f"{ask.address}ruling/", posts=True),
        Act("Say otherwise", "r", f"{ask.address}otherwise/"),
    )


def age_of(at: datetime, now: datetime) -> str:
    """How long it has lain here, as a standing."""
    waited = now - at
    return "late" if waited > LATE else "soon" if waited > SOON else "well"


def tags_of(
    ask: Ask, disposition: Disposition | None, back: Undoing | None, known: Known
) -> Iterator[tuple[str, str]]:
    """The words beside an ask, each with its colour."""
    if known.mistaken(ask.message):
        yield "Look-alike", "red"
    if ask.number > 1 or ask.quoted:
        yield f"Ask {ask.number}", ""
    if back and ask.is_open:
        yield back.get_how_display(), "purple"
    elif ask.is_open and ask.put_off_until:
        yield "Put off", "purple"
    if disposition:
        yield disposition.sentence, "grey"
    if ask.message.sender_warnings:
        yield "Odd sender", "orange"
    if ask.message.is_automatic:
        yield "Automatic", "grey"
    if ask.message.invitations:
        yield "Invitation", ""


def message(message: Message, conversation: Conversation, known: Known) -> dict[str, Any]:
    """A message as its template draws it."""
    place = f"{conversation.get_absolute_url()}messages/{message.number}/"
    return {
        "message": message,
        "place": place,
        "is_outside": not message.is_from_us and domain_of(message.from_address) not in known.own,
        "passes_for": known.mistaken(message),
        "is_claimed": bool(message.date_claimed) and message.sent_at is None,
        "attachments": [
            {**one, "url": f"{place}attachments/{at}/"} for at, one in enumerate(message.attachments, start=1)
        ],
    }


def paragraphs(text: str, asked: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in paragraphs, each with whether it was split off as an ask of its own."""
    parts = {" ".join(part.split()) for one in asked for part in one.split("\n\n") if part.strip()}
    return [(part, " ".join(part.split()) in parts) for part in text.split("\n\n") if part.strip()]
