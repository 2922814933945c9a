"""Jobs of the diary: reading uploads, and working its times out ahead every night."""

from privateoffice.foundations.jobs.queue import task
from privateoffice.foundations.offices import scope
from privateoffice.spine.diary import services
from privateoffice.spine.diary.models import ImportRun


@task
def read_upload(run_id: int) -> None:
    """Read one upload. Done twice, it finds everything unchanged."""
    services.read_upload(ImportRun.objects.get(pk=run_id))


@task
def look_ahead() -> int:
    """The office's diary, worked out for another day ahead."""
    office = scope.current().office
    return services.look_ahead(office) if office else 0
