"""What messages ask: one ask for each that comes in, in bulk; more of them where a mail is split."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Greatest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, Message, MessageQuerySet, Way
from privateoffice.spine.correspondence.services.stirring import stirred
from privateoffice.spine.deliveries.models import Delivery

AT_ONCE = 500
MOST_ASKS = 20
FROM_THE_MAILBOX = "Answered from the mailbox"


class NotInTheText(ValueError):
    """What is split off is a part of the mail's own text."""


class TooManyAsks(ValueError):
    """A mail asks for twenty things at most. Make a matter of it."""


def open_for(messages: Sequence[Message]) -> list[Ask]:
    """Open an ask for each message from outside, and settle what the mailbox shows to be answered already."""
    asks = [
        Ask(record=message.record, message=message, at=message.at)
        for message in messages
        if not message.is_from_us
    ]
    Ask.objects.bulk_create(asks, batch_size=AT_ONCE)
    settle_answered({message.record_id for message in messages})
    return asks


def settle_answered(conversations: set[int]) -> int:
    """Settle the open asks of these conversations that were followed by our answer; returns how many.

    An answer that this house sent settles what its draft said that it answers, and nothing else. One that was
    there before an ask was put beside it by hand settles nothing of that.
    """
    answered = _answered_at(conversations)
    open_ones = Ask.objects.open().filter(record__in=answered).select_related("record", "message")
    open_ones = open_ones.defer("message__text")
    done = [ask for ask in open_ones if max(ask.at, ask.message.rehomed_at or ask.at) <= answered[ask.record_id]]
    settle_many(done, Way.ANSWERED, words=FROM_THE_MAILBOX)
    return len(done)


def _answered_at(conversations: set[int]) -> dict[int, datetime]:
    """When we last wrote in each, from anywhere but here."""
    ours = Message.objects.filter(record__in=conversations, is_from_us=True, is_automatic=False)
    named = set(ours.exclude(message_id="").values_list("message_id", flat=True))
    if not named:
        return _latest(ours)
    forms = {form for one in named for form in (one, f"<{one.strip('<>')}>")}
    sent_here = Delivery.objects.filter(message_id__in=forms).values_list("message_id", flat=True)
    here = {form for one in sent_here for form in (one, one.strip("<>"))}
    return _latest(ours.exclude(message_id__in=here) if here else ours)


def _latest(ours: MessageQuerySet) -> dict[int, datetime]:
    return dict(ours.order_by().values_list("record_id").annotate(Max("at")))


def settle_many(asks: Sequence[Ask], way: str, **said: Any) -> list[Disposition]:
    """Write one disposition of a way on each of many open asks, without a line on the trail."""
    now, by = clock.now(), scope.current().actor
    made = Disposition.objects.bulk_create(
        [
            Disposition(
                record=ask.record,
                ask=ask,
                way=way,
                after_number=ask.record.last_number,
                disposed_at=now,
                disposed_by=by,
                **said,
            )
            for ask in asks
        ],
        batch_size=AT_ONCE,
    )
    for start in range(0, len(asks), AT_ONCE):
        Ask.objects.filter(pk__in=[ask.pk for ask in asks[start : start + AT_ONCE]]).update(settled_at=now)
    return made


@verb("correspondence.split")
def split(ask: Ask, *, quoted: str) -> Ask:
    """Make a second ask of a part of the text. The first keeps the whole mail before it."""
    conversation = Conversation.objects.get(pk=ask.record_id)
    whole = " ".join(ask.message.text.split())
    parts = [" ".join(part.split()) for part in quoted.split("\n\n") if part.strip()]
    if not parts or any(part not in whole for part in parts):
        raise NotInTheText
    last = Ask.objects.filter(message_id=ask.message_id).aggregate(last=Greatest(Max("number"), 1))["last"]
    if last >= MOST_ASKS:
        raise TooManyAsks
    second = Ask.objects.create(
        record=conversation, message=ask.message, number=last + 1, quoted=quoted.strip(), at=ask.at
    )
    stirred([conversation.pk])
    trail(conversation, text=quoted)
    return second
