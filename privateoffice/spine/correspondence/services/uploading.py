"""Mail that somebody uploads: laid aside until the worker has read it, and taken away from there then."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from privateoffice.connectors.mail.names import cleaned
from privateoffice.connectors.mail.sources import Found, messages_in
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import verb
from privateoffice.foundations.records import shelf
from privateoffice.spine.correspondence.models import ImportRun
from privateoffice.spine.correspondence.services import runs
from privateoffice.spine.correspondence.services.runs import Taken
from privateoffice.spine.correspondence.services.taking_in import take_in


@verb("correspondence.take_in")
def receive(name: str, pieces: Iterable[bytes]) -> ImportRun:
    """Lay an upload aside and begin its import. It is not yet an original: it may be marked above our ceiling."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    spool = secrets.token_hex(16)
    shown = cleaned(name, "", 0)
    shelf.lay_aside(office.pk, spool, shown, pieces)
    return runs.begin(office, shown, spool=spool)


def read_upload(run: ImportRun) -> Taken | None:
    """Read what was laid aside, and take it away. A run that was read already is left as it is."""
    if run.ended_at:
        return None
    with shelf.laid_aside(run.office_id, run.spool) as files:
        taken = take_in(_messages_in(files), source=run.source, run=run)
    shelf.clear(run.office_id, run.spool)
    return taken


def _messages_in(files: list[Path]) -> Iterator[Found]:
    for file in files:
        for found in messages_in(file):
            yield replace(found, place=found.place or file.name)
