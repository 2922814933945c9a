"""The outbox's job."""

from privateoffice.foundations.jobs.api import task
from privateoffice.spine.deliveries import services


@task
def send_due() -> int:
    """Send what is due in the office that it was asked for; returns how many turns were taken."""
    return services.send_due()
