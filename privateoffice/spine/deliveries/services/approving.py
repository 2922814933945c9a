"""The outbox and approvals: what waits is let go when it is approved, and proved again when it leaves."""

from datetime import datetime

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link
from privateoffice.spine.approvals.models import Approval, Offer, Submission
from privateoffice.spine.approvals.services import standing_approval
from privateoffice.spine.deliveries.models import Delivery, Destination, Enclosed, State, Stop, Turn
from privateoffice.spine.deliveries.services.posting import UNDO, heading, post_when_approved, write_parts


def why_not(delivery: Delivery) -> str:
    """Why a delivery may not leave now, as a sentence; nothing where it may."""
    if not delivery.needs_approval:
        return (
            "It is in the Commander's name and was not approved." if delivery.in_name_of == Role.COMMANDER else ""
        )
    submission = delivery.bound_to
    if submission is None:
        return "What it was approved as can no longer be found."
    _lock(submission)
    approval = standing_approval(submission)
    if approval is None:
        return _what_happened(submission)
    if approval.fingerprint != delivery.content.fingerprint:
        return "What would be sent is not what was approved."
    return ""


def let_go_of_approved() -> None:
    """Post what was approved, queue what waited for an approval that now stands, call back what was withdrawn."""
    for submission in _approved_and_not_posted():
        post_when_approved(submission)
    for turn in list(Turn.objects.waiting().select_related("delivery")):
        submission = turn.delivery.bound_to
        if submission is None:
            continue
        if not submission.is_open:
            _call_back(turn.delivery)
        elif approval := standing_approval(submission):
            _let_go(turn.delivery, approval)


def _approved_and_not_posted() -> list[Submission]:
    """Mail that is approved and that nobody has put in the outbox yet."""
    approved = Submission.objects.approved().filter(offers__ending=None, offers__channel=Offer.Channel.MAIL)
    bound = Delivery.objects.filter(needs_approval=True).values("pk")
    posted = Link.objects.filter(kind=Link.Kind.ARISES_FROM, from_record__in=bound).values("to_record_id")
    return list(approved.exclude(pk__in=posted))


def _let_go(delivery: Delivery, approval: Approval) -> None:
    with performing("deliveries.let_go"):
        turn = (
            Turn.objects.select_for_update(of=("self",)).filter(delivery_id=delivery.pk, is_waiting=True).first()
        )
        if turn is None or not _is_lifted(delivery, approval) or not _take_up(delivery, approval.offer):
            return
        turn.is_waiting, turn.not_before = False, _soonest(turn, approval)
        turn.save(update_fields=["is_waiting", "not_before"])
        trail(delivery)


def _is_lifted(delivery: Delivery, approval: Approval) -> bool:
    """Whether nothing holds it. A new approval lifts what the loss of an older one had stopped."""
    stops = Stop.objects.standing().filter(delivery_id=delivery.pk)
    stops.filter(cause=Stop.Cause.APPROVAL, stopped_at__lt=approval.approved_at).update(lifted_at=clock.now())
    return not stops.exists()


def _soonest(turn: Turn, approval: Approval) -> datetime:
    """Whoever approved has a moment to call it back."""
    return max(turn.not_before, approval.approved_at + UNDO)


def _take_up(delivery: Delivery, offer: Offer) -> bool:
    """Make the delivery what was approved, if anything changed since it was posted and nothing has left yet."""
    content = offer.content
    if delivery.content.fingerprint == content.fingerprint:
        return True
    if Destination.objects.filter(delivery_id=delivery.pk).exclude(state=Destination.State.PENDING).exists():
        return False
    records.revise(delivery, seen=delivery.version, **heading(content))
    Destination.objects.filter(delivery_id=delivery.pk).delete()
    Enclosed.objects.filter(delivery_id=delivery.pk).delete()
    write_parts(delivery, content, [paper.size for paper in offer.attachments.all()])
    return True


def _call_back(delivery: Delivery) -> None:
    with performing("deliveries.withdraw"):
        if Turn.objects.filter(delivery_id=delivery.pk, is_waiting=True).delete()[0]:
            records.close(delivery, outcome=State.WITHDRAWN, words="It was withdrawn from approval")
            trail(delivery)


def _lock(submission: Submission) -> None:
    """Nobody changes the version while it leaves."""
    Offer.objects.standing().select_for_update(of=("self",)).filter(submission_id=submission.pk).first()


def _what_happened(submission: Submission) -> str:
    """Why no approval of a submission stands."""
    last = Approval.objects.filter(submission_id=submission.pk).select_related("void").order_by("-pk").first()
    if last is None:
        return "It is not approved yet."
    if last.void:
        return f"Its approval no longer stands: {last.void.reason[0].lower()}{last.void.reason[1:]}."
    return "What is stored is no longer what was approved."
