"""The handover's own job: on working mornings the notes that are wanted are written."""

from privateoffice.desk.handover import services
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import task


@task
def propose() -> None:
    """Write the cover notes that are wanted in the office at hand."""
    services.freshen(clock.now())
