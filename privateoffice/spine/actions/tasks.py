"""The chaser's job: climb the ladder of the office that it was asked for."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import task
from privateoffice.spine.actions import services


@task
def climb() -> int:
    """Fire the steps whose time has come; returns how many."""
    return len(services.climb(clock.now()))
