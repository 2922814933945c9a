"""The memory of forms is short: none outlives the sign-in that it was drawn under by so much."""

from datetime import timedelta

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.once.models import Sending

KEPT = timedelta(days=7)


@task
def forget() -> None:
    """Forget forms that were sent a week ago."""
    Sending.objects.older_than(clock.now() - KEPT).delete()
