"""The cover note as a file that the office holds."""

from collections.abc import Iterator

from privateoffice.desk.handover.models import CoverNote
from privateoffice.foundations.records import asking
from privateoffice.foundations.registry.declarations import HeldFile
from privateoffice.foundations.scanning.services import vouch_for

MOST = 30
PDF = "application/pdf"


def held_files(text: str) -> Iterator[HeldFile]:
    """The newest cover notes that have the words."""
    asked, notes = asking.asked(text), CoverNote.objects.select_related("office", "paper")
    found = notes.found(asked) if asked else notes
    yield from (_held(note) for note in found.order_by("-made_at")[:MOST])


def held_file(note: CoverNote, key: str) -> tuple[HeldFile, bytes]:
    """The note as it was printed. Raises LookupError for any other key."""
    if key != "note":
        raise LookupError(key)
    vouch_for(note.paper)
    return _held(note), note.paper.read()


def _held(note: CoverNote) -> HeldFile:
    return HeldFile(note, "note", f"{note.title}.pdf", note.paper.size, note.written_at, PDF)
