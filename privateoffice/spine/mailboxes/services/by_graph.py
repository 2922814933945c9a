"""Sending by Microsoft 365, once: a letter becomes a draft, the draft is sent, and is found among what was sent.

Before a draft is told to leave, its id and that moment are written down. Whoever takes the letter up afterwards
looks for the draft first. One that has left is sent; one that has not is emptied and deleted, so that nobody who
slept meanwhile can send it any more; one that is nowhere to be seen is left to a person.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from privateoffice.connectors.mail import writing
from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.deliveries.services.carriers import Answer, Answers, Letter, TryLater, Uncertain
from privateoffice.spine.deliveries.services.maildir import outgoing
from privateoffice.spine.mailboxes.models import Mailbox, SentDraft, SignedIn
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import holds, lines, microsoft

if TYPE_CHECKING:
    from privateoffice.connectors.graph import sending
    from privateoffice.connectors.graph.session import Session

UNDER_WAY = timedelta(minutes=2)
"""For so long what was told to leave may still be on its way to where it can be seen."""

OF_THE_LAST, LOOKED_FOR = timedelta(days=7), 50
"""How far back what is missing from Sent Items is looked for, and how many at a time."""

NOWHERE = "Microsoft 365 shows neither the draft nor what was sent of it. Look into Sent Items, or ask who got it."


class StillUnderWay(Exception):
    """It was told to leave a moment ago. Where it lies now does not say yet whether it has."""


def carry(mailbox: Mailbox, letter: Letter, places: list[int], hold: str = "") -> Answers:
    """Make a draft, send it, and look for it. Raises TryLater; whatever else is raised leaves it in doubt."""
    from privateoffice.connectors.graph import sending
    from privateoffice.connectors.graph.session import Refused

    try:
        made = _as_told(mailbox, letter)
    except writing.NotSendable as refusal:
        return {place: Answer("refused", str(refusal)) for place in places}
    with _line(mailbox, letter) as line:
        try:
            draft = _send(line, mailbox, made, hold)
        except Refused as refusal:
            return {place: Answer("refused", str(refusal)) for place in places}
        steps.reached("graph: it says that it took it")
        if sending.is_found(line, draft, letter.message_id):
            _note_found(letter.message_id)
    return {place: Answer("accepted") for place in places}


def _send(line: "Session", mailbox: Mailbox, made: "sending.Letter", hold: str) -> str:
    """From nothing to sent; returns the draft. Whatever is raised but Broken means that nothing left."""
    from privateoffice.connectors.graph import sending
    from privateoffice.connectors.graph.session import Broken

    token = _begin(line, mailbox, made.message_id, hold)
    with _let_go_where_it_fails(made.message_id, token):
        draft = sending.make(line, made)
    steps.reached("graph: the draft is made")
    holds.tell_to_leave(made.message_id, token, draft)
    try:
        sending.send(line, draft)
    except Broken:  # only the service knows whether it left
        raise
    except port.Trouble:
        holds.let_go(made.message_id, token)
        with suppress(port.Trouble):
            sending.withdraw(line, draft)
        raise
    return draft


def _begin(line: "Session", mailbox: Mailbox, message_id: str, hold: str) -> str:
    """Take the letter in hand, or go on with a hold; what an earlier try made of it is taken away."""
    from privateoffice.connectors.graph import sending

    token, is_first = (hold, False) if hold else holds.take(mailbox, message_id)
    holds.keep(message_id, token)
    if not is_first:
        with _let_go_where_it_fails(message_id, token):
            sending.clear_away(line, message_id)
    return token


@contextmanager
def _let_go_where_it_fails(message_id: str, token: str) -> Iterator[None]:
    """Something that is done before anything is told to leave: where it fails, it is tried again later."""
    from privateoffice.connectors.graph.session import Refused, Throttled

    try:
        yield
    except port.Trouble as fault:
        holds.let_go(message_id, token)
        if isinstance(fault, Refused | Throttled):
            raise
        raise TryLater(str(fault), pause=fault.pause) from fault


def take_up(mailbox: Mailbox, letter: Letter) -> str | None:
    """The hold under which a letter that was in other hands may be sent anew; nothing where it has left.

    Raises Uncertain where nobody can tell, and others where it has to be asked again.
    """
    row = SentDraft.objects.filter(message_id=letter.message_id).first()
    if row is None:
        return holds.take(mailbox, letter.message_id)[0]
    if row.sending_at is None:
        return holds.take_over(row)
    with _line(mailbox, letter) as line:
        return _found_out(line, row)


def _found_out(line: "Session", row: SentDraft) -> str | None:
    """Of a draft that was told to leave: whether it has; where it has not, that it never will."""
    from privateoffice.connectors.graph import sending

    where = sending.where_is(line, row.draft, row.message_id)
    if where == sending.SENT:
        _note_found(row.message_id)
        return None
    if row.sending_at is None or clock.now() - row.sending_at < UNDER_WAY:
        raise StillUnderWay(StillUnderWay.__doc__)
    if where == sending.NOWHERE:
        raise Uncertain(NOWHERE)
    if not sending.withdraw(line, row.draft):
        raise StillUnderWay(StillUnderWay.__doc__)
    return holds.take_over(row)


@contextmanager
def _line(mailbox: Mailbox, letter: Letter) -> "Iterator[Session]":
    """A line for one letter, with the token of whoever sends it. Throttled, the whole mailbox waits."""
    from privateoffice.connectors.graph.session import Throttled, Unreached

    if mailbox.not_before and mailbox.not_before > clock.now():
        pause = (mailbox.not_before - clock.now()).total_seconds()
        raise TryLater(mailbox.trouble or "Microsoft 365 asked us to wait.", pause=pause)
    if mailbox.reaches_too_far:
        raise TryLater(
            "The application reaches mailboxes that are not this office's. An administrator has to act."
        )
    try:
        with lines.taken(mailbox), microsoft.session(mailbox, sender_of(mailbox, letter)) as line:
            yield line
    except Throttled as fault:
        until = clock.now() + timedelta(seconds=fault.pause)
        Mailbox.objects.filter(pk=mailbox.pk).update(not_before=until, trouble=str(fault)[:500])
        raise TryLater(str(fault), pause=fault.pause) from fault
    except (Unreached, port.NotLetIn, lines.Busy) as fault:
        raise TryLater(str(fault), pause=fault.pause) from fault


def sender_of(mailbox: Mailbox, letter: Letter) -> str:
    """By whose sign-in a letter goes: that of the person who posted it, where the mailbox asks for that."""
    if not mailbox.sends_by_person:
        return microsoft.BY_APPLICATION
    posted_by = Delivery.objects.values_list("posted_by", flat=True).get(message_id=letter.message_id)
    people = Person.objects.filter(user__isnull=False).select_related("user")
    person = next((each for each in people if each.name == posted_by), None)
    if person is None:
        return microsoft.BY_APPLICATION
    if not person.user.is_active:
        SignedIn.objects.filter(actor=posted_by).delete()
        raise port.NotLetIn(f"The access of {posted_by} has ended, and so has their sign-in to Microsoft 365.")
    return posted_by


def look_for_sent(mailbox: Mailbox) -> int:
    """Look again for what left and was not seen among what was sent; returns how many were found."""
    from privateoffice.connectors.graph import sending

    missing = SentDraft.objects.filter(mailbox=mailbox, found_at=None, sending_at__gte=clock.now() - OF_THE_LAST)
    some = list(missing.order_by("sending_at")[:LOOKED_FOR])
    count = 0
    if some:
        with suppress(port.Trouble, Locked), lines.taken(mailbox), microsoft.session(mailbox) as line:
            for row in some:
                if sending.where_is(line, row.draft, row.message_id) == sending.SENT:
                    _note_found(row.message_id)
                    count += 1
    return count


def _note_found(message_id: str) -> None:
    SentDraft.objects.filter(message_id=message_id).update(found_at=clock.now())


def _as_told(mailbox: Mailbox, letter: Letter) -> "sending.Letter":
    """The letter as the service takes it, after the writer of mail has refused what no mail may hold."""
    from privateoffice.connectors.graph import sending

    told = outgoing(letter, mailbox.office)
    writing.compose(told)

    def people(those):  # type: ignore[no-untyped-def]
        return [sending.Person(each.address, each.name) for each in those]

    return sending.Letter(
        author=sending.Person(letter.sender[1] or mailbox.address, letter.sender[0]),
        to=people(told.to),
        cc=people(told.cc),
        bcc=people(told.bcc),
        subject=told.subject,
        text=told.text,
        message_id=told.message_id,
        in_reply_to=told.in_reply_to,
        files=[sending.Attached(each.name, each.content_type, each.content) for each in told.attachments],
    )
