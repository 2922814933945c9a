"""Putting down jobs: in the transaction at hand, to be done soon by the worker as whoever asked.

@task
def remind(action_id: int) -> None:
    services.remind(Action.objects.get(pk=action_id))

later(remind, action.pk)
"""

import json
from typing import Any

from django.db import transaction

from privateoffice.foundations import steps
from privateoffice.foundations.jobs.api import DBTaskResult, Task, TaskResultStatus, task
from privateoffice.foundations.jobs.leases import finishing
from privateoffice.foundations.jobs.models import Asker
from privateoffice.foundations.offices import scope

__all__ = ["GiveUp", "finishing", "held", "later", "owe", "put_away", "set_aside", "task", "waiting"]


class GiveUp(Exception):
    """Raised by a task that would only fail again: its job is set aside at once."""


class NotPlain(TypeError):
    """A job was given something that does not come back from JSON as it went in. Give it a key instead."""


def later(task: Task[..., Any], *args: Any, **kwargs: Any) -> str:
    """Have a task done by the worker in the scope that is open now; returns the job's id.

    The row is part of the transaction at hand. `later(task.using(run_after=moment), ...)` waits until then.
    """
    return put_down(task, args, kwargs)


def owe(task: Task[..., Any], *args: Any, **kwargs: Any) -> str:
    """As `later`, for what the office owes: it is done even where the asker's role or cover ends before.

    What goes to the asker, such as an export or a preview, is put down with `later` and ends with their cover.
    """
    return put_down(task, args, kwargs, owed=True)


def put_down(
    task: Task[..., Any], args: tuple, kwargs: dict[str, Any], *, schedule: str = "", owed: bool = False
) -> str:
    """Write a job's row and, beside it, for whom it is done."""
    plain = [list(args), kwargs]
    if json.loads(json.dumps(plain, allow_nan=False)) != plain:
        raise NotPlain(task.name)
    with transaction.atomic():
        result = task.enqueue(*args, **kwargs)
        Asker.objects.create(job_id=result.id, scope=scope.freeze(owed=owed), schedule=schedule)
        steps.reached("job: it is being put down")
    return str(result.id)


def is_waiting(schedule: str) -> bool:
    """Whether a job of a schedule waits for a worker: another would find nothing to do."""
    return Asker.objects.filter(schedule=schedule, job__status=TaskResultStatus.READY, job__hold=None).exists()


def set_aside() -> Any:
    """The jobs that gave up and that nobody has seen to, newest first."""
    return _told(DBTaskResult.objects.failed().filter(putting_away=None)).order_by("-finished_at", "pk")


def held() -> Any:
    """The jobs that wait until somebody lets them go, oldest first."""
    return _told(DBTaskResult.objects.exclude(hold=None)).order_by("enqueued_at", "pk")


def put_away() -> Any:
    """The jobs that somebody has put away with a reason, the last first."""
    return _told(DBTaskResult.objects.exclude(putting_away=None)).order_by("-putting_away__put_away_at", "pk")


def waiting() -> Any:
    """The jobs that a worker will take when their moment comes."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, hold=None)


def _told(jobs: Any) -> Any:
    return jobs.select_related("asker", "hold", "putting_away")
