"""Lines to a mailbox of Microsoft 365: three at most over all workers, for more are refused by the service."""

import secrets as random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db.models import Q

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.spine.mailboxes.models import Line, Mailbox

MOST = 3
LEASE = timedelta(minutes=5)
PATIENCE = 20.0
"""Seconds for which a line is waited for."""


class Busy(port.Trouble):
    """All lines to this mailbox are busy."""


@contextmanager
def taken(mailbox: Mailbox, at_most: int = 1, token: str = "") -> Iterator[int]:
    """Some lines of a mailbox, at least one; yields how many. Raises Busy where none comes free."""
    token = token or random.token_hex(16)
    count = _wait_for_some(mailbox, at_most, token)
    try:
        yield count
    finally:
        Line.objects.filter(mailbox=mailbox, taken_by=token).update(taken_by="", taken_until=None)


def renew(mailbox: Mailbox, token: str) -> None:
    """Hold on to lines for another lease."""
    Line.objects.filter(mailbox=mailbox, taken_by=token).update(taken_until=clock.now() + LEASE)


def _wait_for_some(mailbox: Mailbox, at_most: int, token: str) -> int:
    end = time.monotonic() + PATIENCE
    if Line.objects.filter(mailbox=mailbox).count() < MOST:
        rows = [Line(office=mailbox.office, mailbox=mailbox, number=number) for number in range(MOST)]
        Line.objects.bulk_create(rows, ignore_conflicts=True)
    while not (count := _take(mailbox, at_most, token)):
        if time.monotonic() > end:
            raise Busy(str(Busy.__doc__), pause=10)
        time.sleep(0.1)
    return count


def _take(mailbox: Mailbox, at_most: int, token: str) -> int:
    count, now = 0, clock.now()
    for number in range(MOST):
        free = Line.objects.filter(Q(taken_until=None) | Q(taken_until__lt=now), mailbox=mailbox, number=number)
        if count < at_most and free.update(taken_by=token, taken_until=now + LEASE):
            count += 1
    return count
