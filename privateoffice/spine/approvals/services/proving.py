"""Proving that what is stored is what was seen and what was approved."""

import hmac

from privateoffice.spine.approvals.models import Approval, Offer, Submission


class NotOffered(Exception):
    """There is no version that waits for a decision: it was returned, withdrawn or sent meanwhile."""


class NotAsSeen(Exception):
    """What is stored now is not what you were shown. Look at it again before you decide."""


def standing_approval(submission: Submission) -> Approval | None:
    """The approval under which a submission may go out now, or nothing.

    Every stored byte of text, recipients and attachments is read and fingerprinted again each time.
    """
    approval = (
        Approval.objects.standing()
        .select_related("offer", "approver", "submission")
        .filter(submission_id=submission.pk)
        .first()
    )
    if approval is None or not _same(approval.fingerprint, approval.offer.content.fingerprint):
        return None
    return approval


def locked_offer(submission: Submission) -> Offer:
    """The version that stands, kept from being changed by others until this transaction ends."""
    offer = Offer.objects.standing().select_for_update(of=("self",)).filter(submission_id=submission.pk).first()
    if offer is None:
        raise NotOffered("It was returned, withdrawn or sent meanwhile.")
    return offer


def refuse_unless_as_seen(offer: Offer, fingerprint: str) -> None:
    """Refuse unless the fingerprint that was seen, the one offered and the one of what is stored are the same."""
    if not (_same(fingerprint, offer.fingerprint) and offer.is_untouched):
        raise NotAsSeen("What is stored now is not what you were shown. Look at it again before you decide.")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))
