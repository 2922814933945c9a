"""Handing over: the cover note, the two things that only a person knows, and handing back."""

from privateoffice.desk.handover.models.known import Known
from privateoffice.desk.handover.models.note import CoverNote, CoverNoteQuerySet, HandingBack
from privateoffice.desk.handover.models.shapes import Group, Line, Section, as_kept, as_read

__all__ = [
    "CoverNote",
    "CoverNoteQuerySet",
    "Group",
    "HandingBack",
    "Known",
    "Line",
    "Section",
    "as_kept",
    "as_read",
]
