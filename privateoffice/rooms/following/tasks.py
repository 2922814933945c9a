"""Thin jobs: following holding replies that were sent, and finding contributions in the mail."""

from privateoffice.foundations.jobs.queue import task
from privateoffice.foundations.offices import scope
from privateoffice.rooms.following import services


@task
def follow() -> int:
    """What an announcement missed, and what has come; returns how much there was."""
    office = scope.current().office
    if office is None:
        return 0
    services.catch_up(office)
    return services.follow_all(office) + len(services.take_in_contributions(office))
