"""The queue's own housekeeping."""

from datetime import timedelta

from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import DBTaskResult, task
from privateoffice.foundations.jobs.models import Tick

KEPT = timedelta(days=30)


@task
def clear_away() -> None:
    """Forget what was done, put away or due a month ago. Jobs that gave up stay until they are seen to."""
    before = clock.now() - KEPT
    DBTaskResult.objects.successful().filter(finished_at__lt=before).delete()
    DBTaskResult.objects.filter(putting_away__put_away_at__lt=before).delete()
    last = Tick.objects.values("schedule").annotate(last=Max("due_at")).values("last")
    Tick.objects.filter(due_at__lt=before).exclude(due_at__in=last).delete()
