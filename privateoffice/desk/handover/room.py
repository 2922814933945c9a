"""What the handover declares to the house."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from privateoffice.desk.handover import policy, services, tasks
from privateoffice.desk.handover.models import CoverNote, CoverNoteQuerySet, HandingBack
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.registry.declarations import (
    Act,
    Door,
    Every,
    Holding,
    Keep,
    Kind,
    LedgerLine,
    Need,
    Open,
    Room,
)

MOST = 20


def needs(now: datetime) -> Iterator[Need]:
    """Before leave the note; under cover the note and handing back; on return what happened meanwhile."""
    if scope.current().is_cover:
        yield from _for_who_covers(now)
        return
    written = {note.cover_id: note for note in CoverNote.objects.with_cover().open()[:MOST]}
    for cover in services.to_be_written(now):
        if cover.starts_at > now or cover.pk not in written:
            yield _to_hand_over(cover, written.get(cover.pk), now)
    for note in written.values():
        if note.is_over(now):
            yield _while_away(note, now)


def _to_hand_over(cover: Cover, note: CoverNote | None, now: datetime) -> Need:
    place = f"/{cover.office.slug}/handover/"
    why = "Read the cover note, and add what only you know." if note else "The cover note is not written yet."
    acts = () if note else (Act("Write the note", "e", f"{place}{cover.pk}/note/", posts=True),)
    return Need(
        key=f"handover:{cover.pk}:before",
        title=f"Hand over to {cover.coverer.name}",
        why=why,
        url=note.get_absolute_url() if note else place,
        standing="soon",
        group="today",
        due_at=cover.starts_at,
        when=f"From {words.short_day(cover.starts_at, now)}",
        weight=6,
        acts=acts,
    )


def _for_who_covers(now: datetime) -> Iterator[Need]:
    note = CoverNote.objects.with_cover().filter(cover=scope.current().cover_id).first()
    if note is None:
        return
    place = note.get_absolute_url()
    yield Need(
        key=f"handover:{note.cover_id}:note",
        title=f"The cover note from {note.cover.covered.name}",
        why="What is in flight, who is who, and the unwritten rules.",
        url=place,
        standing="well",
        group="today",
        when=f"Written {words.near(note.written_at, now)}",
        reference=note.reference,
        weight=1,
    )
    is_last_day = clock.day_of(note.cover.stops_at) == clock.day_of(now)
    if is_last_day and not HandingBack.objects.filter(record=note).exists():
        yield Need(
            key=f"handover:{note.cover_id}:back",
            title=f"Hand back to {note.cover.covered.name}",
            why="Say what they should know first. At the end the office closes to you.",
            url=f"{place}handing-back/",
            standing="soon",
            group="today",
            due_at=note.cover.stops_at,
            when=f"By {words.hour(note.cover.stops_at)}",
            weight=5,
        )


def _while_away(note: CoverNote, now: datetime) -> Need:
    place = note.get_absolute_url()
    return Need(
        key=f"handover:{note.cover_id}:away",
        title="While you were away",
        why=f"{note.cover.coverer.name} covered for {note.cover.covered.name}.",
        url=f"{place}away/",
        standing="soon",
        group="now",
        when=f"Until {words.short_day(note.cover.stops_at, now)}",
        reference=note.reference,
        weight=9,
        acts=(Act("Take it back", "e", f"{place}return/", posts=True),),
    )


def open_rows(now: datetime) -> CoverNoteQuerySet:
    return CoverNote.objects.owing()


def open_line(note: Any) -> LedgerLine:
    return LedgerLine(
        title=note.title,
        url=note.get_absolute_url(),
        reference=note.reference,
        came_at=note.made_at,
        whose="Personal Assistant",
        next_at=note.next_at,
        is_sensitive=note.is_sensitive,
    )


room = Room(
    "Handover",
    kinds=(
        Kind(
            CoverNote,
            code="CVN",
            word="cover note",
            words="cover notes",
            path="cover-notes",
            icon="letter",
            keep=Keep(years=2),
            search=("title",),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(Door("Handover", "handover:handover", "travel", "Time", key="y", verb="handover.view"),),
    today=needs,
    opens=(Open(CoverNote, open_rows, open_line),),
    holdings=(Holding(CoverNote, services.held_files, services.held_file),),
    jobs=(Every("45 6 * * mon-fri", tasks.propose, "handover.propose"),),
)
