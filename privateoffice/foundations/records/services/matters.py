"""Threads of records: matters, what is on them, and links between records."""

from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.models import Closing, Link, Matter, MatterEntry, Record, Reopening
from privateoffice.foundations.records.services.ending import close, reopen
from privateoffice.foundations.records.services.making import make, revise


@verb("records.open_matter")
def open_matter(*, title: str, summary: str = "", **marks: Any) -> Matter:
    """Open a named thread."""
    matter = make(Matter, title=title, summary=summary, **marks)
    trail(matter, title=title)
    return matter


@verb("records.revise_matter")
def revise_matter(matter: Matter, *, seen: int, **changes: Any) -> Matter:
    """Change what a matter is called and about."""
    revise(matter, seen=seen, **changes)
    trail(matter, **changes)
    return matter


@verb("records.close_matter")
def close_matter(matter: Matter, *, words: str) -> Closing:
    """Close a matter with how it ended. The records on it stay as they are."""
    closing = close(matter, outcome="closed", words=words)
    trail(matter, words=words)
    return closing


@verb("records.reopen_matter")
def reopen_matter(matter: Matter, *, reason: str) -> Reopening:
    """Open a closed matter again."""
    reopening = reopen(matter, reason=reason)
    trail(matter, reason=reason)
    return reopening


@verb("records.put_on")
def put_on(matter: Matter, record: Record) -> MatterEntry:
    """Put a record on a matter. Twice is once."""
    entry, is_new = MatterEntry.objects.get_or_create(
        matter=matter, record=record, defaults={"added_at": clock.now()}
    )
    if is_new:
        trail(record, matter=fact(matter.reference))
    return entry


@verb("records.take_off")
def take_off(matter: Matter, record: Record) -> None:
    """Take a record off a matter. The record itself stays."""
    if MatterEntry.objects.filter(matter_id=matter.pk, record_id=record.pk).delete()[0]:
        trail(record, matter=fact(matter.reference))


@verb("records.link")
def link(from_record: Record, to_record: Record, kind: str) -> Link:
    """Say how one record bears on another. Both must be in scope, and twice is once."""
    joined, is_new = Link.objects.get_or_create(from_record=from_record, to_record=to_record, kind=kind)
    if is_new:
        trail(from_record, how=fact(joined.out_words), other=fact(to_record.reference))
    return joined
