"""Holding replies: drafted with one key, sent as any draft, and counted once they have been sent."""

from datetime import date
from importlib.resources import files

from privateoffice.foundations.clock import clock, reply_times, words, working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records.models import Record
from privateoffice.rooms.following.models import HoldingReply, ReplyClock
from privateoffice.rooms.following.services.faults import AlreadySent, NotRunning
from privateoffice.rooms.following.services.joining import heir_of, holdings_of
from privateoffice.rooms.following.services.keeping import day_checked, last_by, promise
from privateoffice.rooms.following.services.stepping import keep_step
from privateoffice.spine.correspondence.models import Ask
from privateoffice.spine.deliveries.models import Delivery, State
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Dispatch, Draft, Form, SenderAs, Template

NAME = "Holding reply"
"""What the office calls a template of its own, if it keeps one; else ours is used."""

LATER = 10
REASON = "More time is needed for a full reply"


@verb("following.hold")
def hold(one: ReplyClock, *, promised_on: date | None = None, reason: str = "") -> HoldingReply:
    """Begin a holding reply: a draft with our reference and the day by which a reply comes.

    It goes as any draft does, and counts once it was sent.
    """
    if one.reply_by is None or not one.is_running:
        raise NotRunning(str(NotRunning.__doc__))
    day = promised_on or day_proposed(one)
    day_checked(one, day)
    standing = Draft.objects.in_hand().filter(reference__in=_unsent(one).values("draft")).first()
    if standing:
        return HoldingReply.objects.get(draft=standing.reference)
    ask = Ask.objects.filter(message=one.message_id).select_related("record__office", "message__record__office")
    draft = letters.answer(ask.order_by("number")[0], how="hold", template=_template(), said=_said(one, day))
    made = HoldingReply.objects.create(
        record=one.record,
        clock=one,
        draft=draft.reference,
        promised_on=day,
        reason=reason or REASON,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )
    trail(one.record, draft=fact(draft.reference), day=day)
    return made


def day_proposed(one: ReplyClock) -> date:
    """The day promised already, while it is well ahead; else ten working days on, and no later than may be."""
    assert one.reply_by
    today, promised = clock.today(), clock.day_of(one.reply_by)
    try:
        if working_days.between(today, promised) > 2 and not one.acknowledged_at:
            return promised
        later = working_days.add(max(today, promised), LATER)
    except HolidaysUnknown:
        return clock.day_of(last_by(one))
    return min(later, clock.day_of(last_by(one)))


def _unsent(one: ReplyClock):  # type: ignore[no-untyped-def]
    return holdings_of(one).filter(sent_at=None)


def _template() -> Template:
    """The office's own template of that name, else ours."""
    own = Template.objects.filter(withdrawn_at=None, name__iexact=NAME).first()
    text = files("privateoffice.rooms.following") / "templates" / "following" / "letters" / "holding.txt"
    ours = Template(
        subject="{subject}", text=text.read_text(encoding="utf-8"), sender_as=SenderAs.OWN, form=Form.MAIL
    )
    return own or ours


def _said(one: ReplyClock, day: date) -> dict[str, str]:
    return {
        "promised": words.day(day),
        "reference": one.record.reference,
        "received": words.day(clock.london(one.received_at)),
    }


@verb("following.change_holding")
def change_holding(holding: HoldingReply, *, promised_on: date, reason: str) -> Draft:
    """Promise another day in a holding reply that has not gone, in its text as well."""
    draft = Draft.objects.filter(reference=holding.draft).first()
    if draft is None or draft.dispatch or not draft.is_open:
        raise AlreadySent(str(AlreadySent.__doc__))
    day_checked(heir_of(holding.clock), promised_on)
    before = holding.promised_on
    holding.promised_on, holding.reason = promised_on, reason[:200]
    holding.save(update_fields=["promised_on", "reason"])
    text = draft.text.replace(words.day(before), words.day(promised_on))
    if text != draft.text:
        letters.write(draft, seen=draft.version, text=text)
    trail(holding.record, draft=fact(draft.reference), day=promised_on, reason=reason)
    return draft


def follow_record(delivery: Record) -> None:
    """Bring the holding reply behind a delivery into step, once that was sent."""
    with scope.acting_as_system("holding replies", office=delivery.office):
        gone = Dispatch.objects.filter(delivery=delivery.reference).select_related("draft").first()
        holding = gone and HoldingReply.objects.filter(draft=gone.draft.reference, sent_at=None).first()
        if holding:
            _follow(holding)


def follow_all(office: Office) -> int:
    """The same for all that are not known to be sent: what an announcement missed. Returns how many were sent."""
    with scope.acting_as_system("holding replies", office=office):
        return sum(
            _follow(one) for one in HoldingReply.objects.filter(sent_at=None).select_related("clock__record")
        )


def _follow(holding: HoldingReply) -> bool:
    """Once it was sent, it acknowledges, and the day kept for it is promised, if its text names that day."""
    draft = Draft.objects.filter(reference=holding.draft).first()
    gone = Dispatch.objects.filter(draft=draft).order_by("-pk").first() if draft else None
    sent = (
        Delivery.objects.with_states().filter(reference=gone.delivery).first() if gone and gone.delivery else None
    )
    if draft is None or sent is None or sent.state != State.SENT:
        return False
    with performing("following.say_held"):
        holding.sent_at, holding.delivery = clock.now(), sent.reference
        holding.message_key = sent.message_id[:300]
        holding.is_kept_to = words.day(holding.promised_on) in draft.text
        holding.save(update_fields=["sent_at", "delivery", "message_key", "is_kept_to"])
        keep_step([holding.record_id])
        trail(holding.record, draft=fact(holding.draft))
        one = heir_of(ReplyClock.objects.get(pk=holding.clock_id))
        if holding.is_kept_to and one.is_running and one.reply_by and _moves(one, holding):
            promise(one, due_on=holding.promised_on, reason=holding.reason, holding=holding)
    return True


def _moves(one: ReplyClock, holding: HoldingReply) -> bool:
    by = clock.closing(holding.promised_on, reply_times.CLOSE_OF_PLAY)
    return by != one.reply_by and holding.promised_on >= clock.today()
