"""How a submission is shown: as a decision for whoever decides, and as a row for whoever drafts."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.registry.declarations import Act
from privateoffice.spine.approvals import policy
from privateoffice.spine.approvals.models import Approval, Ending, Offer, Submission


@dataclass(frozen=True)
class Decision:
    """One decision wanted, as `po_decision` draws it, with the fingerprint that is being decided on."""

    submission: Submission
    offer: Offer
    title: str
    text: str
    recommendation: str
    standing: str
    when: str
    url: str
    acts: tuple[Act, ...]
    link: str = "Read it as it will go"
    reason: str = ""


def decision(submission: Submission) -> Decision:
    """What whoever decides needs to see, and the two acts."""
    offer = standing(submission)
    return Decision(
        submission=submission,
        offer=offer,
        title=submission.title,
        text=submission.summary,
        recommendation=submission.recommendation.rstrip("."),
        standing=standing_of(submission),
        when=words.due(submission.due_at) if submission.due_at else "",
        url=submission.get_absolute_url(),
        acts=acts(submission, offer),
    )


def acts(submission: Submission, offer: Offer) -> tuple[Act, Act]:
    """Approve exactly what is shown, or return it."""
    seen = urlencode({"seen": offer.fingerprint})
    place = submission.get_absolute_url()
    return (
        Act("Approve", "y", f"{place}approval/?{seen}", posts=True),
        Act("Return", "r", f"{place}return/?{seen}"),
    )


def standing_of(submission: Submission) -> str:
    if submission.due_at is None:
        return "waiting"
    if submission.due_at < clock.now():
        return "late"
    return "soon" if clock.day_of(submission.due_at) <= clock.today() else "well"


def standing(submission: Submission) -> Offer:
    """The standing version of a submission that was read for a list."""
    return next(offer for offer in submission.offers.all() if offer.ending_id is None)


def return_of(submission: Submission) -> Ending:
    """How the last version of a returned submission ended."""
    return next(offer.ending for offer in submission.offers.all() if offer.ending)


def returned_row(submission: Submission) -> dict[str, Any]:
    """One that came back, with what is wanted."""
    ending = return_of(submission)
    return {
        **_row(submission),
        "standing": "late" if standing_of(submission) == "late" else "soon",
        "word": "Returned",
        "why": ending.note,
        "when": words.near(ending.ended_at),
        "whose": "You",
        "acts": (Act("Change and offer again", "e", f"{submission.get_absolute_url()}amendment/"),),
    }


def awaiting_row(submission: Submission) -> dict[str, Any]:
    offer = standing(submission)
    return {
        **_row(submission),
        "standing": standing_of(submission),
        "word": "With the Commander",
        "why": f"Version {offer.number}, offered {words.near(offer.offered_at)}",
        "when": words.due(submission.due_at) if submission.due_at else "",
        "whose": "Commander",
        "acts": (),
    }


def approved_row(submission: Submission) -> dict[str, Any]:
    approval = standing(submission).approval
    return {
        **_row(submission),
        "standing": "well",
        "word": "Approved",
        "why": f"Approved by {approval.approver.name}",
        "when": words.near(approval.approved_at),
        "whose": "",
        "acts": (),
    }


def _row(submission: Submission) -> dict[str, Any]:
    return {
        "key": submission.reference,
        "title": submission.title,
        "url": submission.get_absolute_url(),
        "reference": submission.reference,
        "is_sensitive": submission.is_sensitive,
    }


def bound_facts(submission: Submission, offer: Offer) -> list[tuple[str, Any]]:
    """Everything that an approval binds, as the frame shows it, each kind of recipient by itself."""
    people = list(offer.recipients.all())
    named = {kind: [person for person in people if person.kind == kind] for kind in ("to", "cc", "bcc", "post")}
    return [
        ("To", named["to"]),
        ("Copy", named["cc"]),
        ("Blind copy", named["bcc"]),
        ("By post", named["post"]),
        ("How", offer.get_channel_display()),
        ("As", ", ".join(filter(None, [offer.sender_name, offer.sender_address]))),
        ("Marking", " ".join(filter(None, [submission.get_marking_display(), submission.handling]))),
    ]


def approval_words(approval: Approval) -> str:
    """By what right it was approved, in a sentence."""
    by = f"{approval.approver.ranked_name}, {approval.get_role_display()}"
    if approval.delegation_id:
        by += ", by delegation"
    if approval.is_on_paper and approval.recorder:
        by += f", on paper; recorded by {approval.recorder.name}"
    return f"{by}, {words.near(approval.approved_at)}"


def may_decide(submission: Submission, offer: Offer | None) -> bool:
    return policy.may_decide(submission, offer)
