"""Making the cover note: gathered from live data in the scope of who will cover, kept as page and as paper."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from privateoffice.desk.handover.models import CoverNote, Section, as_kept
from privateoffice.desk.handover.services import printing, sections
from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Cover
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records

DAYS_BEFORE = 3
"""Working days before cover begins, on whose morning the note is proposed."""


@verb("handover.make")
def make(cover: Cover) -> CoverNote:
    """Write the note for a grant of cover, or write it again as things stand now. Twice the same is once."""
    policy.require_reach("handover.make", cover.office_id)
    now, gathered = clock.now(), sections_for(cover)
    note = CoverNote.objects.of(cover).first()
    kept = as_kept(gathered)
    if note and note.said == kept:
        return note
    marking = 2 if any(section.is_sensitive for section in gathered) else 1
    paper = printing.printed(cover, gathered, now=now, marking=marking)
    said = {
        "title": f"Cover note for {cover.coverer.name}, from {words.day(cover.starts_at)}",
        "due_at": cover.ends_at,
        "said": kept,
        "paper": records.keep_original(paper, office=cover.office),
        "written_at": now,
    }
    if note is None:
        note = records.make(CoverNote, office=cover.office, cover=cover, marking=marking, **said)
    else:
        records.revise(note, seen=note.version, marking=marking, **said)
    trail(note, coverer=fact(cover.coverer.name))
    return note


def sections_for(cover: Cover) -> list[Section]:
    """What the note says now, in the scope that the grant opens: what is kept back stands there as a number."""
    with scope.opened(scope.under(cover)):
        return list(sections.gather(cover))


def to_be_written(now: datetime) -> QuerySet[Cover]:
    """The grants for the office at hand that stand, or begin within three working days."""
    office = scope.current().office
    last = clock.closing(working_days.add(clock.day_of(now), DAYS_BEFORE))
    covers = Cover.objects.ahead(now).filter(office=office, starts_at__lte=last)
    return covers.select_related("office", "coverer", "covered").order_by("starts_at", "pk")


def freshen(now: datetime) -> Iterable[CoverNote]:
    """Write what is to be written: each morning until cover begins; once cover stands, only what was missed."""
    written = set(CoverNote.objects.filter(cover__in=to_be_written(now)).values_list("cover_id", flat=True))
    return [make(cover) for cover in to_be_written(now) if cover.starts_at > now or cover.pk not in written]
