"""Recording that somebody looked at what an import listed."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.spine.diary.models import ImportRun, Look


@verb("diary.look_at")
def look_at(run: ImportRun) -> Look:
    """Say that what the import listed was looked at. Twice is once."""
    look, is_new = Look.objects.get_or_create(
        run=run,
        defaults={"office_id": run.office_id, "looked_at": clock.now(), "looked_by": scope.current().actor},
    )
    if is_new:
        trail(office_id=run.office_id, number=run.number)
    return look
