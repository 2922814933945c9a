"""Handing back at the end of cover, and taking the work back on return."""

from privateoffice.desk.handover.models import CoverNote, HandingBack
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.foundations.records.models import Closing


class OnlyWhoCovers(policy.Refused):
    """Only whoever covers hands back."""


class OnlyWhoSitsHere(policy.Refused):
    """The work is taken back by the office, not by whoever covers."""


class CoverGoesOn(Exception):
    """Cover has not ended yet: there is nothing to take back."""


@verb("handover.hand_back")
def hand_back(note: CoverNote, *, words: str) -> HandingBack:
    """Leave word for whoever comes back. Said again, the last word counts; the earlier ones are kept."""
    acting = scope.current()
    if acting.cover_id != note.cover_id:
        raise OnlyWhoCovers("handover.hand_back", OnlyWhoCovers.__doc__ or "")
    refuse_above_ceiling(words)
    handed = HandingBack.objects.create(record=note, words=words, handed_at=clock.now(), handed_by=acting.actor)
    trail(note, words=words)
    return handed


@verb("handover.take_back")
def take_back(note: CoverNote) -> Closing:
    """Say that the work is in its own hands again. This closes the note."""
    if scope.current().is_cover:
        raise OnlyWhoSitsHere("handover.take_back", OnlyWhoSitsHere.__doc__ or "")
    if not note.is_over(clock.now()):
        raise CoverGoesOn
    closing = records.close(note, outcome="taken back")
    trail(note)
    return closing
