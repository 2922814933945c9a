"""Handing over and handing back."""

from privateoffice.desk.handover.services.away import Away, away
from privateoffice.desk.handover.services.holding import held_file, held_files
from privateoffice.desk.handover.services.knowing import known_of, write_down
from privateoffice.desk.handover.services.making import freshen, make, sections_for, to_be_written
from privateoffice.desk.handover.services.returning import (
    CoverGoesOn,
    OnlyWhoCovers,
    OnlyWhoSitsHere,
    hand_back,
    take_back,
)

__all__ = [
    "Away",
    "CoverGoesOn",
    "OnlyWhoCovers",
    "OnlyWhoSitsHere",
    "away",
    "freshen",
    "hand_back",
    "held_file",
    "held_files",
    "known_of",
    "make",
    "sections_for",
    "take_back",
    "to_be_written",
    "write_down",
]
