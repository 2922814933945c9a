"""Merging two conversations, splitting one, and taking either back. Nothing of what is owed is lost on the way."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from privateoffice.connectors.mail.threads import plain_subject
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience, Conflict, Hold, MatterEntry
from privateoffice.spine.correspondence.models import Conversation, Message, Move, Rehoming
from privateoffice.spine.correspondence.services.rehoming import bring_into_step, move, move_back
from privateoffice.spine.correspondence.services.stirring import stirred


class SameConversation(ValueError):
    """A conversation cannot be merged into itself."""


class NothingInIt(ValueError):
    """It holds no message any more."""


class OtherReaders(Exception):
    """They do not have the same readers: somebody would come to see what was not for them, or lose what was."""


class NothingLeft(ValueError):
    """Nothing would be left in the conversation. It is this mail's own already."""


class MovedOn(Exception):
    """Some of it was merged or split again since. Take that back first."""


@verb("correspondence.merge")
def merge(conversation: Conversation, *, into: Conversation) -> Rehoming:
    """Put all mail of a conversation into another one, with what became of it. Later mail follows it there."""
    if conversation.pk == into.pk:
        raise SameConversation
    _refuse_other_readers(conversation, into)
    by = scope.current().actor
    with _alone(into.office):
        messages = _messages_of(conversation)
        if not messages or not Message.objects.filter(record=into).exists():
            raise NothingInIt
        _raise_to(into, conversation)
        done = _put(messages, conversation, into, Rehoming.How.MERGED, by)
        Conversation.objects.filter(pk=conversation.pk).update(went_to=into.reference)
        stirred([conversation.pk, into.pk])
    _say_both(into, conversation, "correspondence.merged_away")
    return done


@verb("correspondence.split_off")
def split_off(message: Message, *, with_later: bool) -> Rehoming:
    """Make a conversation of its own of one message, or of it and all that came after it."""
    conversation, by = message.record, scope.current().actor
    with _alone(conversation.office):
        every = _messages_of(conversation)
        at = next(place for place, one in enumerate(every) if one.pk == message.pk)
        messages = every[at:] if with_later else [every[at]]
        if len(messages) == len(every):
            raise NothingLeft
        made = _new_home(messages[0], conversation)
        done = _put(messages, conversation, made, Rehoming.How.SPLIT, by)
        stirred([conversation.pk, made.pk])
    _say_both(made, conversation, "correspondence.split_away")
    return done


@verb("correspondence.put_back")
def put_back(rehoming: Rehoming) -> Conversation:
    """Take a merging or a splitting back. What has come since stays where it came. Returns where the mail is."""
    home = Conversation.objects.select_related("office").get(pk=rehoming.record_id)
    source = Conversation.objects.select_related("office").filter(reference=rehoming.other).first()
    if source is None:
        raise NothingInIt
    _refuse_other_readers(home, source)
    with _alone(home.office):
        messages = _still_there(rehoming)
        if home.marking > rehoming.marked:
            _raise_to(source, home)
        move_back(messages, source, rehoming.act)
        Conversation.objects.filter(pk=source.pk).update(went_to="")
        bring_into_step(home)
        bring_into_step(source)
        if not home.message_count:
            Conversation.objects.filter(pk=home.pk).update(went_to=source.reference)
        stirred([source.pk, home.pk])
    rehoming.undone_at, rehoming.undone_by = clock.now(), scope.current().actor
    rehoming.save(update_fields=["undone_at", "undone_by"])
    _say_both(source, home, "correspondence.put_back")
    return source


@contextmanager
def _alone(office: Office) -> Iterator[None]:
    """While no mail is taken in. It works as the system, for it must move what is there, whoever sees how much."""
    with scope.acting_as_system("conversations", office=office):
        Office.objects.select_for_update().get(pk=office.pk)
        yield


def _refuse_other_readers(one: Conversation, other: Conversation) -> None:
    with scope.acting_as_system("conversations", office=one.office):
        if one.office_id != other.office_id or one.box != other.box or _readers(one) != _readers(other):
            raise OtherReaders


def _readers(conversation: Conversation) -> tuple[set[Any], set[Any]]:
    named = Audience.objects.filter(record_id=conversation.pk).values_list("role", "person_id")
    barred = Conflict.objects.filter(record_id=conversation.pk).values_list("person_id", flat=True)
    return set(named), set(barred)


def _messages_of(conversation: Conversation) -> list[Message]:
    """Its messages in the order of their time, without their long texts."""
    rows = Message.objects.filter(record=conversation).select_related("record")
    return list(rows.defer("text").order_by("at", "number"))


def _still_there(rehoming: Rehoming) -> list[Message]:
    moved = Move.objects.filter(act=rehoming.act).values("message")
    messages = list(Message.objects.filter(pk__in=moved).select_related("record").defer("text"))
    if rehoming.undone_at or not messages or any(one.record_id != rehoming.record_id for one in messages):
        raise MovedOn
    return messages


def _raise_to(conversation: Conversation, other: Conversation) -> None:
    """The higher marking of the two holds."""
    if other.marking > conversation.marking:
        records.mark(conversation, marking=other.marking, handling=other.handling)


def _new_home(first: Message, source: Conversation) -> Conversation:
    made = records.make(
        Conversation,
        office=source.office,
        title=first.subject[:200] or source.title,
        subject_key=plain_subject(first.subject)[:200],
        marking=source.marking,
        handling=source.handling,
        box=source.box,
        first_at=first.at,
        last_at=first.at,
    )
    records.restrict_like(made, source)
    return made


def _put(messages: list[Message], source: Conversation, home: Conversation, how: str, by: str) -> Rehoming:
    """Move the messages, and let the new home stand on the same matters and be held for the same reasons."""
    act = secrets.token_hex(16)
    move(messages, home, act)
    bring_into_step(source)
    bring_into_step(home)
    for entry in MatterEntry.objects.filter(record_id=source.pk).select_related("matter__office"):
        records.put_on(entry.matter, home)
    held = set(Hold.objects.filter(record_id=home.pk, lifted_at=None).values_list("reason", flat=True))
    for hold in Hold.objects.filter(record_id=source.pk, lifted_at=None).exclude(reason__in=held):
        records.hold(home, reason=hold.reason)
    return Rehoming.objects.create(
        record=home,
        other=source.reference,
        act=act,
        how=how,
        marked=home.marking,
        made_at=clock.now(),
        made_by=by,
    )


def _say_both(record: Conversation, other: Conversation, also: str) -> None:
    """One line of the trail for each of the two."""
    trail(record, other=fact(other.reference))
    with performing(also):
        trail(other, other=fact(record.reference))
