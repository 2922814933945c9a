"""Putting messages into their conversations: new ones made, old ones marked, added up and indexed again."""

from typing import Any

from django.db.models import F, Prefetch

from privateoffice.foundations.records import search
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience, SearchText
from privateoffice.spine.correspondence.models import Conversation, Message, Strand
from privateoffice.spine.correspondence.services import asks, following
from privateoffice.spine.correspondence.services.adding_up import added_up
from privateoffice.spine.correspondence.services.boxes import Box
from privateoffice.spine.correspondence.services.reading import Item
from privateoffice.spine.correspondence.services.stirring import stirred
from privateoffice.spine.correspondence.services.threading import Thread

AT_ONCE = 100
SEARCHED = 200
"""Of one conversation the texts of its latest messages are searched, so that a long one costs no more."""


def write(threads: list[Thread], items: list[Item], messages: list[Message], box: Box) -> None:
    """Write a batch of messages into the threads that they make up or join."""
    for thread in threads:
        thread.letters.sort(key=lambda letter: letter.place)
    new = [thread for thread in threads if thread.conversation is None]
    held = [thread for thread in threads if thread.conversation is not None]
    for thread, made in zip(
        new,
        records.make_many(Conversation, [{**_row(t, items, messages), "box": box.key} for t in new]),
        strict=True,
    ):
        thread.conversation = made
        Audience.objects.bulk_create([Audience(record=made, role=role) for role in box.readers])
    for thread in held:
        _raise_marking(thread, items)
    _attach(threads, messages)
    _add_up_again(held)
    opened = asks.open_for(messages)
    if not box.readers:
        following.act_alone(opened)
    stirred(thread.conversation.pk for thread in threads if thread.conversation)
    _index(threads)


def _row(thread: Thread, items: list[Item], messages: list[Message]) -> dict[str, Any]:
    """The fields of a new conversation."""
    mine = _numbered(thread, messages, after=0)
    first = items[thread.letters[0].place]
    marking, handling = _highest(thread, items)
    return {
        "title": first.title,
        "subject_key": thread.letters[0].subject_key,
        "people": sorted(thread.people),
        "marking": marking,
        "handling": handling,
        "last_number": len(mine),
        **added_up(mine),
    }


def _numbered(thread: Thread, messages: list[Message], *, after: int) -> list[Message]:
    mine = [messages[letter.place] for letter in thread.letters]
    for number, message in enumerate(mine, start=after + 1):
        message.number = number
    return mine


def _highest(thread: Thread, items: list[Item]) -> tuple[int, str]:
    found = [(item.marking, item.handling) for item in (items[letter.place] for letter in thread.letters)]
    marking = max(marking for marking, _ in found)
    return marking, next(handling for one, handling in found if one == marking)


def _raise_marking(thread: Thread, items: list[Item]) -> None:
    """A sensitive message makes the whole conversation so, with a line of its own in the trail."""
    marking, handling = _highest(thread, items)
    if thread.conversation and marking > thread.conversation.marking:
        records.mark(thread.conversation, marking=marking, handling=handling)


def _attach(threads: list[Thread], messages: list[Message]) -> None:
    strands = []
    for thread in threads:
        conversation = thread.conversation
        if conversation is None:
            continue
        if thread.letters and messages[thread.letters[0].place].number is None:
            _numbered(thread, messages, after=conversation.last_number)
        for letter in thread.letters:
            messages[letter.place].record = conversation
        strands += [Strand(record=conversation, key=key) for key in sorted(thread.keys)]
    Message.objects.bulk_create(messages, batch_size=AT_ONCE)
    Strand.objects.bulk_create(strands, ignore_conflicts=True, batch_size=500)


def _add_up_again(held: list[Thread]) -> None:
    """Bring conversations that were there before into step with all their messages, old and new."""
    conversations = {thread.conversation.pk: thread for thread in held if thread.conversation}
    mine: dict[int, list[Message]] = {pk: [] for pk in conversations}
    for message in Message.objects.filter(record__in=conversations).in_brief():
        mine[message.record_id].append(message)
    for pk, thread in conversations.items():
        people = sorted({*thread.people})[:200]
        last = max(message.number for message in mine[pk])
        Conversation.objects.filter(pk=pk).update(people=people, last_number=last, **added_up(mine[pk]))


def _index(threads: list[Thread]) -> None:
    keys = [thread.conversation.pk for thread in threads if thread.conversation]
    latest = Message.objects.filter(number__gt=F("record__last_number") - SEARCHED)
    texts = Prefetch("messages", queryset=latest.only("record", "number", "subject", "text"))
    SearchText.objects.filter(record__in=keys).delete()
    search.index_many(Conversation.objects.filter(pk__in=keys).prefetch_related(texts))
