"""Bringing drafts into step with what became of them."""

from privateoffice.foundations.jobs.queue import task
from privateoffice.foundations.offices import scope
from privateoffice.spine.letters import services


@task
def follow() -> int:
    """What an announcement missed; returns how many drafts were on their way."""
    office = scope.current().office
    return services.follow_all(office) if office else 0
