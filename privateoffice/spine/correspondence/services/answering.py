"""Answers to chasers: found among the mail, read where they are plain, left to the PA where they are not."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from privateoffice.connectors.mail.replies import Act, read_reply
from privateoffice.connectors.mail.replies import Answer as Reading
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.correspondence.models import Answer, Ask, Message, Outcome, Strand, Way
from privateoffice.spine.correspondence.services.disposing import AlreadySettled, settle
from privateoffice.spine.correspondence.services.threading import strand_of
from privateoffice.spine.deliveries.models import Delivery

LOOKS_BACK = timedelta(days=120)
"""How long after it was sent a chaser may still be answered by mail."""
REFERENCE = re.compile(r"\b[A-Z]{2,5}/ACT/20\d\d/\d{1,6}\b")
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=\s*[-*•\d])")
REFUSED = (actions.NotOpen, actions.NoDateLikeThat, actions.AlreadyDischarged)


class AlreadyDecided(Exception):
    """Something has come of this answer already."""


@dataclass(frozen=True)
class Chaser:
    """One letter that chased: to which addresses it went, what it asked, and how its answers are read."""

    message_id: str
    addresses: frozenset[str]
    actions: tuple[str, ...]
    how: Callable[..., Reading] = read_reply


@verb("correspondence.read_answers")
def read_answers() -> list[Answer]:
    """Read every answer to a chaser that nobody has read. One mail answers once, whoever reads it twice."""
    found = []
    for message, chaser in _unread(_chasers()):
        found += [made for reference in chaser.actions if (made := _read(message, chaser, reference))]
    return found


def read_as_answer(
    message: Message, reference: str, address: str, how: Callable[..., Reading] = read_reply
) -> Answer | None:
    """Read a mail for one action, though it answers no chaser of ours: it bears the action's reference, or answers
    a letter to which the action belongs, and is read `how` such a letter is answered.

    Called inside a verb.
    """
    chaser = Chaser("", frozenset({address.casefold()}), (reference,), how)
    return _read(message, chaser, reference)


def replies_to(letters: Collection[str]) -> Iterator[tuple[Message, str]]:
    """Each mail that answers one of these letters, by the Message-ID that it names, and was never read so."""
    by_key = {strand_of(letter): letter for letter in letters}
    of_conversation: dict[int, list[str]] = {}
    for record_id, key in Strand.objects.filter(key__in=by_key).values_list("record_id", "key"):
        of_conversation.setdefault(record_id, []).append(by_key[key])
    messages = Message.objects.filter(record__in=of_conversation, is_automatic=False, answers=None)
    for message in messages.select_related("record__office").order_by("at", "pk"):
        named = {*message.in_reply_to, *message.references}
        fitting = [one for one in of_conversation[message.record_id] if one in named]
        if fitting:
            yield message, max(fitting, key=lambda one: one in message.in_reply_to)


def _chasers() -> list[Chaser]:
    """The letters of the last months, with the actions that each chased its reader about."""
    since = clock.now() - LOOKS_BACK
    chased: dict[str, list[str]] = {}
    for chase in Chase.objects.filter(fired_at__gte=since).exclude(delivery="").select_related("record"):
        chased.setdefault(chase.delivery, []).append(chase.record.reference)
    letters = Delivery.objects.filter(reference__in=chased).prefetch_related("destinations")
    return [
        Chaser(
            letter.message_id,
            frozenset(one.address.casefold() for one in letter.destinations.all()),
            tuple(dict.fromkeys(chased[letter.reference])),
        )
        for letter in letters
    ]


def _unread(chasers: list[Chaser]) -> Iterator[tuple[Message, Chaser]]:
    """Each mail that answers one of the letters and was never read so, but not our own that went on."""
    by_id = {chaser.message_id: chaser for chaser in chasers}
    for message, letter in replies_to(by_id):
        chaser = by_id[letter]
        if not message.is_from_us or message.from_address.casefold() in chaser.addresses:
            yield message, chaser


def _read(message: Message, chaser: Chaser, reference: str) -> Answer | None:
    """Read one mail for one action, and carry it out where that is plain."""
    action = Action.objects.filter(reference=reference).first()
    if action is None:
        return None
    reading = _reading(message, chaser, action)
    try:
        with transaction.atomic():
            answer = Answer.objects.create(
                record=message.record,
                message=message,
                action=reference,
                said=reading.act,
                due_on=reading.day,
                words=reading.words[:2000],
                why=reading.why[:200],
                read_at=clock.now(),
            )
    except IntegrityError:
        return None  # Another worker has read it.
    records.link(message.record, action, Link.Kind.REPLIES_TO)
    if answer.said in (Act.DONE, Act.NEW_DATE):
        _carry_out_as_read(answer, action)
    return answer


def _reading(message: Message, chaser: Chaser, action: Action) -> Reading:
    """What the mail says of the action; unsure where it comes from anybody but whom the chaser was sent to."""
    if message.from_address.casefold() not in chaser.addresses:
        return Reading(Act.UNSURE, why="It comes from an address to which the chaser was not sent.")
    if message.sender_warnings:
        return Reading(Act.UNSURE, why="Something is odd about its sender.")
    text = _part_for(message.text, action.reference, chaser.actions)
    if text is None:
        return Reading(Act.UNSURE, why="It answers more than one action.")
    received = clock.london(message.at).replace(tzinfo=None)
    return chaser.how(text, subject=message.subject, received=received, due=action.due_on)


def _part_for(text: str, reference: str, chased: tuple[str, ...]) -> str | None:
    """The words about one of several actions: the paragraph that names it and no other. All of it for one."""
    if len(chased) == 1:
        return text
    parts = [part for part in PARAGRAPH.split(text) if set(REFERENCE.findall(part)) == {reference}]
    return REFERENCE.sub("", parts[0]).lstrip(" :,-–") if len(parts) == 1 else None


def _carry_out_as_read(answer: Answer, action: Action) -> None:
    """Do what was read; where the action refuses it, the PA decides."""
    try:
        with transaction.atomic():
            _carry_out(answer, action, answer.said, answer.due_on)
    except REFUSED as refusal:
        answer.why = str(refusal)[:200]
        answer.save(update_fields=["why"])
        return
    _end(answer, Outcome.Kind.READ, answer.said)


def _carry_out(answer: Answer, action: Action, said: str, due_on: date | None) -> None:
    words = answer.words or answer.get_said_display()
    if said == Answer.Said.DONE:
        actions.discharge(action, words=words, evidence=answer.record)
    elif said == Answer.Said.NEW_DATE and due_on:
        actions.slip(action, due_on=due_on, reason=f"By mail: {words}")


def _end(answer: Answer, kind: str, said: str) -> Outcome:
    """Write what came of it, and that the mail itself asks for nothing more."""
    try:
        with transaction.atomic():
            outcome = Outcome.objects.create(
                record=answer.record,
                answer=answer,
                kind=kind,
                said=said,
                decided_at=clock.now(),
                decided_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyDecided from None
    trail(answer.record, said=fact(outcome.get_said_display().lower()), other=fact(answer.action))
    _settle_asks(answer)
    return outcome


def _settle_asks(answer: Answer) -> None:
    """Once every action of the mail has its outcome, the mail's ask is settled: it became those actions."""
    if Answer.objects.to_decide().filter(message=answer.message).exists():
        return
    for ask in Ask.objects.open().filter(message=answer.message).select_related("record", "message"):
        try:
            settle(ask, Way.ACTION, made=answer.action, made_path=_path_of(answer.action))
        except AlreadySettled:
            continue


def _path_of(reference: str) -> str:
    action = Action.objects.filter(reference=reference).first()
    return f"actions/{action.year}/{action.number}" if action else ""


@verb("correspondence.decide_answer")
def decide_answer(answer: Answer, *, said: str, due_on: date | None = None) -> Outcome:
    """Say what an answer that was not plain comes to: done, a new date, or nothing to do."""
    action = Action.objects.get(reference=answer.action)
    if Outcome.objects.filter(answer=answer).exists():
        raise AlreadyDecided
    with scope.acting_as_system("answers to chasers", office=answer.record.office):
        _carry_out(answer, action, said, due_on)
    kind = Outcome.Kind.ASIDE if said == Answer.Said.UNSURE else Outcome.Kind.DECIDED
    return _end(answer, kind, said)
