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
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import DBTaskResult, Task, TaskResultStatus, task
from privateoffice.foundations.jobs.leases import finishing
from privateoffice.foundations.jobs.models import Asker
from privateoffice.foundations.offices import scope

__all__ = ["GiveUp", "finishing", "later", "owe", "set_aside", "take_up_again", "task"]


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


def set_aside() -> Any:
    """The jobs that failed for good, newest first: each with its `exception_class_path` and `traceback`."""
    return DBTaskResult.objects.failed().select_related("asker").order_by("-finished_at")


def take_up_again(job: DBTaskResult) -> None:
    """Give a job that was set aside all its tries again."""
    job.status, job.worker_ids, job.finished_at = TaskResultStatus.READY, [], None
    job.run_after = clock.now()
    job.save()
