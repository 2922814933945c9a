"""What is kept of jobs besides their rows in the queue: who asked, what is held, who is alive, what fell due."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from privateoffice.foundations.jobs.api import DBTaskResult


class Asker(models.Model):
    """For whom a job is done: the frozen scope of whoever asked, opened again by the worker."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="asker")
    scope = models.JSONField()
    schedule = models.CharField(max_length=200, blank=True, db_index=True)

    def __str__(self):
        return self.schedule or str(self.job_id)


class Hold(models.Model):
    """A job that may not begin until somebody lets it go. When it was to begin is kept here meanwhile."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="hold")
    run_after = models.DateTimeField()
    held_at = models.DateTimeField()
    made_at = models.DateTimeField()  # the moment of the backup that brought it here

    def __str__(self):
        return str(self.job_id)


class PuttingAway(models.Model):
    """The end of a job that gave up or was held: nobody wants it any more, and why."""

    job = models.OneToOneField(DBTaskResult, models.CASCADE, primary_key=True, related_name="putting_away")
    reason = models.CharField(max_length=500)
    put_away_by = models.CharField(max_length=200)
    put_away_at = models.DateTimeField()

    def __str__(self):
        return self.reason


class BeatQuerySet(models.QuerySet):
    # The database's own time on both sides: machines whose clocks differ agree on who is alive.
    def fresh(self, within: timedelta):
        """Those that have been heard of within a time."""
        return self.filter(seen_at__gte=Now() - within)

    def cold(self, within: timedelta):
        return self.exclude(seen_at__gte=Now() - within)


class Beat(models.Model):
    """The heartbeat of one worker or scheduler."""

    name = models.CharField(max_length=64, primary_key=True)
    part = models.CharField(max_length=20)
    pid = models.PositiveIntegerField()
    seen_at = models.DateTimeField()

    objects = BeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.part} {self.name}"


class Tick(models.Model):
    """One moment at which a schedule fell due. There is one row a moment, however many schedulers run."""

    schedule = models.CharField(max_length=200)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "due_at"], name="a_tick_falls_due_once")]

    def __str__(self):
        return f"{self.schedule} at {self.due_at:%Y-%m-%d %H:%M}"


def lease() -> timedelta:
    """How long a worker may be silent before its job is given to another."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def beat_pause() -> timedelta:
    """How long between two heartbeats: several to a lease, and often enough for the health page."""
    return min(lease() / 6, timedelta(seconds=5))
