"""Papers that the office holds already, from the conversation that a draft answers, sent along with it."""

from dataclasses import dataclass

from privateoffice.foundations.offices.verbs import verb
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.letters.models import Draft, File
from privateoffice.spine.letters.services.writing import attach

LAST_MESSAGES = 20
MOST = 30


class MarkedHigher(ValueError):
    """The paper is marked higher than the draft. Mark the draft first."""


@dataclass(frozen=True)
class Kept:
    """One enclosure of the conversation: in which message, at which place from one, its name and size."""

    message: int
    place: int
    name: str
    size: int


def kept_with(draft: Draft) -> list[Kept]:
    """What the last messages of the conversation that a draft answers enclosed, the newest first."""
    if not draft.answered_in:
        return []
    messages = Message.objects.filter(record__reference=draft.answered_in).newest_first()[:LAST_MESSAGES]
    return [
        Kept(message.number, place, one["name"], one["size"])
        for message in messages
        for place, one in enumerate(message.attachments, start=1)
    ][:MOST]


@verb("letters.attach")
def attach_kept(draft: Draft, *, message: int, place: int) -> File:
    """Let an enclosure of that conversation go with a draft, byte for byte as it came.

    Raises Message.DoesNotExist or IndexError where there is none, Unreadable or Damaged where it cannot be read.
    """
    conversation = Conversation.objects.filter(reference=draft.answered_in or "none").first()
    if conversation is None:
        raise Message.DoesNotExist
    if conversation.marking > draft.marking:
        raise MarkedHigher(str(MarkedHigher.__doc__))
    held = Message.objects.select_related("original", "record__office").get(record=conversation, number=message)
    found = correspondence.enclosed(held, place - 1)
    kind = held.attachments[place - 1].get("content_type") or "application/octet-stream"
    return attach(draft, Paper(found.name, kind, found.content))
