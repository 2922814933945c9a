"""The queue's own housekeeping."""

from datetime import timedelta

from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import DBTaskResult, task
from privateoffice.foundations.jobs.models import Tick

KEPT = timedelta(days=30)
TICKS_KEPT = timedelta(days=3)
"""Longer than a scheduler can sleep and still believe its clock: a tick that is gone could be put down again."""

ROUNDS_KEPT = timedelta(hours=1)
"""So long are jobs kept that a schedule put down and that went well: nearly all of them had nothing to do."""


@task
def clear_away() -> None:
    """Forget what was done, put away or due a month ago. Jobs that gave up stay until they are seen to."""
    before = clock.now() - KEPT
    DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    DBTaskResult.objects.filter(putting_away__put_away_at__lt=before).delete()


@task
def clear_rounds() -> None:
    """Forget the rounds of schedules that went well, and when they fell due. Those that failed stay."""
    now = clock.now()
    rounds = DBTaskResult.objects.successful().filter(asker__schedule__gt="")
    rounds.filter(finished_at__lt=now - ROUNDS_KEPT).delete()
    last = Tick.objects.values("schedule").annotate(last=Max("due_at")).values("last")
    Tick.objects.filter(due_at__lt=now - TICKS_KEPT).exclude(due_at__in=last).delete()
