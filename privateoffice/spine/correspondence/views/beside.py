"""What bears on a mail and stands beside it: who writes, what they were promised, and letters before this one."""

import re
from typing import Any

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.records.models import Link, Record
from privateoffice.spine.correspondence.models import Conversation, Message

MOST = 5
LOOKED_AT = 20
LONGEST_TEXT = 20_000
_PROMISE = re.compile(
    r"\b(?:I|we|she|he|they|you|[A-Z][a-z]+)(?:['’]ll| will| shall)\b(?! not\b)"
    r"|\blet you (?:have|know)\b|\b(?:promise|undertake)\b|\bby (?:\d|the end of|mon|tue|wed|thu|fri)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_QUOTED = re.compile(r"^\s*(?:>|On .{5,200} wrote:|-{2,}\s*Original Message)", re.IGNORECASE)


def facts(conversation: Conversation, message: Message) -> list[tuple[str, str]]:
    """Who writes, since when, and how much there is of it."""
    since = conversation.waiting_since
    return [
        ("Name", message.from_name or "No name given"),
        ("Address", message.from_address or "no address"),
        ("Messages", f"{conversation.message_count:,}"),
        ("First", words.day(clock.london(conversation.first_at))),
        ("Waiting", f"Unanswered since {words.day(since)}" if since else ""),
        ("Reference", conversation.reference),
    ]


def promises(conversation: Conversation) -> list[dict[str, Any]]:
    """What we promised the same correspondent in the last letters to them, the newest first."""
    found: list[dict[str, Any]] = []
    for message in _our_letters_to(conversation.correspondent_address):
        for sentence in promised_in(message.text[:LONGEST_TEXT])[:2]:
            url = f"{message.record.get_absolute_url()}#message-{message.number}"
            found.append({"words": sentence[:300], "at": message.at, "url": url, "who": message.sender})
        if len(found) >= MOST:
            break
    return found[:MOST]


def _our_letters_to(address: str) -> list[Message]:
    if not address:
        return []
    theirs = Message.objects.filter(record__correspondent_address=address, is_from_us=True)
    return list(theirs.select_related("record__office").newest_first()[:LOOKED_AT])


def promised_in(text: str) -> list[str]:
    """The sentences of a letter that promise something. What it quotes is not ours to promise."""
    own: list[str] = []
    for line in text.splitlines():
        if _QUOTED.match(line):
            break
        own.append(line)
    sentences = _SENTENCE.split(" ".join(" ".join(own).split()))
    return [one for one in sentences if _PROMISE.search(one) and not one.endswith("?")]


def open_records(conversation: Conversation) -> list[Record]:
    """What was made of letters from the same correspondent and is still open."""
    same = Conversation.objects.filter(correspondent_address=conversation.correspondent_address)
    if not conversation.correspondent_address:
        same = same.filter(pk=conversation.pk)
    made = Link.objects.filter(kind=Link.Kind.ARISES_FROM, to_record__in=same.values("pk")).values(
        "from_record_id"
    )
    return list(
        Record.objects.filter(pk__in=made, ended_at=None).select_related("office").order_by("due_at")[:MOST]
    )


def letters(conversation: Conversation) -> list[Conversation]:
    """The conversations with the same correspondent before this one."""
    if not conversation.correspondent_address:
        return []
    same = Conversation.objects.filter(correspondent_address=conversation.correspondent_address)
    return list(same.with_messages().exclude(pk=conversation.pk).newest_first()[:MOST])
