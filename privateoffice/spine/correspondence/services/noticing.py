"""What somebody did with a message in Outlook or on a phone, noticed here: answered, moved, deleted, put back."""

from collections.abc import Iterable

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.spine.correspondence.models import Ask, Conversation, Elsewhere, Message, Way
from privateoffice.spine.correspondence.services import asks
from privateoffice.spine.correspondence.services.adding_up import added_up
from privateoffice.spine.correspondence.services.stirring import stirred
from privateoffice.spine.mailboxes.services.news import Whereabouts

VERB = "correspondence.notice"
SAID = {Elsewhere.ANSWERED: "saw_answered", Elsewhere.DELETED: "saw_deleted", "": "saw_put_back"}

SETTLED = {
    Elsewhere.ANSWERED: (Way.ANSWERED, asks.FROM_THE_MAILBOX),
    Elsewhere.DELETED: (Way.NO_ACTION, "Deleted from the mailbox"),
}


def notice(seen: Iterable[Whereabouts]) -> None:
    """Write where messages lie now. One that was answered or deleted elsewhere waits for us no longer."""
    by_original = {one.original_id: one for one in seen}
    with performing(VERB):
        changed = [
            message
            for message in Message.objects.filter(original__in=by_original).select_related("record__office")
            if _note(message, by_original[message.original_id])
        ]
        fields = ["lies_in", "settled_elsewhere", "settled_at"]
        Message.objects.bulk_update(changed, fields, batch_size=100)
        _add_up({message.record_id for message in changed})
        _settle([message for message in changed if message.settled_elsewhere])
        stirred({message.record_id for message in changed})


def _note(message: Message, seen: Whereabouts) -> bool:
    """Whether anything changed; what a reader of the trail should know is said there."""
    was, lay_in = message.settled_elsewhere, message.lies_in
    if (was, lay_in) == (seen.standing, seen.folder):
        return False
    message.lies_in = seen.folder
    if was != seen.standing:
        message.settled_elsewhere = seen.standing
        message.settled_at = clock.now() if seen.standing else None
    if lay_in:
        _say(message, was, seen)
    return True


def _say(message: Message, was: str, seen: Whereabouts) -> None:
    said = SAID[seen.standing] if was != seen.standing else "saw_moved"
    with performing(f"correspondence.{said}"):
        trail(message.record)


def _add_up(records: set[int]) -> None:
    mine: dict[int, list[Message]] = {pk: [] for pk in records}
    for message in Message.objects.filter(record__in=records).in_brief():
        mine[message.record_id].append(message)
    for pk, messages in mine.items():
        Conversation.objects.filter(pk=pk).update(**added_up(messages))


def _settle(messages: list[Message]) -> None:
    """What a message asked is settled with it, as the mailbox shows it."""
    open_ones = Ask.objects.open().filter(message__in=[message.pk for message in messages])
    held = list(open_ones.select_related("record", "message"))
    for standing, (way, words) in SETTLED.items():
        these = [ask for ask in held if ask.message.settled_elsewhere == standing]
        asks.settle_many(these, way, words=words)
