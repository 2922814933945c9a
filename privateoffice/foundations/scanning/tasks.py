"""Looking at what came by mail or import."""

from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.scanning import services


@task
def scan_what_waits() -> int:
    """Look at what was not looked at yet; returns how many."""
    return services.scan_what_waits()
