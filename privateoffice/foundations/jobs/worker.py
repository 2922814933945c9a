"""The worker: takes jobs one after another and does each in the scope of whoever asked."""

import logging
import signal
import threading
import time
from contextlib import nullcontext, suppress
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connection

from privateoffice.foundations import steps
from privateoffice.foundations.jobs import announcing
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.jobs.beats import beating, new_name
from privateoffice.foundations.jobs.leases import Claim, Fenced, Reaper, holding, take
from privateoffice.foundations.jobs.models import Asker, beat_pause
from privateoffice.foundations.jobs.queue import GiveUp
from privateoffice.foundations.offices import scope

logger = logging.getLogger(__name__)

IDLE_PAUSE = 0.5
TROUBLE_PAUSE = 3.0


class Worker:
    """One worker. `run` goes on until SIGTERM, and then finishes the job at hand."""

    def __init__(self) -> None:
        self.name = new_name()
        self._stopping = threading.Event()
        self._reaper = Reaper(self.name)
        self._looked_at = 0.0

    def run(self) -> None:
        """Work until told to stop."""
        signal.signal(signal.SIGTERM, lambda *_: self._stopping.set())
        with beating("worker", self.name):
            while not self._stopping.is_set():
                self._stopping.wait(self._turn())

    def work_once(self) -> bool:
        """Do the next job, if one is ready; says whether there was one."""
        claim = take(self.name)
        if claim:
            do(claim)
        return claim is not None

    def listen_once(self) -> bool:
        """Wait a moment for a job to be announced, and do it if nobody else has it."""
        job_id = announcing.heard()
        claim = take(self.name, job_id) if job_id else None
        if claim:
            do(claim)
        return claim is not None

    def _turn(self) -> float:
        """One turn of the wheel; returns how long to rest after it."""
        try:
            close_old_connections()
            self._look_around()
            return self._work()
        except DatabaseError:
            # The database is busy or away. No job is lost: what was taken comes back when its lease ends.
            logger.exception("The worker could not reach its queue.")
            connection.close()
            return TROUBLE_PAUSE

    def _work(self) -> float:
        if announcing.is_on():
            with suppress(announcing.Away):
                self.listen_once()
                return 0
        return 0 if self.work_once() else IDLE_PAUSE

    def _look_around(self) -> None:
        """Now and then: take from workers that fell silent, and announce again what was lost."""
        if time.monotonic() - self._looked_at >= beat_pause().total_seconds():
            self._looked_at = time.monotonic()
            self._reaper.look()
            if announcing.is_on():
                announcing.sweep()


def do(claim: Claim) -> None:
    """Do one job that has been taken, and write how it went."""
    token = holding.set(claim)
    try:
        _call(claim)
        if not claim.is_done:
            steps.reached("job: it is carried out and not yet said to be")
            claim.finish()
    except Fenced:
        logger.warning("Job %s was given to another worker meanwhile.", claim.job_id)
    except Exception as fault:  # a task may raise anything: it is written down, and the worker goes on
        _write_down(claim, fault)
    finally:
        holding.reset(token)


def _call(claim: Claim) -> None:
    job = DBTaskResult.objects.get(pk=claim.job_id)
    asker = Asker.objects.filter(job=job).first()
    with scope.thawed(asker.scope) if asker else nullcontext():
        job.task.call(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def _write_down(claim: Claim, fault: Exception) -> None:
    logger.warning("Job %s failed: %s", claim.job_id, type(fault).__name__)
    if claim.is_done:
        return
    try:
        claim.fail(fault, may_try_again=not isinstance(fault, GiveUp | scope.ScopeEnded))
    except Fenced:
        logger.warning("Job %s was given to another worker meanwhile.", claim.job_id)


def perform(job_id: str) -> None:
    """Do one job that was announced, from a worker of RQ's own; nothing where another has taken it."""
    name = new_name()
    with beating("worker", name):
        claim = take(name, UUID(job_id))
        if claim:
            do(claim)


def drain() -> int:
    """Do every job that is ready, here and now; returns how many. For commands and tests."""
    worker = Worker()
    done = 0
    while worker.work_once():
        done += 1
    return done
