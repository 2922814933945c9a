"""A calendar file that somebody uploads: laid aside until the worker has read it, then taken away."""

import secrets
from collections.abc import Iterable

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import verb
from privateoffice.foundations.records import shelf
from privateoffice.spine.diary.models import ImportRun
from privateoffice.spine.diary.services import runs
from privateoffice.spine.diary.services.runs import Taken
from privateoffice.spine.diary.services.taking_in import take_in

NAME = "calendar.ics"


@verb("diary.take_in")
def receive(name: str, pieces: Iterable[bytes], *, calendar: str = "") -> ImportRun:
    """Lay an upload aside and begin its import. It is not yet an original: it may be marked above our ceiling."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    spool = secrets.token_hex(16)
    shelf.lay_aside(office.pk, spool, NAME, pieces)
    return runs.begin(office, name, calendar, spool=spool)


def read_upload(run: ImportRun) -> Taken | None:
    """Read what was laid aside, and take it away. A run that was read already is left as it is."""
    if run.ended_at:
        return None
    with shelf.laid_aside(run.office_id, run.spool) as files:
        raw = b"".join(file.read_bytes() for file in files)
    taken = take_in(raw, calendar=run.calendar, source=run.source, run=run)
    shelf.clear(run.office_id, run.spool)
    return taken
