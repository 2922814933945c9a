"""Looking at what came by mail or import."""

from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.scanning import services


@task
def scan_what_waits() -> int:
    """Look at what was not looked at yet; returns how many."""
    return services.scan_what_waits()


@task
def scan_again() -> int:
    """Look again at what is kept when new signatures have come; returns at how many files."""
    return services.scan_again()
