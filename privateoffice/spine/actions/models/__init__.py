"""Actions: who owes what by when, how the date moved, how it ended, and how its owner was chased."""

from privateoffice.spine.actions.models.action import Action, ActionQuerySet, Rag
from privateoffice.spine.actions.models.chase import Chase
from privateoffice.spine.actions.models.course import (
    ChangeOfDate,
    Discharge,
    Note,
    Passing,
    Pause,
    Risk,
    SendingBack,
)

__all__ = [
    "Action",
    "ActionQuerySet",
    "ChangeOfDate",
    "Chase",
    "Discharge",
    "Note",
    "Passing",
    "Pause",
    "Rag",
    "Risk",
    "SendingBack",
]
