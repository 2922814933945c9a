"""Our copy of what was sent by SMTP, in the mailbox's own Sent folder: only after it was accepted, and once.

The folder is asked for the Message-ID before anything is put there, so that a copy whose keeper died between
putting it and writing that down is not put a second time.
"""

from datetime import timedelta

from django.db.models import Q

from privateoffice.connectors.mail import writing
from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.scoped import has_part
from privateoffice.spine.deliveries.models import Delivery, Destination
from privateoffice.spine.deliveries.services.maildir import outgoing
from privateoffice.spine.deliveries.services.sending import letter_of
from privateoffice.spine.mailboxes.models import Mailbox, SentCopy
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import by_graph, ends

OF_THE_LAST = timedelta(days=30)
LEASE = timedelta(minutes=5)
AT_ONCE = 100
TRIES = 50
TAKEN = (Destination.State.ACCEPTED, Destination.State.RETURNED)


def keep_copies() -> int:
    """Put the copies that are missing in the office at hand; returns how many were put."""
    office = scope.current().office
    put = 0
    with scope.acting_as_system("sent copies", office=office):
        boxes = Mailbox.objects.at_work().filter(office=office, sends=True).exclude(kind=Mailbox.Kind.MAILDIR)
        for mailbox in boxes.select_related("office"):
            if mailbox.kind == Mailbox.Kind.GRAPH:
                by_graph.look_for_sent(mailbox)  # the service keeps its own copies
            elif missing := _missing(mailbox):
                put += _put_all(mailbox, missing)
    return put


def _missing(mailbox: Mailbox) -> list[Delivery]:
    """What somebody took that was sent by this mailbox and of which no copy was put, the oldest first."""
    settled = SentCopy.objects.filter(mailbox=mailbox)
    out = settled.filter(Q(put_at__isnull=False) | Q(taken_until__gte=clock.now()) | Q(tries__gte=TRIES))
    sent = Delivery.objects.filter(
        Q(sender_address__iexact=mailbox.address) | Q(sender_address="", office__email__iexact=mailbox.address),
        has_part(Destination, state__in=TAKEN),
        channel="mail",
        made_at__gte=clock.now() - OF_THE_LAST,
    )
    added_after = sent.filter(made_at__gte=mailbox.added_at - timedelta(days=1))
    return list(added_after.exclude(message_id__in=out.values("message_id")).order_by("made_at")[:AT_ONCE])


def _put_all(mailbox: Mailbox, missing: list[Delivery]) -> int:
    try:
        with ends.opened(mailbox) as end:
            sent = next((folder for folder in end.folders() if folder.use == "sent"), None)
            if sent is None:
                raise port.Trouble("It has no folder for what was sent.")
            return sum(_put(mailbox, end, sent, delivery) for delivery in missing)
    except (port.Trouble, Locked, writing.NotSendable):
        return 0  # the mailbox says so itself when it is read; the copies are put when it can be reached again


def _put(mailbox: Mailbox, end: port.Mailbox, sent: port.Folder, delivery: Delivery) -> bool:
    if not _take(mailbox, delivery):
        return False
    mine = SentCopy.objects.filter(message_id=delivery.message_id)
    try:
        if not end.find(sent, delivery.message_id):
            raw = writing.compose(outgoing(letter_of(delivery), mailbox.office))
            end.append(sent, raw, port.Flag.SEEN)
    except (port.Trouble, writing.NotSendable) as fault:
        mine.update(trouble=str(fault)[:500])
        raise
    mine.update(put_at=clock.now(), trouble="")
    return True


def _take(mailbox: Mailbox, delivery: Delivery) -> bool:
    """Take one copy to be put, for the length of a lease: of two keepers one puts it."""
    now = clock.now()
    row, is_new = SentCopy.objects.get_or_create(
        message_id=delivery.message_id,
        defaults={"office": mailbox.office, "mailbox": mailbox, "taken_until": now + LEASE, "tries": 1},
    )
    if is_new:
        return True
    free = SentCopy.objects.filter(pk=row.pk, put_at=None, taken_until__lt=now)
    return bool(free.update(taken_until=now + LEASE, tries=row.tries + 1))
