"""What people do with the outbox: call back, hold, let go, and decide where the machine cannot."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.deliveries.models import Delivery, Destination, State, Stop, Turn
from privateoffice.spine.deliveries.services import recording


class TooLate(Exception):
    """It has left, or is leaving at this moment, and cannot be called back."""


class NotInThatState(Exception):
    """The delivery has moved on meanwhile. Look at it again."""


@verb("deliveries.withdraw")
def withdraw(delivery: Delivery, *, reason: str = "") -> None:
    """Call a delivery back before it leaves. It will not be sent, and what it was approved as falls with it."""
    turn = _free_turn(delivery)
    if Destination.objects.filter(delivery_id=delivery.pk, state=Destination.State.ACCEPTED).exists():
        raise TooLate("Somebody has it already.")
    Turn.objects.filter(pk=turn.pk).delete()
    records.close(delivery, outcome=State.WITHDRAWN, words=reason)
    submission = delivery.bound_to
    if submission and submission.is_open:
        approvals.withdraw(submission, reason=reason)
    trail(delivery, reason=reason)


@verb("deliveries.hold")
def hold(delivery: Delivery, *, reason: str) -> None:
    """Hold a delivery back until somebody lets it go."""
    _free_turn(delivery)
    recording.stop(delivery, Stop.Cause.PERSON, reason)
    trail(delivery, reason=reason)


@verb("deliveries.hold_all")
def hold_all(*, reason: str, cause: str = Stop.Cause.PERSON) -> int:
    """Hold everything in the outbox of the office at hand; returns how many. A restored office begins so."""
    waiting = [turn.delivery for turn in Turn.objects.select_related("delivery__office")]
    for delivery in waiting:
        recording.stop(delivery, cause, reason)
    trail(count=len(waiting), reason=reason)
    return len(waiting)


@verb("deliveries.release")
def release(delivery: Delivery) -> None:
    """Let a held delivery go. One that needs an approval still waits for it."""
    if not Stop.objects.standing().filter(delivery_id=delivery.pk).update(lifted_at=clock.now()):
        raise NotInThatState("It is not held.")
    trail(delivery)


@verb("deliveries.settle_uncertain")
def settle_uncertain(delivery: Delivery, *, was_sent: bool) -> None:
    """Say what a person found out: it was sent, or it was not and is to be sent again."""
    in_doubt = Destination.objects.filter(delivery_id=delivery.pk, state=Destination.State.UNCERTAIN)
    state = Destination.State.ACCEPTED if was_sent else Destination.State.PENDING
    if not in_doubt.update(state=state, words="", settled_at=clock.now() if was_sent else None):
        raise NotInThatState("It is not uncertain.")
    trail(delivery, outcome=fact("was sent" if was_sent else "was not sent, and had it sent again"))
    if not was_sent:
        _queue_again(delivery)
    elif not delivery.destinations.exclude(state=Destination.State.ACCEPTED).exists():
        recording.finish(delivery)


@verb("deliveries.send_again")
def send_again(delivery: Delivery) -> None:
    """Try those again who refused. Those who took it do not get it twice."""
    refused = Destination.objects.filter(delivery_id=delivery.pk, state=Destination.State.REFUSED)
    if (
        hasattr(_fresh(delivery), "turn")
        or not delivery.is_open
        or not refused.update(state=Destination.State.PENDING, words="", settled_at=None)
    ):
        raise NotInThatState("Nobody has refused it, or it is queued again already.")
    _queue_again(delivery)
    trail(delivery)


@verb("deliveries.give_up")
def give_up(delivery: Delivery, *, words: str) -> None:
    """Close a delivery that somebody refused, and say what was done instead."""
    if _fresh(delivery).state not in {State.REFUSED, State.UNCERTAIN}:
        raise NotInThatState("It is still in the queue, or closed already.")
    records.close(delivery, outcome=State.GIVEN_UP, words=words)
    trail(delivery, words=words)


def _fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.with_states().get(pk=delivery.pk)


def _free_turn(delivery: Delivery) -> Turn:
    """The delivery's turn, locked, if no sender has it at this moment."""
    turn = Turn.objects.select_for_update(of=("self",)).filter(delivery_id=delivery.pk).first()
    if turn is None or turn.is_taken(clock.now()):
        raise TooLate("It has left, or is leaving at this moment.")
    return turn


def _queue_again(delivery: Delivery) -> None:
    Turn.objects.get_or_create(
        delivery=delivery, defaults={"not_before": clock.now(), "is_bulk": delivery.is_bulk}
    )
