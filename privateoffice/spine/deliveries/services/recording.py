"""Writing down how a try went: to each recipient, in the queue, and on the trail."""

from datetime import timedelta
from typing import Any

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail
from privateoffice.foundations.records import services as records
from privateoffice.foundations.registry.announcements import announce
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.deliveries.models import Attempt, Delivery, Destination, State, Stop, Turn
from privateoffice.spine.deliveries.services.carriers import Answer, Answers, Letter
from privateoffice.spine.deliveries.services.claims import Claim

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
"""How long until the second try, the third, and so on: for about a day in all, then it counts as refused."""


def all_accepted(letter: Letter) -> Answers:
    return {place: Answer("accepted") for place in letter.pending}


def answered(claim: Claim, answers: Answers) -> None:
    """Write what the far side said of each recipient; try again later for those it put off."""
    with claim.held() as (turn, attempt):
        for destination in _pending(claim.delivery):
            _settle(destination, answers.get(destination.position, Answer("later", "No answer")))
        waits = [answer for answer in answers.values() if answer.outcome == "later"]
        _end(attempt, _outcome(claim.delivery), "; ".join(sorted({each.words for each in waits})))
        _go_on(claim.delivery, turn)
        steps.reached("delivery: the answer is being written")


def later(claim: Claim, words: str, outcome: str = Attempt.Outcome.LATER, pause: float = 0.0) -> None:
    """Nothing was taken, as far as is known: try again after a pause that grows, up to the end."""
    with claim.held() as (turn, attempt):
        for destination in _pending(claim.delivery):
            _settle(destination, Answer("later", words))
        _end(attempt, outcome, words)
        _go_on(claim.delivery, turn, pause=pause, is_in_doubt=outcome == Attempt.Outcome.LOST)


def uncertain(claim: Claim, words: str) -> None:
    """Only the far side knows: out of the queue with it, and a person decides."""
    with claim.held() as (turn, attempt):
        _pending(claim.delivery).update(state=Destination.State.UNCERTAIN, words=words, settled_at=clock.now())
        _end(attempt, Attempt.Outcome.UNCERTAIN, words)
        Turn.objects.filter(pk=turn.pk).delete()
        trail(claim.delivery, outcome=fact(State.UNCERTAIN))


def held(claim: Claim, attempt: Attempt, reason: str) -> None:
    """It may not leave: stop it, and let the turn go back to waiting. Called while the claim is held."""
    _end(attempt, Attempt.Outcome.HELD, reason)
    stop(claim.delivery, Stop.Cause.APPROVAL, reason)
    Turn.objects.filter(delivery_id=claim.delivery.pk).update(
        is_waiting=claim.delivery.needs_approval, taken_by="", taken_until=None
    )
    trail(claim.delivery, outcome=fact(State.HELD))


def stop(delivery: Delivery, cause: str, reason: str) -> None:
    """Hold a delivery back. One reason at a time is enough."""
    Stop.objects.get_or_create(
        delivery=delivery,
        lifted_at=None,
        defaults={
            "cause": cause,
            "reason": reason[:300],
            "stopped_at": clock.now(),
            "stopped_by": scope.current().actor,
        },
    )


def finish(delivery: Delivery) -> None:
    """Close a delivery that everybody took, and the submission behind it."""
    records.close(delivery, outcome=State.SENT)
    announce("deliveries.sent", delivery)
    submission = delivery.bound_to
    if submission and submission.is_open:
        approvals.discharge(submission)


def _go_on(delivery: Delivery, turn: Turn, pause: float = 0.0, is_in_doubt: bool = False) -> None:
    """Put the delivery back in the queue, close it, or leave it to a person: what is in doubt stays in doubt."""
    if _pending(delivery).exists():
        if turn.tries < len(PAUSES):
            _put_back(turn, pause)
            return
        at_last = Destination.State.UNCERTAIN if is_in_doubt else Destination.State.REFUSED
        _pending(delivery).update(state=at_last, settled_at=clock.now())
    Turn.objects.filter(pk=turn.pk).delete()
    if delivery.destinations.exclude(state=Destination.State.ACCEPTED).exists():
        trail(delivery, outcome=fact(State.UNCERTAIN if is_in_doubt else State.REFUSED))
    else:
        trail(delivery, outcome=fact(State.SENT))
        finish(delivery)


def _put_back(turn: Turn, pause: float) -> None:
    turn.not_before = clock.now() + max(PAUSES[turn.tries], timedelta(seconds=pause))
    turn.tries += 1
    turn.taken_by, turn.taken_until = "", None
    turn.save(update_fields=["not_before", "tries", "taken_by", "taken_until"])


def _settle(destination: Destination, answer: Answer) -> None:
    if answer.outcome != "later":
        destination.state, destination.settled_at = answer.outcome, clock.now()
    destination.words = answer.words[:500]
    destination.save(update_fields=["state", "words", "settled_at"])


def _end(attempt: Attempt, outcome: str, words: str) -> None:
    attempt.ended_at, attempt.outcome, attempt.words = clock.now(), outcome, words[:500]
    attempt.save(update_fields=["ended_at", "outcome", "words"])


def _outcome(delivery: Delivery) -> str:
    states = set(delivery.destinations.values_list("state", flat=True))
    if Destination.State.PENDING in states:
        return Attempt.Outcome.LATER
    return Attempt.Outcome.REFUSED if Destination.State.REFUSED in states else Attempt.Outcome.TAKEN


def _pending(delivery: Delivery) -> Any:
    return Destination.objects.filter(delivery_id=delivery.pk, state=Destination.State.PENDING)
