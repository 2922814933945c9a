"""What happened in some conversations, read in a fixed number of queries, as their rounds count it."""

from collections.abc import Iterable

from privateoffice.rooms.following.models import OnlyAcknowledged
from privateoffice.rooms.following.services.rounds import OUTCOMES, Seen, Settled
from privateoffice.spine.correspondence.models import Answer, Ask, Disposition, Elsewhere, Message, Way
from privateoffice.spine.correspondence.models.message import UNTOLD
from privateoffice.spine.correspondence.services.asks import FROM_THE_MAILBOX
from privateoffice.spine.deliveries.models import Delivery


def seen_in(conversations: Iterable[int]) -> dict[int, list[Seen]]:
    """The messages of each conversation, machines left out, with what they end, want and became."""
    keys = list(conversations)
    theirs_and_ours = Message.objects.filter(record__in=keys, is_automatic=False).in_brief()
    messages = list(theirs_and_ours.select_related("record").defer(*UNTOLD, "record__people"))
    no_replies = _no_replies(messages)
    answers = set(Answer.objects.filter(record__in=keys).values_list("message_id", flat=True))
    asks = _asks_of(keys)
    found: dict[int, list[Seen]] = {}
    for message in messages:
        wants = not message.is_from_us and message.pk not in answers
        one = Seen(message, message.is_from_us and message.pk not in no_replies, wants)
        one.asks = [_elsewhere(message, ask) for ask in asks.get(message.pk, [])] if wants else []
        found.setdefault(message.record_id, []).append(one)
    return found


def _no_replies(messages: list[Message]) -> set[int]:
    """Ours that end nothing by themselves: no reply, or sent from here, where the draft says what it ends."""
    ours = {message.pk: message.message_id.strip("<>") for message in messages if message.is_from_us}
    if not ours:
        return set()
    forms = {form for one in ours.values() if one for form in (one, f"<{one}>")}
    sent = Delivery.objects.filter(message_id__in=forms).values_list("message_id", flat=True)
    here = {one.strip("<>") for one in sent}
    only = set(OnlyAcknowledged.objects.filter(message__in=ours).values_list("message_id", flat=True))
    return only | {pk for pk, one in ours.items() if one in here}


def _asks_of(keys: list[int]) -> dict[int, list[Settled]]:
    """What became of each ask of each message, by the key of the message."""
    fields = ("ask_id", "way", "words", "pending_on", "sending__sent_at", "disposed_at")
    standing = Disposition.objects.standing().filter(record__in=keys).order_by().values_list(*fields)
    became = {ask: _settled(*said) for ask, *said in standing}
    found: dict[int, list[Settled]] = {}
    for ask, message in Ask.objects.filter(record__in=keys).order_by("number").values_list("pk", "message_id"):
        found.setdefault(message, []).append(became.get(ask, Settled()))
    return found


def _settled(way, words, pending_on, sent_at, disposed_at) -> Settled:  # type: ignore[no-untyped-def]
    """How a disposition counts. What the mailbox shows to be answered is told by the letters themselves."""
    outcome = OUTCOMES.get(Way(way), "")
    if not outcome or (way == Way.ANSWERED and words == FROM_THE_MAILBOX) or (pending_on and not sent_at):
        return Settled()
    return Settled(outcome, sent_at or disposed_at)


def _elsewhere(message: Message, ask: Settled) -> Settled:
    """A letter that another mail program marked as answered is answered, though no copy of the answer was seen."""
    if not ask.outcome and message.settled_elsewhere == Elsewhere.ANSWERED and message.settled_at:
        return Settled(OUTCOMES[Way.ANSWERED], message.settled_at)
    return ask
