"""Putting messages into another conversation with all that hangs on them, and bringing both into step again."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from privateoffice.foundations.clock import clock
from privateoffice.spine.correspondence.models import Conversation, Disposition, Message, Move, Strand
from privateoffice.spine.correspondence.services.adding_up import added_up
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.correspondence.services.threading import Letter, people_of

EMPTY: dict[str, Any] = {
    "message_count": 0,
    "waiting_since": None,
    "has_warnings": False,
    "has_attachments": False,
    "needs_a_look": False,
    "people": [],
}
"""What is said of a conversation that gave all its messages away."""


def move(messages: Sequence[Message], home: Conversation, act: str) -> None:
    """Put messages into another conversation, in their order, behind what is there."""
    last = home.last_number
    numbers = {message.pk: last + place for place, message in enumerate(messages, start=1)}
    Move.objects.bulk_create([_move_of(message, home, act) for message in messages], batch_size=500)
    _carry(messages, home, numbers)


def move_back(messages: Sequence[Message], home: Conversation, act: str) -> None:
    """Put messages back where they lay before an act, under the numbers that they had there."""
    was = dict(Move.objects.filter(act=act).values_list("message_id", "was_message"))
    _carry(messages, home, {message.pk: was[message.pk] for message in messages})


def _move_of(message: Message, home: Conversation, act: str) -> Move:
    was = message.record
    return Move(
        record=home,
        message=message,
        act=act,
        was_year=was.year,
        was_number=was.number,
        was_message=message.number,
    )


def _carry(messages: Sequence[Message], home: Conversation, numbers: dict[int, int]) -> None:
    """Write the new home on the messages and on every part that hangs on them.

    Row by row, for each is guarded by the scope. What a moved message answers is judged by its time from now on:
    its number says nothing of when it came.
    """
    now = clock.now()
    parts = hanging_on(messages)
    for message in messages:
        message.record, message.number, message.rehomed_at = home, numbers[message.pk], now
        message.save(update_fields=["record", "number", "rehomed_at"])
    home.last_number = max([home.last_number, *numbers.values()])
    Conversation.objects.filter(pk=home.pk).update(last_number=home.last_number)
    for model, keys in parts.items():
        for part in model._default_manager.filter(pk__in=keys):
            part.record = home  # type: ignore[attr-defined]
            part.save(update_fields=["record"])
    Disposition.objects.filter(pk__in=parts.get(Disposition, ())).update(after_number=home.last_number)


def hanging_on(messages: Iterable[Message]) -> dict[type[models.Model], set[int]]:
    """The keys of all parts of a conversation that belong to some of its messages, by their kind."""
    held: dict[type[models.Model], set[int]] = {Message: {message.pk for message in messages}}
    grows = True
    while grows:
        grows = False
        for part in parts_of_a_conversation():
            found = {*_pointing_at(part, held), *_pointed_at(part, held)} - held.get(part, set())
            if found:
                held.setdefault(part, set()).update(found)
                grows = True
    del held[Message]
    return held


def parts_of_a_conversation() -> list[type[models.Model]]:
    """Every kind of part, also those that other rooms keep, but for messages themselves."""
    return [one for one in apps.get_models() if one is not Message and _names_a_conversation(one)]


def _names_a_conversation(model: type[models.Model]) -> bool:
    return any(field.name == "record" and field.related_model is Conversation for field in model._meta.fields)


def _keys(model: type[models.Model], to: type[models.Model]) -> Iterator[Any]:
    return (field for field in model._meta.concrete_fields if field.name != "record" and field.related_model is to)


def _pointing_at(part: type[models.Model], held: dict[type[models.Model], set[int]]) -> Iterator[int]:
    for other, keys in held.items():
        for field in _keys(part, to=other):
            yield from part._default_manager.filter(**{f"{field.name}__in": keys}).values_list("pk", flat=True)


def _pointed_at(part: type[models.Model], held: dict[type[models.Model], set[int]]) -> Iterator[int]:
    for other, keys in held.items():
        for field in _keys(other, to=part):
            rows = other._default_manager.filter(pk__in=keys).exclude(**{field.name: None})
            yield from rows.values_list(field.attname, flat=True)


def bring_into_step(conversation: Conversation) -> None:
    """Say anew of a conversation what follows from its messages: who, since when, and what later mail joins it."""
    messages = list(Message.objects.filter(record=conversation).defer("text").order_by("at", "number"))
    Strand.objects.filter(record=conversation).delete()
    if not messages:
        _say(conversation, EMPTY)
        return
    ours = addresses_of(conversation.office)
    letters = [_letter(message, ours) for message in messages]
    _strand(conversation, letters)
    people = sorted({person for letter in letters for person in letter.people})[:200]
    _say(conversation, {"people": people, "went_to": "", **added_up(messages)})


def _letter(message: Message, ours: frozenset[str]) -> Letter:
    names = ("references", "in_reply_to", "message_id", "subject", "to", "cc")
    told = {name: getattr(message, name) for name in names} | {"from": {"address": message.from_address}}
    return Letter(told, message.at, people_of(told, ours), 0)


def _strand(conversation: Conversation, letters: list[Letter]) -> None:
    """Its messages' own strands are decided: whoever answers one of them lands here, whatever else it names."""
    own = {letter.keys[-1] for letter in letters if letter.told["message_id"]}
    named = {key for letter in letters for key in letter.keys} - own
    rows = [Strand(record=conversation, key=key, is_decided=True) for key in sorted(own)]
    Strand.objects.bulk_create(
        rows + [Strand(record=conversation, key=key) for key in sorted(named)], batch_size=500
    )


def _say(conversation: Conversation, fields: dict[str, Any]) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(**fields)
    conversation.refresh_from_db()
