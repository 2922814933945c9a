"""Sending: one sender takes one turn under a lease, hands the letter over, and writes down how it went.

A sender may die anywhere. Before `handing_over_at` is written nothing has left, so another just tries again.
After it, only the far side knows: it is asked where it can be, and otherwise a person decides.
"""

import logging
from datetime import datetime

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.deliveries.models import Attempt, Delivery, Destination, Turn
from privateoffice.spine.deliveries.services import recording
from privateoffice.spine.deliveries.services.approving import let_go_of_approved, why_not
from privateoffice.spine.deliveries.services.carriers import Carrier, Letter, TryLater, Uncertain, carrier_for
from privateoffice.spine.deliveries.services.claims import Claim, Fenced

logger = logging.getLogger(__name__)

STOPPED = "The sender stopped while it handed the message over."

AT_MOST = 500
"""Turns that one run takes, so that a long queue does not keep a worker from its other jobs for ever."""


def send_due(at_most: int = AT_MOST) -> int:
    """Send what is due in the office at hand; returns how many turns were taken."""
    with scope.acting_as_system("outbox", office=scope.current().office):
        let_go_of_approved()
        for taken in range(at_most):
            claim = take_turn()
            if claim is None:
                return taken
            send(claim)
        return at_most


def take_turn() -> Claim | None:
    """Take the next turn that is due, for the length of a lease."""
    if not Turn.objects.due(clock.now()).exists():  # asked first without a transaction: idling takes no write lock
        return None
    with performing("deliveries.send"):
        turn = Turn.objects.due(clock.now()).select_for_update(of=("self",), skip_locked=True).first()
        claim = Claim.on(turn) if turn else None
        steps.reached("delivery: a turn is being taken")
    return claim


def send(claim: Claim) -> None:
    """Send one delivery and write down how it went. What belongs to another sender meanwhile is left to it."""
    steps.reached("delivery: a turn is taken")
    try:
        _send(claim)
    except Fenced:
        logger.warning("%s was taken up by another sender meanwhile.", claim.delivery.reference)


def _send(claim: Claim) -> None:
    try:
        carrier = carrier_for(claim.delivery.channel, claim.delivery.office)
        letter = letter_of(claim.delivery)
    except frozen.Altered:
        hold(claim, "A file that goes with it is missing, or is no longer what it was.")
        return
    except Exception as fault:  # one that cannot even be made ready must not stop those behind it
        recording.later(claim, _words(fault))
        return
    if claim.is_in_doubt and not _is_cleared_up(claim, letter, carrier):
        return
    if not mark_hand_over(claim):
        hand_over(claim, letter, carrier)


def _is_cleared_up(claim: Claim, letter: Letter, carrier: Carrier) -> bool:
    """Whether the letter certainly did not leave at an earlier try; else that is written down."""
    if not carrier.can_be_asked:
        recording.uncertain(claim, STOPPED)
        return False
    try:
        has_taken = carrier.has_taken(letter)
    except Uncertain as silence:
        recording.uncertain(claim, str(silence))
        return False
    except Exception as fault:  # whoever could tell cannot be asked now: it is asked again before anything is sent
        recording.later(claim, _words(fault), outcome=Attempt.Outcome.LOST)
        return False
    if has_taken:
        recording.answered(claim, recording.all_accepted(letter))
    return not has_taken


def hold(claim: Claim, reason: str) -> None:
    with claim.held() as (_, attempt):
        recording.held(claim, attempt, reason)


def mark_hand_over(claim: Claim) -> str:
    """Write that the letter leaves now, if it may: its approval is proved again in the same transaction."""
    with claim.held() as (_, attempt):
        reason = why_not(claim.delivery)
        if reason:
            recording.held(claim, attempt, reason)
        else:
            attempt.handing_over_at = clock.now()
            attempt.save(update_fields=["handing_over_at"])
        steps.reached("delivery: the hand-over is being marked")
    return reason


def hand_over(claim: Claim, letter: Letter, carrier: Carrier) -> None:
    """Hand a letter to its carrier and write down what the far side said."""
    steps.reached("delivery: the hand-over is marked")
    try:
        answers = carrier.carry(letter)
    except TryLater as refusal:
        recording.later(claim, str(refusal), pause=refusal.pause)
    except Uncertain as silence:
        recording.uncertain(claim, str(silence))
    except Exception as fault:  # it may have failed before or after the letter left
        logger.exception("Carrying %s failed.", claim.delivery.reference)
        if carrier.can_be_asked:
            recording.later(claim, _words(fault), outcome=Attempt.Outcome.LOST)
        else:
            recording.uncertain(claim, _words(fault))
    else:
        steps.reached("delivery: the far side has answered")
        recording.answered(claim, answers)
        steps.reached("delivery: the answer is written")


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]


def letter_of(delivery: Delivery) -> Letter:
    """A delivery as a carrier takes it. Its files are read, and must be what was frozen."""
    destinations = list(delivery.destinations.order_by("position"))
    return Letter(
        office=delivery.office,
        key=delivery.message_id,
        message_id=delivery.message_id,
        sent_at=_sent_at(delivery),
        sender=(delivery.sender_name, delivery.sender_address),
        recipients=tuple((each.kind, each.name, each.address) for each in destinations),
        pending=tuple(each.position for each in destinations if each.state == Destination.State.PENDING),
        subject=delivery.subject,
        text=delivery.text,
        files=tuple((file.name, file.content_type, file.data) for file in delivery.enclosed.order_by("position")),
        marking=delivery.get_marking_display(),
        in_reply_to=delivery.in_reply_to,
        thread=delivery.thread,
    )


def _sent_at(delivery: Delivery) -> datetime:
    """When the first try began that handed it over, so that every try and our own copy bear one date."""
    tries = delivery.attempts.order_by("number")
    first = tries.exclude(handing_over_at=None).first() or tries.last()
    return first.started_at if first else clock.now()
