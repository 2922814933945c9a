"""Where mail lies that a receipt names, whatever it was merged with since."""

from collections.abc import Iterable

from django.db.models import Q

from privateoffice.rooms.following.models import Receipt
from privateoffice.spine.correspondence.models import Message, Move

Name = tuple[str, int]
"""A message by the reference of its conversation and its number there."""


def mail_of(receipts: Iterable[Receipt]) -> dict[Name, Message]:
    """The messages that receipts name, as far as they may be seen, under the names that the receipts have."""
    names = {(one.found_in, one.number) for one in receipts}
    mail = Message.objects.filter(_any(Q(record__reference=where, number=number) for where, number in names))
    held = {(one.record.reference, one.number): one for one in _with_their_conversations(mail)}
    moved = _moved(names - held.keys())
    messages = _with_their_conversations(Message.objects.filter(pk__in=moved.values()))
    there = {one.pk: one for one in messages}
    return held | {name: there[key] for name, key in moved.items() if key in there}


def _moved(names: set[Name]) -> dict[Name, int]:
    """Those that were put elsewhere by hand, by the names that they had before."""
    by_place = {_place_of(name): name for name in names}
    moves = Move.objects.filter(_any(Q(**dict(zip(PLACE, place, strict=True))) for place in by_place))
    return {by_place[tuple(place)]: message for message, *place in moves.values_list("message_id", *PLACE)}


PLACE = ("record__office__code", "was_year", "was_number", "was_message")


def _place_of(name: Name) -> tuple[str, int, int, int]:
    office, _, year, number = name[0].split("/")
    return office, int(year), int(number), name[1]


def _any(questions: Iterable[Q]) -> Q:
    found = Q(pk__in=())
    for one in questions:
        found |= one
    return found


def _with_their_conversations(messages):  # type: ignore[no-untyped-def]
    return messages.select_related("original", "record__office")
