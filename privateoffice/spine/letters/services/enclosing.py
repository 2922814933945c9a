"""Papers that the office holds already sent along with a draft: of the mail that it answers, and of any record."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import verb
from privateoffice.foundations.records import asking
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.records.pages import kinds_open_to_us
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import HeldFile, Holding
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.letters.models import Draft, File
from privateoffice.spine.letters.services.checking import marked_higher
from privateoffice.spine.letters.services.writing import accept, attach, write

LAST_MESSAGES = 20
MOST = 30


class MarkedHigher(ValueError):
    """The paper is marked higher than the draft. Mark the draft first, or say why it may go as it is."""


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


def attach_kept(draft: Draft, *, message: int, place: int) -> File:
    """Let an enclosure of that conversation go with a draft, byte for byte as it came.

    Raises LookupError where there is none, MarkedHigher, and Unreadable or Damaged where it cannot be read.
    """
    conversation = Conversation.objects.filter(reference=draft.answered_in or "none").first()
    if conversation is None:
        raise LookupError(message)
    return attach_held(draft, record=conversation, key=f"{message}-{place}")


def papers_held(draft: Draft, text: str) -> list[HeldFile]:
    """The newest files that the office holds and that whoever drafts may see, by words, a name or a reference."""
    found = chain.from_iterable(holding.find(text) for holding in _open_to_us())
    others = [one for one in found if one.record.pk != draft.pk]
    return sorted(others, key=lambda one: (one.at, one.record.reference, one.key), reverse=True)[:MOST]


def _open_to_us() -> Iterator[Holding]:
    """What holds files of kinds whose pages the person acting may open."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    labels = {kind.label for kind in kinds_open_to_us(office)}
    yield from (holding for holding in house.holdings() if holding.model._meta.label_lower in labels)


@verb("letters.attach")
def attach_held(draft: Draft, *, record: Record, key: str, is_raised: bool = False, reason: str = "") -> File:
    """Let a file that a record holds go with a draft, byte for byte.

    Where the record is marked higher, the draft is raised to it, or a reason says why the file may go as it is:
    that is kept with the checks. Raises MarkedHigher without either, and LookupError where there is no such file.
    """
    holding = next((one for one in _open_to_us() if one.model._meta.label_lower == record.kind), None)
    if holding is None:
        raise LookupError(record.kind)
    held, content = holding.read(record.in_full, key)
    is_higher = record.marking > draft.marking
    if is_higher and is_raised:
        draft = write(draft, seen=draft.version, marking=record.marking, handling=record.handling)
    elif is_higher and not reason:
        raise MarkedHigher(str(MarkedHigher.__doc__))
    file = attach(draft, Paper(held.name, held.content_type, content), came_from=record)
    if file.marking > draft.marking and reason:
        accept(draft, finding=marked_higher(file, draft), reason=reason)
    return file


def held_files(text: str) -> Iterator[HeldFile]:
    """The files of drafts that are written on, by the words of the draft or their own name."""
    asked = asking.asked(text)
    drafts = Draft.objects.in_hand()
    found = set(drafts.found(asked).order_by("-made_at").values_list("pk", flat=True)[:MOST]) if asked else set()
    words = asking.words_of(text.lower())
    files = File.objects.filter(draft__in=drafts.order_by("-made_at")[: 10 * MOST]).select_related("draft__office")
    yield from (
        _held(file) for file in files if file.draft_id in found or all(word in file.name.lower() for word in words)
    )


def held_file(draft: Draft, key: str) -> tuple[HeldFile, bytes]:
    """One file of a draft by its digest. Raises LookupError where there is none, Altered where it was changed."""
    file = File.objects.filter(draft=draft, digest=key).select_related("draft__office").first()
    if file is None:
        raise LookupError(key)
    return _held(file), file.data


def _held(file: File) -> HeldFile:
    return HeldFile(file.draft, file.digest, file.name, file.size, file.draft.made_at, file.content_type)
