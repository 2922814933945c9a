"""Reading uploads in the background, and bringing back what waited in vain."""

from privateoffice.foundations.jobs.queue import task
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import ImportRun


@task
def read_upload(run_id: int) -> None:
    """Read one upload. Done twice, it finds everything unchanged."""
    services.read_upload(ImportRun.objects.get(pk=run_id))


@task
def read_answers() -> int:
    """Read what answers a chaser; returns how many answers there were."""
    return len(services.read_answers())


@task
def bring_back() -> None:
    """Open again what waited for an answer until now."""
    office = scope.current().office
    if office:
        services.bring_back(office)
