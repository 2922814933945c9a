"""The pages of what is owed to those who write."""

from privateoffice.rooms.following.views.contributions import (
    acceptance,
    again,
    contribution,
    paper,
    words_of,
)
from privateoffice.rooms.following.views.keeping import (
    acknowledgement,
    holding,
    kind,
    no_reply,
    promise,
    promised,
)
from privateoffice.rooms.following.views.pages import clocks, figures, figures_workbook

__all__ = [
    "acceptance",
    "acknowledgement",
    "again",
    "clocks",
    "contribution",
    "figures",
    "figures_workbook",
    "holding",
    "kind",
    "no_reply",
    "paper",
    "promise",
    "promised",
    "words_of",
]
