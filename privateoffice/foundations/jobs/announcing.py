"""Announcements: with QUEUE_URL, Redis and RQ tell the workers of many machines which job is ready.

They carry the number of a row and nothing else. The row is the truth: an announcement that is lost, doubled, late
or forged changes nothing, because whoever hears it must still take the row. A sweep announces again what is ready
and stands in no line, and while Redis is away the workers look into the database by themselves.
"""

import logging
import time
from collections.abc import Iterable
from functools import cache, partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django_tasks_db import DatabaseBackend

from privateoffice.foundations import steps
from privateoffice.foundations.jobs.api import DBTaskResult, Task

if TYPE_CHECKING:
    from rq import Queue

logger = logging.getLogger(__name__)

LINE = "private-office"
PERFORM = "privateoffice.foundations.jobs.worker.perform"
A_SWEEP = 1000
"""How many rows one sweep looks at: what is beyond is announced by the next."""

WAIT = 1
"""Seconds for which a worker listens before it looks after other things."""

ANSWER = 2.0
"""Seconds within which Redis must answer: longer, and whoever pressed a button would feel it."""

REST = 5.0
"""Seconds for which Redis is left alone after it did not answer."""


class Away(Exception):
    """Redis does not answer, or there is none."""


_away_until = 0.0


class AnnouncingBackend(DatabaseBackend):
    """Django's tasks in the database, each announced to the workers once its row is committed."""

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> Any:
        result = super().enqueue(task, args, kwargs)
        if task.run_after is None:  # what waits for its moment is announced by the sweep, when that has come
            transaction.on_commit(partial(announce, [str(result.id)]), robust=True)
        return result


def is_on() -> bool:
    return bool(settings.QUEUE_URL)


def announce(job_ids: Iterable[str]) -> int:
    """Tell the workers of jobs that are ready; returns of how many. What cannot be told now, the sweep tells."""
    told = 0
    try:
        line = _line()
        for job_id in job_ids:
            steps.reached("announcement: the row is committed and not yet announced")
            line.enqueue_call(PERFORM, args=(job_id,), job_id=job_id, timeout=-1, result_ttl=0, ttl=86400)
            told += 1
    except Away:
        pass
    except _faults() as fault:
        _leave_alone(fault)
    return told


def heard() -> UUID | None:
    """Wait a moment for an announcement. Raises Away where nothing can be heard."""
    from rq.exceptions import DequeueTimeout
    from rq.job import Job

    try:
        line = _line()
        _, said = line.lpop([line.key], WAIT, connection=line.connection)
        job_id = said.decode()
        line.connection.delete(Job.key_for(job_id))
        steps.reached("announcement: it is heard and the row not yet taken")
        return UUID(job_id)
    except (DequeueTimeout, ValueError):
        return None
    except _faults() as fault:
        _leave_alone(fault)
        raise Away from fault


def sweep() -> int:
    """Announce again what is ready and stands in no line; returns how many."""
    ready = [str(job_id) for job_id in DBTaskResult.objects.ready().values_list("pk", flat=True)[:A_SWEEP]]
    if not ready:
        return 0
    try:
        standing = set(_line().get_job_ids())
    except Away:
        return 0
    except _faults() as fault:
        _leave_alone(fault)
        return 0
    return announce(job_id for job_id in ready if job_id not in standing)


def answers() -> bool:
    """Whether Redis answers now."""
    try:
        return bool(_connection().ping())
    except _faults():
        return False


def _line() -> "Queue":
    """The line in Redis. Raises Away within a short while of its not having answered."""
    from rq import Queue

    if time.monotonic() < _away_until:
        raise Away
    return Queue(LINE, connection=_connection(), serializer="json")


@cache
def _connection() -> Any:
    try:
        from redis import Redis
    except ImportError:
        raise ImproperlyConfigured(
            "QUEUE_URL is set, and what it needs is not installed: see requirements/servers.txt"
        ) from None
    return Redis.from_url(settings.QUEUE_URL, socket_timeout=WAIT + ANSWER, socket_connect_timeout=ANSWER)


def _faults() -> tuple[type[Exception], ...]:
    from redis.exceptions import RedisError

    return (RedisError, OSError)


def _leave_alone(fault: Exception) -> None:
    global _away_until
    _away_until = time.monotonic() + REST
    logger.warning("Redis does not answer (%s). Jobs are kept in the database and done from there.", fault)
