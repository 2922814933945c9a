"""What the approvals tell the house about themselves."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import (
    Act,
    Door,
    Keep,
    Kind,
    Need,
    New,
    PackLine,
    PackPaper,
    PackPart,
    Room,
)
from privateoffice.spine.approvals import ledger, policy
from privateoffice.spine.approvals.models import Attachment, Submission, frozen
from privateoffice.spine.approvals.views import showing

MOST_ON_TODAY = 50


def needs(now: datetime) -> Iterator[Need]:
    """Decisions wanted, for whoever decides; what came back, for whoever drafts."""
    asked = Submission.objects.for_list()
    yield from (_decision(each) for each in asked.awaiting()[:MOST_ON_TODAY])
    yield from (_returned(each, now) for each in asked.returned()[:MOST_ON_TODAY])


def _decision(submission: Submission) -> Need:
    offer, standing = showing.standing(submission), showing.standing_of(submission)
    return Need(
        key=f"{submission.reference}:decide:{offer.number}",
        title=submission.title,
        why=submission.summary,
        recommendation=submission.recommendation,
        is_decision=True,
        url=submission.get_absolute_url(),
        standing="soon" if standing == "well" else standing,
        group="now" if standing in {"late", "soon"} else "today",
        due_at=submission.due_at,
        when=words.due(submission.due_at) if submission.due_at else "",
        reference=submission.reference,
        weight=8,
        is_sensitive=submission.is_sensitive,
        roles=_deciders(submission),
        acts=showing.acts(submission, offer),
    )


def _deciders(submission: Submission) -> tuple[str, ...]:
    """The Commander; and the role of whoever sits here, where a delegation names them."""
    item = submission.declared_class
    if showing.may_decide(submission, showing.standing(submission)):
        return (*item.approvers, *item.delegates)
    return item.approvers


def _returned(submission: Submission, now: datetime) -> Need:
    ending = showing.return_of(submission)
    is_late = submission.due_at is not None and submission.due_at < now
    return Need(
        key=f"{submission.reference}:returned",
        title=submission.title,
        why=f"Returned by {ending.ended_by}: {ending.note}",
        url=submission.get_absolute_url(),
        standing="late" if is_late else "soon",
        group="now" if is_late else "today",
        due_at=submission.due_at,
        when=words.due(submission.due_at, now) if submission.due_at else words.near(ending.ended_at, now),
        reference=submission.reference,
        weight=5,
        is_sensitive=submission.is_sensitive,
        roles=("pa", "staff_officer"),
        acts=(Act("Change and offer again", "e", f"{submission.get_absolute_url()}amendment/"),),
    )


def daypack(day: date) -> Iterator[PackPart]:
    """Decisions wanted, and the letters themselves for reading and signing."""
    awaiting = list(Submission.objects.for_list().awaiting()[:MOST_ON_TODAY])
    letters = [each for each in awaiting if each.item_class in {"letter", "certificate"}]
    yield PackPart("decisions", lines=tuple(_line(each) for each in awaiting), **_marked(awaiting))
    yield PackPart(
        "letters",
        lines=tuple(_letter(each) for each in letters),
        papers=tuple(paper for each in letters for paper in _papers(each)),
        **_marked(letters),
    )


def _line(submission: Submission) -> PackLine:
    return PackLine(
        title=submission.title,
        detail=" ".join(filter(None, [submission.summary, submission.recommendation])),
        when=words.due(submission.due_at) if submission.due_at else "",
        standing=showing.standing_of(submission),
        reference=submission.reference,
        whose="Commander",
    )


def _letter(submission: Submission) -> PackLine:
    """The text as it will go, with the fingerprint that an approval on paper is recorded with."""
    offer = showing.standing(submission)
    return PackLine(
        title=submission.title,
        detail=f"Fingerprint {offer.fingerprint_in_groups}",
        reference=submission.reference,
        body=offer.text,
    )


def _papers(submission: Submission) -> Iterator[PackPaper]:
    """The letter as PDF, where it was rendered. One that is no longer what it was is left out."""
    files = Attachment.objects.filter(offer=showing.standing(submission), is_rendered=True)
    for file in files.select_related("submission__office"):
        if frozen.digest_now(submission.office, file.digest) == file.digest:
            yield PackPaper(submission.title, file.data, submission.marking, submission.handling)


def _marked(submissions: Iterable[Submission]) -> dict:
    handling = dict.fromkeys(each.handling for each in submissions if each.handling)
    return {"marking": max((each.marking for each in submissions), default=1), "handling": "; ".join(handling)}


def waiting() -> int:
    """How many decisions wait for whoever sits here, or came back to them."""
    asked = Submission.objects
    return asked.awaiting().count() if "commander" in scope.current().roles else asked.returned().count()


room = Room(
    "Approvals",
    kinds=(
        Kind(
            Submission,
            code="APP",
            word="item for approval",
            words="items for approval",
            path="approvals",
            search=("title", "summary", "offers__subject", "offers__text"),
            keep=Keep(years=6),
            icon="approvals",
            fallback_owner="commander",
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Approvals",
            "approvals:approvals",
            "approvals",
            "Correspondence",
            key="a",
            verb="approvals.view",
            waiting=waiting,
        ),
    ),
    new=(New("Item for approval", "approvals:new", "approvals.offer"),),
    today=needs,
    daypack=daypack,
    opens=ledger.OPENS,
    announces=(
        "approvals.offered",
        "approvals.amended",
        "approvals.approved",
        "approvals.returned",
        "approvals.voided",
        "approvals.withdrawn",
    ),
)
