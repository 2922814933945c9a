"""Deciding on an offer: approve, approve many, return with a note, or record what was approved on paper."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.registry.announcements import announce
from privateoffice.spine.approvals import policy
from privateoffice.spine.approvals.models import Approval, Ending, Offer, Submission, frozen, in_groups
from privateoffice.spine.approvals.models.content import as_typed
from privateoffice.spine.approvals.services.offering import end_offer
from privateoffice.spine.approvals.services.proving import (
    NotAsSeen,
    NotOffered,
    locked_offer,
    refuse_unless_as_seen,
)


class NotAScan(ValueError):
    """The file is not one that a scanner makes."""


@dataclass(frozen=True)
class Decided:
    """What became of one of many: its approval, or the sentence that says why there is none."""

    submission: Submission
    approval: Approval | None = None
    refusal: str = ""


@verb("approvals.approve")
def approve(submission: Submission, *, fingerprint: str) -> Approval:
    """Approve exactly the version whose fingerprint was seen. Twice by the same person is once."""
    offer = locked_offer(submission)
    authority = policy.authority(submission, offer, scope.current())
    refuse_unless_as_seen(offer, fingerprint)
    given = Approval.objects.filter(offer_id=offer.pk).first()
    if given:
        return given
    approval = _write(offer, authority)
    trail(submission, number=offer.number, fingerprint=_short(offer), role=fact(authority.role))
    announce("approvals.approved", submission)
    return approval


def approve_many(seen: Iterable[tuple[Submission, str]]) -> list[Decided]:
    """Approve each with the fingerprint seen of it. One that cannot be approved does not stop the rest."""
    return [_approve_one_of_many(submission, fingerprint) for submission, fingerprint in seen]


def _approve_one_of_many(submission: Submission, fingerprint: str) -> Decided:
    try:
        return Decided(submission, approval=approve(submission, fingerprint=fingerprint))
    except (NotOffered, NotAsSeen) as refusal:
        return Decided(submission, refusal=str(refusal))
    except Refused as refusal:
        with performing("edge.refuse"):  # nothing reaches the edge from here, so it is written down here
            trail(submission, wanted=fact(refusal.verb))
        return Decided(submission, refusal=str(refusal))


@verb("approvals.return")
def return_with_note(submission: Submission, *, note: str, fingerprint: str = "") -> Ending:
    """Send an item back to whoever offered it, and say what is wanted. An approval of it falls."""
    offer = locked_offer(submission)
    policy.authority_to_return(submission, offer, scope.current())
    if fingerprint:
        refuse_unless_as_seen(offer, fingerprint)
    end_offer(submission, Ending.Way.RETURNED, note=note, void_reason="It was returned after approval")
    trail(submission, number=offer.number, note=note)
    announce("approvals.returned", submission)
    return Ending.objects.get(offer=offer)


@verb("approvals.record_paper")
def record_paper_approval(
    submission: Submission, *, fingerprint: str, approver: Person, scan: bytes, signed_on: date
) -> Approval:
    """Record that an item was approved on paper: the fingerprint printed on it, and a scan of what was signed."""
    offer, recorder = locked_offer(submission), scope.current().person_id
    if recorder is None or recorder in {submission.drafter_id, offer.offered_by_id}:
        raise policy.SamePerson("approvals.record_paper", "Somebody who did not draft it records this.")
    if not scan.startswith((b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n")):
        raise NotAScan("A scan of the signed paper is a PDF, JPEG or PNG file.")
    authority = policy.authority(submission, offer, scope.scope_of(approver, submission.office))
    refuse_unless_as_seen(offer, as_typed(fingerprint))
    if Approval.objects.filter(offer_id=offer.pk).exists():
        raise NotOffered("This version is approved already. Nothing was recorded.")
    digest = frozen.keep(submission.office, scan)
    approval = _write(offer, authority, recorder_id=recorder, scan=digest, signed_on=signed_on)
    trail(submission, number=offer.number, approver=fact(approver.ranked_name), fingerprint=_short(offer))
    announce("approvals.approved", submission)
    return approval


def _write(offer: Offer, authority: policy.Authority, **on_paper: object) -> Approval:
    return Approval.objects.create(
        submission=offer.submission,
        offer=offer,
        fingerprint=offer.fingerprint,
        approver_id=authority.person_id,
        role=authority.role,
        delegation=authority.delegation,
        approved_at=clock.now(),
        **on_paper,
    )


def _short(offer: Offer) -> fact:
    """Enough of a fingerprint to be recognised in a sentence."""
    return fact(in_groups(offer.fingerprint[:16]))
