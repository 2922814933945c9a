"""The house's own housekeeping that an administrator sees the outcome of."""

from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.offices import services


@task
def forget_signings_in() -> None:
    """Forget tries to sign in that are older than the settings keep."""
    services.forget_signings_in()
