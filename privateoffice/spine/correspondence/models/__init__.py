"""What is kept of correspondence: conversations with their messages, what they ask, what imports brought."""

from privateoffice.spine.correspondence.models.answer import Answer, Outcome
from privateoffice.spine.correspondence.models.ask import Ask, AskQuerySet, PutOff
from privateoffice.spine.correspondence.models.conversation import Conversation, ConversationQuerySet, Strand
from privateoffice.spine.correspondence.models.disposition import (
    MADE_WAYS,
    Disposition,
    Filing,
    Sending,
    Sight,
    Undoing,
    Way,
)
from privateoffice.spine.correspondence.models.importing import ImportItem, ImportItemQuerySet, ImportRun, Look
from privateoffice.spine.correspondence.models.message import Elsewhere, Message, MessageQuerySet
from privateoffice.spine.correspondence.models.picture import RemotePicture
from privateoffice.spine.correspondence.models.rehoming import Move, Rehoming
from privateoffice.spine.correspondence.models.rule import ALONE, PROPOSED, SortingRule

__all__ = [
    "ALONE",
    "MADE_WAYS",
    "PROPOSED",
    "Answer",
    "Ask",
    "AskQuerySet",
    "Conversation",
    "ConversationQuerySet",
    "Disposition",
    "Elsewhere",
    "Filing",
    "ImportItem",
    "ImportItemQuerySet",
    "ImportRun",
    "Look",
    "Message",
    "MessageQuerySet",
    "Move",
    "Outcome",
    "PutOff",
    "Rehoming",
    "RemotePicture",
    "Sending",
    "Sight",
    "SortingRule",
    "Strand",
    "Undoing",
    "Way",
]
