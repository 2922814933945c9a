"""What people do with jobs: try again what gave up, put it away, and let go what was held."""

from datetime import UTC, datetime
from uuid import UUID

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import saying
from privateoffice.foundations.jobs.api import DBTaskResult, TaskResultStatus
from privateoffice.foundations.jobs.models import Hold, PuttingAway
from privateoffice.foundations.jobs.queue import held, waiting
from privateoffice.foundations.jobs.scheduler import begin_anew
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb

FAR = datetime(9998, 1, 1, tzinfo=UTC)
"""When a held job would begin: no worker takes it, and no announcement names it."""

UNDONE = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class MovedOn(Exception):
    """This job has moved on meanwhile. Look at the list again."""


@verb("jobs.take_up_again")
def take_up_again(job_id: UUID) -> None:
    """Give a job that gave up all its tries again, also where it was put away."""
    job = _locked(job_id)
    if job.status != TaskResultStatus.FAILED:
        raise MovedOn
    PuttingAway.objects.filter(job=job).delete()
    job.status, job.worker_ids, job.finished_at = TaskResultStatus.READY, [], None
    job.run_after = clock.now()
    job.save()
    _tell(job)


@verb("jobs.put_away")
def put_away(job_id: UUID, *, reason: str) -> None:
    """Put away a job that gave up or is held: nobody wants it any more."""
    job = _locked(job_id)
    if not (job.status == TaskResultStatus.FAILED or hasattr(job, "hold")) or hasattr(job, "putting_away"):
        raise MovedOn
    Hold.objects.filter(job=job).delete()
    PuttingAway.objects.create(job=job, reason=reason, put_away_by=scope.current().actor, put_away_at=clock.now())
    if job.status != TaskResultStatus.FAILED:
        job.status, job.finished_at = TaskResultStatus.FAILED, clock.now()
        job.save(update_fields=["status", "finished_at"])
    _tell(job, reason=reason)


@verb("jobs.let_go")
def let_go(job_id: UUID) -> None:
    """Let a held job begin when it was to."""
    job = _locked(job_id)
    if not hasattr(job, "hold"):
        raise MovedOn
    _free([job])
    _tell(job)


@verb("jobs.let_all_go")
def let_all_go() -> int:
    """Let every held job begin when it was to; returns how many."""
    jobs = list(held().select_for_update(of=("self",)))
    _free(jobs)
    trail(office_id=0, count=len(jobs))
    return len(jobs)


@verb("jobs.hold_owed")
def hold_owed(made_at: datetime) -> int:
    """Hold every job that a restored house still owed, and count its schedules from now on; returns how many.

    They may have been done since the backup was made. What had begun then is held as if it had not.
    """
    now = clock.now()
    owed = list(DBTaskResult.objects.filter(status__in=UNDONE, hold=None))
    Hold.objects.bulk_create(
        [Hold(job=job, run_after=job.run_after, held_at=now, made_at=made_at) for job in owed]
    )
    DBTaskResult.objects.filter(status__in=UNDONE).update(status=TaskResultStatus.READY, run_after=FAR)
    begin_anew(now)
    trail(office_id=0, made_at=made_at, count=len(owed))
    return len(owed)


def counted() -> dict[str, int]:
    """How many jobs wait and run now."""
    return {"waiting": waiting().count(), "running": DBTaskResult.objects.running().count()}


def _locked(job_id: UUID) -> DBTaskResult:
    job = DBTaskResult.objects.select_for_update(of=("self",)).filter(pk=job_id).first()
    if job is None:
        raise MovedOn
    return job


def _free(jobs: list[DBTaskResult]) -> None:
    for job in jobs:
        job.run_after = job.hold.run_after
    DBTaskResult.objects.bulk_update(jobs, ["run_after"], batch_size=500)
    Hold.objects.filter(job__in=[job.pk for job in jobs]).delete()


def _tell(job: DBTaskResult, **said: str) -> None:
    """One line in the trail of the office whose job it is."""
    trail(office_id=saying.office_id_of(job) or 0, job=fact(saying.name_of(job)), **said)
