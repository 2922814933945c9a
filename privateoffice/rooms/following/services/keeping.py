"""Saying of what kind a letter is, that it was acknowledged, and by when a reply is promised."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock, reply_times, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.following.models import (
    Acknowledgement,
    HoldingReply,
    OnlyAcknowledged,
    Promise,
    ReplyClock,
)
from privateoffice.rooms.following.services.faults import (
    AlreadyAcknowledged,
    NoReplyOfOurs,
    NoSuchKind,
    NotRunning,
    NotThatDay,
    TooLate,
)
from privateoffice.rooms.following.services.stepping import keep_step
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Disposition, Message, Way
from privateoffice.spine.correspondence.services.asks import FROM_THE_MAILBOX

UPDATE_WITHIN = 20
"""Working days within which whoever waits hears from us again, once the last day of the kind has passed."""


@verb("following.set_kind")
def set_kind(one: ReplyClock, *, kind: str) -> ReplyClock:
    """Say of what kind a letter is. Its times count from receipt, and the next letter is proposed alike."""
    if kind not in reply_times.on(clock.day_of(one.received_at)):
        raise NoSuchKind(str(NoSuchKind.__doc__))
    before = one.name
    one.kind, one.kind_by, one.why = kind, scope.current().actor, ""
    one.save(update_fields=["kind", "kind_by", "why"])
    keep_step([one.record_id])
    one.refresh_from_db()
    trail(one.record, before=fact(before), after=fact(one.name))
    return one


@verb("following.acknowledge")
def acknowledge(one: ReplyClock, *, how: str) -> Acknowledgement:
    """Write down that the correspondent was told that we have it."""
    _refuse_ended(one)
    if one.acknowledged_at:
        raise AlreadyAcknowledged(str(AlreadyAcknowledged.__doc__))
    try:
        with transaction.atomic():
            told = Acknowledgement.objects.create(
                record=one.record,
                clock=one,
                how=how,
                acknowledged_at=clock.now(),
                acknowledged_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyAcknowledged(str(AlreadyAcknowledged.__doc__)) from None
    keep_step([one.record_id])
    trail(one.record, how=fact(told.get_how_display().lower()))
    return told


@verb("following.promise")
def promise(one: ReplyClock, *, due_on: date, reason: str, holding: HoldingReply | None = None) -> Promise:
    """Promise a reply by another day. The day before stays with the reason."""
    one = ReplyClock.objects.select_related("record").select_for_update(of=("self",)).get(pk=one.pk)
    _refuse_ended(one)
    before, by = one.reply_by, day_checked(one, due_on)
    if before is None or by == before:
        raise NotThatDay(str(NotThatDay.__doc__))
    made = Promise.objects.create(
        record=one.record,
        clock=one,
        was_by=before,
        by=by,
        reason=reason[:200],
        promised_at=clock.now(),
        promised_by=holding.made_by if holding else scope.current().actor,
        holding=holding,
    )
    keep_step([one.record_id])
    trail(one.record, before=before, after=by, reason=reason)
    return made


def day_checked(one: ReplyClock, due_on: date) -> datetime:
    """The end of a day that may be promised. Raises NotThatDay or TooLate."""
    if due_on < clock.today() or not working_days.is_working(due_on):
        raise NotThatDay(str(NotThatDay.__doc__))
    by = clock.closing(due_on, reply_times.CLOSE_OF_PLAY)
    if by > last_by(one):
        raise TooLate(
            f"A reply is promised by {last_by(one):%A} {clock.day_of(last_by(one)):%-d %B} at the latest."
        )
    return by


def last_by(one: ReplyClock) -> datetime:
    """The last day that may be promised: that of the kind while it is to come, then twenty working days on."""
    if one.at_most_by and one.at_most_by > clock.now():
        return one.at_most_by
    return clock.closing(working_days.add(clock.today(), UPDATE_WITHIN), reply_times.CLOSE_OF_PLAY)


@verb("following.say_only_acknowledged")
def say_only_acknowledged(message: Message) -> OnlyAcknowledged:
    """Say that a letter of ours from another mail program was no reply: what it settled is open again."""
    if not message.is_from_us or OnlyAcknowledged.objects.filter(message=message).exists():
        raise NoReplyOfOurs(str(NoReplyOfOurs.__doc__))
    said = OnlyAcknowledged.objects.create(
        record=message.record, message=message, said_at=clock.now(), said_by=scope.current().actor
    )
    settled = Disposition.objects.standing().filter(
        record=message.record, way=Way.ANSWERED, words=FROM_THE_MAILBOX, ask__at__lte=message.at
    )
    for one in settled.select_related("ask__record", "ask__message"):
        correspondence.undo(one.ask, reason="Our letter only said that we have it.")
    keep_step([message.record_id])
    trail(message.record, number=message.number)
    return said


def _refuse_ended(one: ReplyClock) -> None:
    if one.reply_by is None or not one.is_running:
        raise NotRunning(str(NotRunning.__doc__))
