"""The nightly look through everything that is kept."""

from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.keeping import services


@task
def look_through_files() -> int:
    """Read every kept file again; returns how many are damaged."""
    return len(services.look_through())
