"""Posting: the row of a delivery, written in the transaction of the act that causes it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link
from privateoffice.spine.approvals.models import (
    Addressee,
    Content,
    Enclosure,
    Offer,
    Submission,
    frozen,
)
from privateoffice.spine.approvals.models.content import as_kept, refuse_unfit
from privateoffice.spine.approvals.services import NotOffered, Paper, Sender
from privateoffice.spine.approvals.services.offering import refuse_many_in_the_open
from privateoffice.spine.deliveries.models import Delivery, Destination, Enclosed, Turn

UNDO = timedelta(seconds=20)
"""How long a person can call back what they sent."""


class NeedsApproval(Exception):
    """What goes out in the Commander's name is approved first: offer it, then post the submission."""


class SameKeyOtherContent(Exception):
    """The same act was posted before with another content. Nothing was sent this time."""


@dataclass(frozen=True)
class Wish:
    """How a delivery is to be sent: never before a moment, after people where it is bulk, once for its key."""

    once: str = ""
    not_before: datetime | None = None
    bulk: bool = False
    in_reply_to: str = ""
    thread: str = ""


@verb("deliveries.post")
def post(
    *,
    sender: Sender,
    recipients: Sequence[Addressee],
    subject: str,
    text: str,
    papers: Sequence[Paper] = (),
    title: str = "",
    channel: str = Offer.Channel.MAIL,
    many_may_see: bool = False,
    marking: int = 1,
    handling: str = "",
    **wish: Any,
) -> Delivery:
    """Put something that needs no approval in the outbox. The same `once` key gives the same delivery again."""
    if sender.role == Role.COMMANDER:
        raise NeedsApproval("What goes out in the Commander's name is approved first.")
    refuse_many_in_the_open(recipients, many_may_see)
    office = _office()
    content = Content(
        item_class="",
        channel=channel,
        in_name_of=sender.role,
        sender_name=sender.name,
        sender_address=sender.address,
        subject=subject.strip(),
        text=as_kept(text),
        marking=marking,
        handling=handling,
        recipients=tuple(recipients),
        enclosures=tuple(
            Enclosure(paper.name, paper.content_type, frozen.keep(office, paper.data), paper.is_rendered)
            for paper in papers
        ),
    )
    refuse_unfit(content)
    sizes = [len(paper.data) for paper in papers]
    asked = Wish(**wish)
    return _once(
        office,
        asked.once,
        is_same=lambda earlier: earlier.content.fingerprint == content.fingerprint,
        make=lambda: _make(office, content, sizes, asked, title or subject, many_may_see=many_may_see),
    )


@verb("deliveries.post")
def post_when_approved(submission: Submission, **wish: Any) -> Delivery:
    """Put a submission in the outbox: it waits there for its approval and goes out as it was approved."""
    offer = submission.offer
    earlier = _posted_for(submission)
    if earlier:
        return earlier
    if offer is None or not submission.is_open:
        raise NotOffered("It was returned, withdrawn or sent meanwhile.")
    asked = Wish(**{"once": f"approval {submission.reference}", **wish})
    sizes = [paper.size for paper in offer.attachments.all()]
    return _once(
        submission.office,
        asked.once,
        is_same=lambda earlier: earlier.bound_to == submission,
        make=lambda: _bind(_make(submission.office, offer.content, sizes, asked, submission.title), submission),
    )


def _posted_for(submission: Submission) -> Delivery | None:
    links = Link.objects.filter(to_record=submission.pk, kind=Link.Kind.ARISES_FROM)
    return Delivery.objects.filter(pk__in=links.values("from_record_id"), needs_approval=True).first()


def _bind(delivery: Delivery, submission: Submission) -> Delivery:
    Link.objects.create(from_record=delivery, to_record=submission, kind=Link.Kind.ARISES_FROM)
    return delivery


def _office() -> Office:
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    return office


def _once(
    office: Office, key: str, *, is_same: Callable[[Delivery], bool], make: Callable[[], Delivery]
) -> Delivery:
    """What was posted under the key before, or what is made now; two at once make one."""
    if not key:
        return make()
    earlier = Delivery.objects.filter(once=_whole_key(office, key)).first()
    if earlier is None:
        try:
            with transaction.atomic():
                return make()
        except IntegrityError:
            earlier = Delivery.objects.filter(once=_whole_key(office, key)).first()
    if earlier is None or not is_same(earlier):
        raise SameKeyOtherContent("The same act was posted before with another content.")
    return earlier


def _whole_key(office: Office, key: str) -> str:
    return f"{office.code} {key}"


def _make(office: Office, content: Content, sizes: Sequence[int], wish: Wish, title: str, **told: Any) -> Delivery:
    acting, now = scope.current(), clock.now()
    delivery = records.make(
        Delivery,
        office=office,
        title=title[:200],
        once=_whole_key(office, wish.once) if wish.once else None,
        message_id=_new_message_id(content.sender_address),
        in_reply_to=wish.in_reply_to,
        thread=wish.thread,
        is_bulk=wish.bulk,
        needs_approval=bool(content.item_class),
        posted_by=acting.actor,
        posted_for=acting.for_whom,
        made_at=now,
        **heading(content),
    )
    write_parts(delivery, content, sizes)
    undo = timedelta(0) if acting.system else UNDO
    Turn.objects.create(
        delivery=delivery,
        not_before=max(wish.not_before or now, now + undo),
        is_bulk=wish.bulk,
        is_waiting=delivery.needs_approval,
    )
    steps.reached("delivery: it is being posted")
    trail(delivery, wording=delivery.text, heading=delivery.subject, recipients=len(content.recipients), **told)
    return delivery


def heading(content: Content) -> dict[str, Any]:
    """The fields of a delivery that its content sets."""
    names = ("item_class", "channel", "in_name_of", "sender_name", "sender_address", "subject", "text")
    return {name: getattr(content, name) for name in (*names, "marking", "handling")}


def write_parts(delivery: Delivery, content: Content, sizes: Sequence[int]) -> None:
    """Write those to whom a delivery goes, and what goes with it."""
    Destination.objects.bulk_create(
        Destination(delivery=delivery, position=place, **vars(addressee))
        for place, addressee in enumerate(content.recipients)
    )
    Enclosed.objects.bulk_create(
        Enclosed(delivery=delivery, position=place, size=size, **vars(enclosure))
        for place, (enclosure, size) in enumerate(zip(content.enclosures, sizes, strict=True))
    )


def _new_message_id(sender_address: str) -> str:
    domain = sender_address.rpartition("@")[2] or "private-office.invalid"
    return f"<{uuid.uuid4().hex}@{domain}>"
