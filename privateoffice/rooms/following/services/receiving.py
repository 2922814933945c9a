"""Contributions found in the mail: what the reader of answers leaves open, and what only bears the reference."""

from datetime import timedelta

from django.db.models import Q

from privateoffice.connectors.mail.replies.own_words import own_words
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import MatterEntry
from privateoffice.rooms.following.models import Contribution, Receipt
from privateoffice.rooms.following.services.whereabouts import mail_of
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Answer, Message

LOOKS_BACK = timedelta(days=120)
"""How long after it was asked for a contribution may still come by mail."""

MOST_AT_ONCE = 50


@verb("following.take_in_contributions")
def take_in_contributions(office: Office) -> list[Receipt]:
    """Find what was sent for the contributions that an office asked for. A mail is taken in once."""
    since = clock.now() - LOOKS_BACK
    asked = Contribution.objects.filter(asked_at__gte=since, record__office=office).select_related(
        "record__office"
    )
    by_reference = {one.action: one for one in asked}
    open_ones = Action.objects.open().filter(reference__in=by_reference).select_related("owner")
    owed = {action.reference: action for action in open_ones}
    _read_what_bears_a_reference(owed, since)
    return [made for reference, action in owed.items() for made in _received(by_reference[reference], action)]


def address_of(action: Action) -> str:
    """The address at which the contributor was asked."""
    return (action.owner_email or (action.owner.email if action.owner else "")).casefold()


def _read_what_bears_a_reference(owed: dict[str, Action], since) -> None:  # type: ignore[no-untyped-def]
    """Mail from a contributor that answers no letter of ours and has the reference in its subject."""
    named = Q(pk=None)
    for reference in list(owed)[:MOST_AT_ONCE]:
        named |= Q(subject__icontains=reference)
    mail = Message.objects.filter(named, at__gte=since, is_from_us=False, is_automatic=False, answers=None)
    for message in mail.select_related("record__office").order_by("at", "pk")[:MOST_AT_ONCE]:
        for reference, action in owed.items():
            if reference.casefold() in message.subject.casefold() and _is_theirs(message, action):
                correspondence.read_as_answer(message, reference, address_of(action))


def _is_theirs(message: Message, action: Action) -> bool:
    return message.from_address.casefold() == address_of(action) and not message.sender_warnings


def _received(contribution: Contribution, action: Action) -> list[Receipt]:
    """What has come for one: each answer that was said to be done, and each left open that brings something."""
    answers = Answer.objects.filter(action=action.reference, said__in=(Answer.Said.DONE, Answer.Said.UNSURE))
    found = answers.select_related("message__record__office", "record__office", "outcome").order_by(
        "message__at", "pk"
    )
    held = {message.pk for message in mail_of(contribution.receipts.all()).values()}
    return [
        _take(contribution, action, answer)
        for answer in found
        if answer.message_id not in held and _brings_it(answer, action)
    ]


def _brings_it(answer: Answer, action: Action) -> bool:
    """Whether a mail is to be shown as the contribution. What names several actions is left to a person."""
    outcome = getattr(answer, "outcome", None)
    if outcome is not None:
        return outcome.said == Answer.Said.DONE
    if not _is_theirs(answer.message, action) or answer.message.answers.count() > 1:
        return False
    return bool(answer.message.attachments or own_words(answer.message.text))


def _take(contribution: Contribution, action: Action, answer: Answer) -> Receipt:
    """Write that it came, and that the contributor has done their part until somebody says otherwise."""
    if getattr(answer, "outcome", None) is None:
        answer.words = own_words(answer.message.text)[:2000] or "Sent as an attachment."
        awaits = Action.objects.awaiting_acceptance().filter(pk=action.pk).exists()
        correspondence.decide_answer(answer, said=Answer.Said.UNSURE if awaits else Answer.Said.DONE)
    made = Receipt.objects.create(
        record=contribution.record,
        contribution=contribution,
        found_in=answer.record.reference,
        number=answer.message.number,
        received_at=answer.message.at,
    )
    for entry in MatterEntry.objects.filter(record_id=contribution.record_id).select_related("matter__office"):
        records.put_on(entry.matter, answer.record)
    trail(contribution.record, other=fact(action.reference))
    return made
