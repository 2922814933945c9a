"""Reading mailboxes in: one reader at a time, batch by batch, going on where the last one was cut off."""

import logging
import secrets as random
from datetime import timedelta

from django.db.models import Q

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.spine.mailboxes.models import Folder, Mailbox, Placement
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import ends, lines
from privateoffice.spine.mailboxes.services.keeping import Counts, keep

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
AGAIN, AT_LAST = timedelta(minutes=1), timedelta(hours=1)
"""The pause after the first failure, which doubles with each that follows, and what it grows to."""
NOT_READ = {"drafts", "junk"}
"""Drafts change under the hands of who writes them, and junk is no mail until somebody says so."""

VERB = "mailboxes.pull"


class Busy(Exception):
    """Somebody else is reading this mailbox at the moment."""


class Taken(Exception):
    """This reader was silent for too long, and another has taken the mailbox up."""


@verb(VERB)
def pull_due() -> int:
    """Read every mailbox of the office at hand that is due; returns how many were read."""
    office = scope.current().office
    read = 0
    for mailbox in Mailbox.objects.due(clock.now()).filter(office=office).select_related("office"):
        try:
            pull(mailbox)
            read += 1
        except (port.Trouble, Busy, Locked) as fault:
            logger.warning("The mailbox %s was not read: %s", mailbox.slug, type(fault).__name__)
    return read


def pull(mailbox: Mailbox) -> Counts:
    """Read a mailbox in. Raises Trouble, Locked or Busy; what was read until then is kept."""
    policy.require(VERB, mailbox.office)
    token = _take(mailbox)
    counts = Counts()
    try:
        with scope.acting_as_system("mailbox", office=mailbox.office):
            _read(mailbox, token, counts)
    except (port.Trouble, Locked) as fault:
        _note_trouble(mailbox, token, fault)
        raise
    else:
        _note_well(mailbox, token)
    finally:
        _let_go(mailbox, token)
        if counts:
            _tell(mailbox, counts)
    return counts


def _read(mailbox: Mailbox, token: str, counts: Counts) -> None:
    with ends.opened(mailbox, token) as end:
        seen = end.folders()
        for folder in _folders(mailbox, seen):
            if folder.use in NOT_READ:
                continue
            for changes in end.changes(folder.as_port, folder.state, lambda folder=folder: _held(folder)):
                with performing(VERB):
                    _hold(mailbox, token)
                    keep(folder, changes, counts)
    with performing(VERB):
        _close_folders(mailbox, {one.key for one in seen}, counts)


def _held(folder: Folder) -> dict[str, int]:
    return dict(Placement.objects.lying().filter(folder=folder).values_list("key", "flags"))


def _folders(mailbox: Mailbox, seen: list[port.Folder]) -> list[Folder]:
    """The rows of the folders that are there, made where they are new; the Inbox first."""
    with performing(VERB):
        known = {folder.key: folder for folder in mailbox.folders.select_related("office")}
        for one in seen:
            folder = known.get(one.key)
            if folder is None:
                known[one.key] = Folder.objects.create(
                    office=mailbox.office, mailbox=mailbox, key=one.key, name=one.name[:500], use=one.use
                )
            elif (folder.name, folder.use, folder.gone_at) != (one.name[:500], one.use, None):
                folder.name, folder.use, folder.gone_at = one.name[:500], one.use, None
                folder.save(update_fields=["name", "use", "gone_at"])
    order = {"inbox": 0, "sent": 1}
    return sorted((known[one.key] for one in seen), key=lambda folder: (order.get(folder.use, 2), folder.pk))


def _close_folders(mailbox: Mailbox, there: set[str], counts: Counts) -> None:
    """What lay in a folder that was renamed or deleted is gone from there; it may lie elsewhere now."""
    for folder in mailbox.folders.filter(gone_at=None).exclude(key__in=there):
        lying = Placement.objects.lying().filter(folder=folder)
        counts.gone += lying.update(gone_at=clock.now(), is_news=True)
        Folder.objects.filter(pk=folder.pk).update(gone_at=clock.now(), state={})


def _take(mailbox: Mailbox) -> str:
    """Take the mailbox for the length of a lease, if nobody has it."""
    now, token = clock.now(), random.token_hex(16)
    free = Mailbox.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), pk=mailbox.pk)
    if not free.update(taken_by=token, taken_until=now + LEASE):
        raise Busy(Busy.__doc__)
    return token


def _hold(mailbox: Mailbox, token: str) -> None:
    held = Mailbox.objects.filter(pk=mailbox.pk, taken_by=token)
    if not held.update(taken_until=clock.now() + LEASE):
        raise Taken(Taken.__doc__)
    if mailbox.kind == Mailbox.Kind.GRAPH:
        lines.renew(mailbox, token)


def _let_go(mailbox: Mailbox, token: str) -> None:
    Mailbox.objects.filter(pk=mailbox.pk, taken_by=token).update(taken_by="", taken_until=None)


def _note_well(mailbox: Mailbox, token: str) -> None:
    Mailbox.objects.filter(pk=mailbox.pk, taken_by=token).update(
        read_at=clock.now(), trouble="", trouble_since=None, not_before=None, failures=0, is_closed_to_us=False
    )


def _note_trouble(mailbox: Mailbox, token: str, fault: Exception) -> None:
    """One banner to those who can cure it. A refused password is not tried again: that locks accounts."""
    now = clock.now()
    asked = fault.pause if isinstance(fault, port.Trouble) else 0.0
    pause = timedelta(seconds=asked) if asked else min(AGAIN * 2 ** min(mailbox.failures, 10), AT_LAST)
    Mailbox.objects.filter(pk=mailbox.pk, taken_by=token).update(
        trouble=str(fault)[:500],
        trouble_since=mailbox.trouble_since or now,
        not_before=now + pause,
        failures=min(mailbox.failures + 1, 1000),
        is_closed_to_us=isinstance(fault, port.NotLetIn | Locked),
    )


def _tell(mailbox: Mailbox, counts: Counts) -> None:
    """One line of the trail for a reading that found something."""
    with performing(VERB):
        trail(office_id=mailbox.office_id, address=fact(mailbox.address), **vars(counts))
