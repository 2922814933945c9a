"""Heartbeats: how the house knows that its worker and its scheduler are alive."""

import logging
import os
import secrets
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.db.models.functions import Now

from privateoffice.foundations.jobs.models import Beat, beat_pause

logger = logging.getLogger(__name__)

PARTS = ("worker", "scheduler")


def new_name() -> str:
    """A name that no other worker has or had."""
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(6)}"


def beat(part: str, name: str) -> None:
    """Say that a part is alive, by the database's clock."""
    Beat.objects.update_or_create(name=name, defaults={"part": part, "pid": os.getpid(), "seen_at": Now()})


def silent_parts() -> list[str]:
    """Which of worker and scheduler nobody has heard of for three beats."""
    heard = set(Beat.objects.fresh(beat_pause() * 3).values_list("part", flat=True))
    return [part for part in PARTS if part not in heard]


@contextmanager
def beating(part: str, name: str) -> Iterator[None]:
    """Beat in a thread of its own, however long the work takes; leave no heartbeat behind at the end."""
    beat(part, name)
    over = threading.Event()
    thread = threading.Thread(target=_keep_beating, args=(part, name, over), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=2)
        with suppress(DatabaseError):
            Beat.objects.filter(name=name).delete()


def _keep_beating(part: str, name: str, over: threading.Event) -> None:
    while not over.wait(beat_pause().total_seconds()):
        try:
            beat(part, name)
        except DatabaseError:
            # A database that is busy or away: the next beat tries again on a new connection.
            logger.warning("The heartbeat of the %s could not be written.", part)
            connection.close()
    connection.close()
