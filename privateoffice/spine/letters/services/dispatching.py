"""Letting a draft go: by one's own authority or before the Commander; and what becomes of it then."""

from typing import Any

from privateoffice.foundations import printing
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Record
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.approvals.services import Paper, Sender
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Ask, Way
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery, State
from privateoffice.spine.letters.models import Dispatch, Draft, Form, Leave, SenderAs
from privateoffice.spine.letters.services.checking import Finding, findings_on
from privateoffice.spine.letters.services.classing import ruling_on
from privateoffice.spine.letters.services.wording import WORD, worded
from privateoffice.spine.letters.services.writing import OnTheWay

PDF = "application/pdf"


class NotYetFit(Exception):
    """A check found something that is neither put right nor accepted."""


class MayNotGo(Exception):
    """Nothing goes out in this name to such people."""


@verb("letters.dispatch")
def dispatch(draft: Draft, *, seen: int, recommendation: str = "") -> Dispatch:
    """Let exactly the version that was seen go: into the outbox, or before the Commander. Twice is once."""
    draft = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.dispatch or not draft.is_open:
        raise OnTheWay(str(OnTheWay.__doc__))
    if draft.version != seen:
        raise records.ChangedMeanwhile(draft, {})
    if any(finding.stops for finding in findings_on(draft)):
        raise NotYetFit(str(NotYetFit.__doc__))
    ruling = ruling_on(draft.office, draft.recipients, draft.sender_as)
    if ruling.leave == Leave.NEVER:
        raise MayNotGo(ruling.sentence)
    gone = _offer(draft, recommendation) if ruling.leave == Leave.APPROVE else _post(draft)
    _settle_asks(draft)
    trail(draft, how=fact("before the Commander" if gone.submission else "sent on own authority"))
    return gone


def sender_of(draft: Draft) -> Sender:
    """In whose name and from which address it goes."""
    commander = approvals.commander_of(draft.office)
    if draft.sender_as == SenderAs.COMMANDER:
        return commander
    person = Person.objects.filter(pk=scope.current().person_id or 0).first()
    name = person.ranked_name if person else draft.office.name
    address = (person.email if person else "") or draft.office.email
    role = next((one for one in (Role.PA, Role.STAFF_OFFICER) if one in scope.current().roles), Role.PA)
    shown = name if draft.sender_as == SenderAs.OWN else f"{name}, for {commander.name}"
    return Sender(shown[:200], address, role)


def papers_of(draft: Draft) -> list[Paper]:
    """The letter as PDF or in Word where it goes as one, then the files in the order of attaching."""
    files = [Paper(file.name, file.content_type, file.data) for file in draft.files.all()]
    if draft.form == Form.PDF:
        return [Paper("Letter.pdf", PDF, printed(draft), is_rendered=True), *files]
    return [Paper("Letter.docx", WORD, in_word(draft)), *files] if draft.form == Form.WORD else files


def printed(draft: Draft) -> bytes:
    """The draft as a letter on the office's paper, with its reference and who signs it."""
    office = draft.office
    block = printing.OfficeBlock(
        office.name, office.colour, tuple(office.address.splitlines()), office.phone, office.email
    )
    marking = printing.Stamp(draft.marking, draft.handling, office.is_sample)
    return printing.letter(_letter_of(draft), office=block, marking=marking)


def in_word(draft: Draft) -> bytes:
    """The same letter in Word, by the template that the office owns."""
    return worded(draft, _letter_of(draft))


def _letter_of(draft: Draft) -> printing.LetterText:
    office, sender = draft.office, sender_of(draft)
    paragraphs = [part.strip() for part in draft.text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    salutation = paragraphs.pop(0) if paragraphs and paragraphs[0].startswith("Dear ") else ""
    close = paragraphs.pop() if paragraphs and paragraphs[-1].lower().startswith("yours") else "Yours sincerely"
    return printing.LetterText(
        on=clock.today(),
        to=tuple(name or address for name, address in draft.to),
        salutation=salutation,
        body=tuple(paragraphs),
        close=close.rstrip(","),
        signed_by=sender.name,
        signed_as=(office.name,),
        reference=draft.reference,
        heading=draft.subject,
        enclosures=tuple(draft.files.values_list("name", flat=True)),
        copies=tuple(name or address for name, address in draft.cc),
    )


def _offer(draft: Draft, recommendation: str) -> Dispatch:
    """Before the Commander: a new submission, or a new version of the one that came back."""
    earlier = _open_submission(draft)
    said: dict[str, Any] = {
        "sender": sender_of(draft),
        "recipients": draft.recipients,
        "subject": draft.subject,
        "text": draft.text,
        "papers": papers_of(draft),
        "many_may_see": True,  # the check on the draft has asked already
        "checks": [_looked_at(finding) for finding in findings_on(draft)] or ["The checks found nothing."],
    }
    if earlier:
        approvals.amend(earlier, seen=earlier.version, **said)
        submission = earlier
    else:
        submission = approvals.offer(
            item_class="mail" if draft.form == Form.MAIL else "letter",
            title=draft.title,
            recommendation=recommendation[:300],
            summary=_first_sentence(draft.text),
            marking=draft.marking,
            handling=draft.handling,
            **said,
        )
        records.link(submission, draft, Link.Kind.ARISES_FROM)
    delivery = deliveries.post_when_approved(
        submission, in_reply_to=draft.in_reply_to, thread=draft.thread, not_before=draft.send_after
    )
    return _write(draft, submission=submission.reference, delivery=delivery.reference)


def _looked_at(finding: Finding) -> str:
    by = finding.accepted
    return f"{finding.words} Accepted by {by.accepted_by}: {by.reason}" if by else finding.words


def _open_submission(draft: Draft) -> Submission | None:
    last = Dispatch.objects.filter(draft=draft).exclude(submission="").order_by("-pk").first()
    found = Submission.objects.filter(reference=last.submission).first() if last else None
    return found if found and found.is_open else None


def _post(draft: Draft) -> Dispatch:
    delivery = deliveries.post(
        sender=sender_of(draft),
        recipients=draft.recipients,
        subject=draft.subject,
        text=draft.text,
        papers=papers_of(draft),
        title=draft.title,
        many_may_see=True,  # the check on the draft has asked already
        marking=draft.marking,
        handling=draft.handling,
        once=f"draft {draft.reference} {draft.version}",
        in_reply_to=draft.in_reply_to,
        thread=draft.thread,
        not_before=draft.send_after,
    )
    records.link(delivery, draft, Link.Kind.ARISES_FROM)
    return _write(draft, delivery=delivery.reference)


def _write(draft: Draft, **places: str) -> Dispatch:
    return Dispatch.objects.create(
        draft=draft,
        version=draft.version,
        dispatched_at=clock.now(),
        dispatched_by=scope.current().actor,
        **places,
    )


def _settle_asks(draft: Draft) -> None:
    """What it answers is answered when it is sent: until then that is pending."""
    for name in draft.answers:
        ask = Ask.objects.called(name).select_related("record", "message").first()
        if ask is not None and ask.is_open:
            correspondence.dispose(ask, way=Way.ANSWERED, pending_on=draft.reference)


def _first_sentence(text: str) -> str:
    body = [part for part in text.split("\n\n") if part.strip() and not part.startswith("Dear ")]
    return " ".join(body[0].split())[:300] if body else ""


def follow(draft: Draft) -> None:
    """Bring a draft into step with what became of it on its way: sent, returned, called back, or still going."""
    gone = draft.dispatch
    if gone is None:
        return
    with scope.acting_as_system("letters", office=draft.office):
        delivery = Delivery.objects.with_states().filter(reference=gone.delivery).first()
        if delivery is not None and delivery.state in (State.SENT, State.GIVEN_UP):
            _sent(draft, gone, delivery)
        elif why := _why_back(gone, delivery):
            _came_back(draft, gone, why)


def _sent(draft: Draft, gone: Dispatch, delivery: Delivery) -> None:
    with performing("letters.say_sent"):
        if draft.is_open:
            records.close(draft, outcome="sent", words=delivery.reference)
            trail(draft)
        correspondence.say_sent(draft.reference, delivery.reference)


def _why_back(gone: Dispatch, delivery: Delivery | None) -> str:
    if delivery is not None and delivery.state == State.WITHDRAWN:
        return "It was called back before it was sent."
    submission = Submission.objects.filter(reference=gone.submission).first() if gone.submission else None
    if submission is None:
        return ""
    last = submission.latest_offer
    if last.ending_id and submission.is_open:
        return f"Returned: {last.ending.note}"[:300]
    return "" if submission.is_open else "It was withdrawn."


def _came_back(draft: Draft, gone: Dispatch, why: str) -> None:
    with performing("letters.came_back"):
        gone.ended_at, gone.why_ended = clock.now(), why
        gone.save(update_fields=["ended_at", "why_ended"])
        correspondence.release(draft.reference, reason=why)
        trail(draft, why=fact(why))


def follow_record(record: Record) -> None:
    """The same for the draft behind a submission or a delivery that something happened to."""
    with scope.acting_as_system("letters", office=record.office):
        found = Dispatch.objects.filter(ended_at=None)
        gone = found.filter(submission=record.reference).first() or found.filter(delivery=record.reference).first()
        if gone:
            follow(Draft.objects.get(pk=gone.draft_id))


def follow_all(office: Office) -> int:
    """The same for everything that is on its way: what an announcement missed. Returns how many were looked at."""
    with scope.acting_as_system("letters", office=office):
        going = list(Draft.objects.on_the_way())
        for draft in going:
            follow(draft)
    return len(going)


@verb("letters.dispatch")
def recall(draft: Draft) -> None:
    """Call a draft back from the outbox or from the Commander before it leaves."""
    gone = draft.dispatch
    delivery = Delivery.objects.filter(reference=gone.delivery).first() if gone else None
    if delivery is None:
        raise deliveries.TooLate("It is not on its way.")
    deliveries.withdraw(delivery, reason="Called back")
    follow(draft)
