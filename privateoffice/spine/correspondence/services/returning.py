"""What comes back by itself: what waited in vain for an answer, and what was pending on a draft that was sent."""

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.spine.correspondence.models import Ask, Disposition, Sending, Undoing
from privateoffice.spine.correspondence.services.disposing import end
from privateoffice.spine.correspondence.services.stirring import stirred


@verb("correspondence.bring_back")
def bring_back(office: Office) -> int:
    """Open again what waited for an answer until now, where none came; returns how many."""
    due = Disposition.objects.waiting_until(clock.now()).filter(ask__in=Ask.objects.waiting().values("pk"))
    due = list(due.select_related("ask__record", "record"))
    for standing in due:
        end(standing.ask, standing, Undoing.How.RETURNED, f"No answer came by {words.day(standing.until_at)}.")
    return len(due)


def say_sent(draft: str, delivery: str) -> int:
    """Say that the answer which asks waited for has left; returns how many asks. Twice is once."""
    pending = Disposition.objects.standing().filter(pending_on=draft, sending=None).select_related("record")
    with performing("correspondence.say_sent"):
        found = list(pending.select_for_update(of=("self",)))
        for standing in found:
            standing.sending = Sending.objects.create(
                record=standing.record, delivery=delivery, sent_at=clock.now()
            )
            standing.save(update_fields=["sending"])
            trail(standing.record, draft=fact(draft))
        stirred({standing.record_id for standing in found})
    return len(found)


def release(draft: str, *, reason: str) -> int:
    """Open the asks again that a draft was to answer, because it will not be sent; returns how many."""
    pending = Disposition.objects.standing().filter(pending_on=draft, sending=None)
    with performing("correspondence.undo"):
        found = list(pending.select_related("ask__record", "record"))
        for standing in found:
            end(standing.ask, standing, Undoing.How.RETURNED, reason)
    return len(found)
