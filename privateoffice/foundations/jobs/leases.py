"""Leases: one worker at a time holds a job, loses it by falling silent, and cannot finish what it has lost.

Every job may be done twice: a worker can die between doing it and saying so. A job whose effect must come
once either wraps it in `finishing`, or makes it harmless the second time.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from traceback import format_exception
from uuid import UUID

from django.db import transaction

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import DBTaskResult, TaskResultStatus
from privateoffice.foundations.jobs.models import Beat, lease

logger = logging.getLogger(__name__)

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800))
"""How long a failed job waits before its second, third, fourth and last try."""


class Fenced(Exception):
    """This worker was silent for longer than its lease, and its job now belongs to another."""


class Lost(Exception):
    """Every worker that took this job fell silent while doing it."""


@dataclass
class Claim:
    """One worker's hold on one job. `holders` are all that have tried it, this worker last."""

    job_id: UUID
    holders: list[str]
    is_done: bool = False

    def finish(self) -> None:
        """Write that the job is done. What it made is kept in records, under their marking, never here."""
        with self._held() as job:
            job.status, job.finished_at = TaskResultStatus.SUCCESSFUL, clock.now()
            job.exception_class_path = job.traceback = ""
            job.save()
            steps.reached("job: its end is being written")

    def fail(self, fault: BaseException, *, may_try_again: bool = True) -> None:
        """Put the job back with a pause that grows, or aside where it has failed often enough."""
        with self._held() as job:
            job.exception_class_path = f"{type(fault).__module__}.{type(fault).__qualname__}"
            job.traceback = "".join(format_exception(fault))
            if may_try_again and len(self.holders) <= len(PAUSES):
                job.status = TaskResultStatus.READY
                # What died with its worker waits for nothing: the fault need not be its own.
                job.run_after = clock.now() + (timedelta() if isinstance(fault, Lost) else self._pause())
            else:
                job.status, job.finished_at = TaskResultStatus.FAILED, clock.now()
            job.save()

    def _pause(self) -> timedelta:
        return PAUSES[len(self.holders) - 1]

    @contextmanager
    def _held(self) -> Iterator[DBTaskResult]:
        """The job's row, locked; raises Fenced where the lease has passed to another worker."""
        with transaction.atomic():
            job = DBTaskResult.objects.select_for_update().filter(pk=self.job_id).first()
            if job is None or job.status != TaskResultStatus.RUNNING or job.worker_ids != self.holders:
                raise Fenced(self.job_id)
            yield job


holding: ContextVar[Claim | None] = ContextVar("holding", default=None)


@contextmanager
def finishing() -> Iterator[None]:
    """Write a job's effect and its being done in one transaction, so that the effect comes once.

    Fenced is raised, and all is undone, where the job has been given to another worker meanwhile.
    """
    claim = holding.get()
    with transaction.atomic():
        yield
        if claim:
            claim.finish()
    if claim:
        claim.is_done = True
        steps.reached("job: its effect and its end are written")


def take(worker: str, job_id: UUID | None = None) -> Claim | None:
    """Take the next job that is ready, or the one that is named, if it is still to be had."""
    ready = DBTaskResult.objects.ready()
    if job_id:
        ready = ready.filter(pk=job_id)
    if not ready.exists():  # Asked first without a transaction: an idle worker takes no write lock.
        return None
    with transaction.atomic():
        job = ready.select_for_update(skip_locked=True).first()
        if job is None:
            return None
        job.status, job.started_at = TaskResultStatus.RUNNING, clock.now()
        job.worker_ids = [*job.worker_ids, worker]
        job.save(update_fields=["status", "started_at", "worker_ids"])
        steps.reached("job: it is being taken")
    steps.reached("job: it is taken")
    return Claim(job.pk, job.worker_ids)


class Reaper:
    """Gives back the jobs of workers that have fallen silent.

    A job is given back at the second look that finds its worker silent: after a long write by somebody else,
    the living get the time of one look to be heard before they are taken for dead. The worker that looks
    holds no job then: one that stands under its own name got lost on the way to the database.
    """

    def __init__(self, own_name: str = "") -> None:
        self._own_name = own_name
        self._suspects: set[tuple[UUID, str]] = set()

    def look(self) -> int:
        """Look once; returns how many jobs were given back."""
        silent = {
            (job.pk, job.worker_ids[-1]): Claim(job.pk, job.worker_ids) for job in self._jobs_of_the_silent()
        }
        condemned = [claim for key, claim in silent.items() if key in self._suspects]
        self._suspects = set(silent)
        for claim in condemned:
            _give_back(claim)
        Beat.objects.cold(timedelta(days=1)).delete()
        return len(condemned)

    def _jobs_of_the_silent(self) -> list[DBTaskResult]:
        alive = set(Beat.objects.fresh(lease()).values_list("name", flat=True)) - {self._own_name}
        return [job for job in DBTaskResult.objects.running() if job.worker_ids[-1] not in alive]


def _give_back(claim: Claim) -> None:
    try:
        claim.fail(Lost(f"{claim.holders[-1]} fell silent"))
        logger.warning("Job %s was taken from a worker that fell silent.", claim.job_id)
    except Fenced:
        logger.info("Job %s was finished or given back meanwhile.", claim.job_id)
