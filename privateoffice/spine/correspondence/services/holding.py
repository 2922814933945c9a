"""The enclosures of mail as files that the office holds: found by words, and read again from the original."""

from collections.abc import Iterator

from django.db.models import Q

from privateoffice.foundations.records import asking
from privateoffice.foundations.registry.declarations import HeldFile
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.correspondence.services.showing import enclosed

MOST = 30


def held_files(text: str) -> Iterator[HeldFile]:
    """The newest enclosures whose conversation, or whose own name, has the words."""
    found = set(_conversations(text))
    words = asking.words_of(text.lower())
    named = Q(record__has_attachments=True)
    for word in words:
        named &= Q(attachments__icontains=word) if word.isascii() else Q()
    messages = Message.objects.exclude(attachments=[]).filter(named | Q(record__in=found))
    for message in messages.select_related("record__office").defer("text", "references").newest_first()[:MOST]:
        for place in range(1, len(message.attachments) + 1):
            one = _held(message, place)
            if message.record_id in found or all(word in one.name.lower() for word in words):
                yield one


def _conversations(text: str) -> list[int]:
    meant = Conversation.objects.filter(has_attachments=True).order_by("-last_at")
    asked = asking.asked(text)
    by_words = meant.found(asked).values_list("pk", flat=True)[:MOST] if asked else []
    number = asking.reference(text)
    referred = meant.referred(number).values_list("pk", flat=True)[:MOST] if number else []
    return [*by_words, *referred]


def held_file(conversation: Conversation, key: str) -> tuple[HeldFile, bytes]:
    """One enclosure, called by its message and its place in it: 3-1.

    Raises LookupError where there is none, Unreadable, Damaged or Withheld where it is not given out.
    """
    parts = key.split("-")
    if len(parts) != 2 or not all(part.isascii() and part.isdecimal() and len(part) < 8 for part in parts):
        raise LookupError(key)
    number, place = map(int, parts)
    rows = Message.objects.select_related("original", "record__office")
    message = rows.filter(record=conversation, number=number).first()
    if message is None:
        raise LookupError(key)
    found = enclosed(message, place - 1)
    return _held(message, place), found.content


def _held(message: Message, place: int) -> HeldFile:
    listed = message.attachments[place - 1]
    kind = listed.get("content_type") or "application/octet-stream"
    return HeldFile(message.record, f"{message.number}-{place}", listed["name"], listed["size"], message.at, kind)
