"""Offering an item for approval, offering it again when it changed, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import performing, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.foundations.registry.announcements import announce
from privateoffice.spine.approvals.models import (
    Addressee,
    Approval,
    Attachment,
    Ending,
    Offer,
    Recipient,
    Submission,
    Void,
    frozen,
)
from privateoffice.spine.approvals.models.content import as_kept, refuse_unfit
from privateoffice.spine.approvals.services.proving import NotOffered

MANY = 20
"""Above so many recipients who would see each other's addresses, somebody must have said that they may."""


class ManyInTheOpen(Exception):
    """So many would see each other's addresses. Use blind copies, one item each, or say that they may."""

    def __init__(self, count: int):
        super().__init__(f"{count} people would see each other's addresses.")
        self.count = count


@dataclass(frozen=True)
class Sender:
    """In whose name an item goes: the role, and the name and address that it will show."""

    name: str
    address: str = ""
    role: str = Role.COMMANDER


def commander_of(office: Office) -> Sender:
    """The Commander of an office as a sender: whoever holds the role now, or the office itself."""
    held = Holding.objects.standing(clock.now()).filter(office=office, role=Role.COMMANDER).first()
    return Sender(held.person.ranked_name, held.person.email) if held else Sender(office.name, office.email)


@dataclass(frozen=True)
class Paper:
    """A file that goes with an item. `is_rendered` is the item itself as PDF."""

    name: str
    content_type: str
    data: bytes
    is_rendered: bool = False


@verb("approvals.offer")
def offer(
    *,
    item_class: str,
    title: str,
    sender: Sender,
    recipients: Sequence[Addressee],
    subject: str,
    text: str,
    papers: Sequence[Paper] = (),
    channel: str = Offer.Channel.MAIL,
    summary: str = "",
    recommendation: str = "",
    due_at: datetime | None = None,
    many_may_see: bool = False,
    checks: Sequence[str] = (),
    **marks: Any,
) -> Submission:
    """Freeze an item as it would go out, and put it before whoever may approve it.

    `checks` are sentences on what was looked at before: they are shown to whoever decides, and are not bound.
    """
    submission = records.make(
        Submission,
        item_class=item_class,
        title=title,
        summary=summary,
        recommendation=recommendation,
        due_at=due_at,
        drafter_id=scope.current().person_id,
        **marks,
    )
    draft = Offer(
        submission=submission,
        number=1,
        channel=channel,
        in_name_of=sender.role,
        sender_name=sender.name,
        sender_address=sender.address,
        subject=subject,
        text=text,
        checks=list(checks),
    )
    _freeze(draft, recipients, _kept(submission, papers), many_may_see)
    _tell(draft, recipients, many_may_see)
    announce("approvals.offered", submission)
    return submission


@verb("approvals.amend")
def amend(
    submission: Submission,
    *,
    seen: int,
    sender: Sender | None = None,
    recipients: Sequence[Addressee] | None = None,
    subject: str | None = None,
    text: str | None = None,
    papers: Sequence[Paper] | None = None,
    many_may_see: bool = False,
    checks: Sequence[str] = (),
    **changes: Any,
) -> Offer:
    """Offer a changed version. Whatever is left out stays as it was; an approval of the old version falls.

    `seen` is the record's version that was read; `changes` are fields of the submission itself.
    """
    _refuse_where_closed(submission)
    records.revise(submission, seen=seen, **changes)
    before = submission.latest_offer
    end_offer(submission, Ending.Way.AMENDED, void_reason="It was changed after approval")
    draft = Offer(
        submission=submission,
        number=before.number + 1,
        channel=before.channel,
        in_name_of=sender.role if sender else before.in_name_of,
        sender_name=sender.name if sender else before.sender_name,
        sender_address=sender.address if sender else before.sender_address,
        subject=before.subject if subject is None else subject,
        text=before.text if text is None else text,
        checks=list(checks),
    )
    if recipients is None:
        recipients = [recipient.addressee for recipient in before.recipients.all()]
        many_may_see = True  # who was said to see each other before
    _freeze(draft, recipients, _same_papers(before) if papers is None else _kept(submission, papers), many_may_see)
    _tell(draft, recipients, many_may_see)
    announce("approvals.amended", submission)
    return draft


@verb("approvals.withdraw")
def withdraw(submission: Submission, *, reason: str = "") -> None:
    """Take an item back: it will not go out."""
    _refuse_where_closed(submission)
    end_offer(submission, Ending.Way.WITHDRAWN, note=reason, void_reason="It was withdrawn")
    records.close(submission, outcome="withdrawn", words=reason)
    trail(submission, reason=reason)
    announce("approvals.withdrawn", submission)


@verb("approvals.discharge")
def discharge(submission: Submission) -> None:
    """Close a submission because it went out."""
    records.close(submission, outcome="sent")
    trail(submission)


def end_offer(submission: Submission, way: str, *, note: str = "", void_reason: str) -> None:
    """End the version that stands, if one does, and void its approval, if it has one."""
    offer = Offer.objects.standing().select_for_update(of=("self",)).filter(submission_id=submission.pk).first()
    if offer is None:
        return
    approval = Approval.objects.filter(offer_id=offer.pk, void=None).first()
    if approval:
        _void(submission, approval, void_reason)
    offer.ending = Ending.objects.create(
        submission=submission, way=way, note=note, ended_at=clock.now(), ended_by=scope.current().actor
    )
    offer.save(update_fields=["ending"])


def _void(submission: Submission, approval: Approval, reason: str) -> None:
    approval.void = Void.objects.create(
        submission=submission, reason=reason, voided_at=clock.now(), voided_by=scope.current().actor
    )
    approval.save(update_fields=["void"])
    with performing("approvals.void"):
        trail(submission, reason=reason)
    announce("approvals.voided", submission)


def _refuse_where_closed(submission: Submission) -> None:
    if not submission.is_open:
        raise NotOffered("It has gone out or was withdrawn.")


def _freeze(
    draft: Offer, recipients: Sequence[Addressee], papers: Sequence[Attachment], many_may_see: bool
) -> None:
    """Write the version with all that belongs to it, and the fingerprint of what was stored."""
    acting = scope.current()
    refuse_many_in_the_open(recipients, many_may_see)
    draft.text, draft.subject = as_kept(draft.text), draft.subject.strip()
    refuse_above_ceiling(draft.subject, draft.text)
    refuse_unfit(draft.as_content(recipients, [paper.enclosure for paper in papers]))
    draft.offered_at, draft.offered_by_id, draft.offered_for = clock.now(), acting.person_id, acting.for_whom
    draft.save()
    Recipient.objects.bulk_create(
        Recipient(submission=draft.submission, offer=draft, position=place, **vars(addressee))
        for place, addressee in enumerate(recipients)
    )
    for place, paper in enumerate(papers):
        paper.offer, paper.position = draft, place
        paper.save()
    draft.fingerprint = draft.content.fingerprint
    draft.save(update_fields=["fingerprint"])


def _tell(draft: Offer, recipients: Sequence[Addressee], many_may_see: bool) -> None:
    """The line on the trail, with the answer to whether many may see each other's addresses."""
    trail(
        draft.submission,
        number=draft.number,
        wording=draft.text,
        heading=draft.subject,
        recipients=len(recipients),
        many_may_see=many_may_see,
    )


def refuse_many_in_the_open(recipients: Sequence[Addressee], may_see: bool) -> None:
    """Refuse to show many people each other's addresses, unless somebody said that they may see them."""
    open_ones = sum(addressee.kind in {"to", "cc"} for addressee in recipients)
    if open_ones > MANY and not may_see:
        raise ManyInTheOpen(open_ones)


def _kept(submission: Submission, papers: Sequence[Paper]) -> list[Attachment]:
    """Keep the bytes of each file, then speak of it by its digest: the file is on disk before the row."""
    return [
        Attachment(
            submission=submission,
            name=paper.name,
            content_type=paper.content_type,
            digest=frozen.keep(submission.office, paper.data),
            size=len(paper.data),
            is_rendered=paper.is_rendered,
        )
        for paper in papers
    ]


def _same_papers(before: Offer) -> list[Attachment]:
    return [
        Attachment(
            submission=before.submission,
            name=paper.name,
            content_type=paper.content_type,
            digest=paper.digest,
            size=paper.size,
            is_rendered=paper.is_rendered,
        )
        for paper in before.attachments.all()
    ]
