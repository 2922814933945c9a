"""Giving the originals back, byte for byte."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import ImportItem, Message
from privateoffice.spine.correspondence.models.message import ENDINGS


@dataclass(frozen=True)
class HandedOver:
    """One original: its bytes, what it is called, and what names it."""

    original: Original
    name: str
    message_id: str = ""
    reference: str = ""
    place: str = ""


@verb("correspondence.hand_over")
def hand_over() -> list[HandedOver]:
    """Every original of the office's mail in the order of its coming, those that could not be read among them."""
    found = [*_messages(), *_others()]
    trail(count=len(found))
    return found


def _messages() -> Iterator[HandedOver]:
    rows = Message.objects.order_by("pk").values_list(
        *(f"original__{name}" for name in ("pk", "office_id", "digest", "size", "pack", "offset")),
        *("format", "message_id", "record__reference", "place"),
    )
    for key, office_id, digest, size, pack, offset, format, message_id, reference, place in rows.iterator():
        original = Original(pk=key, office_id=office_id, digest=digest, size=size, pack=pack, offset=offset)
        yield HandedOver(original, f"{digest}{ENDINGS.get(format, '.eml')}", message_id, reference, place)


def _others() -> Iterator[HandedOver]:
    """What is kept and is no message. One original may have been listed by several imports."""
    held = Message.objects.values("original_id")
    items = ImportItem.objects.filter(original__isnull=False).exclude(original__in=held)
    seen: set[str] = set()
    for item in items.select_related("original"):
        if item.original and item.digest not in seen:
            seen.add(item.digest)
            yield HandedOver(item.original, f"{item.digest}{_ending(item.place)}", place=item.place)


def _ending(place: str) -> str:
    """The ending of the file as it came, where it is a plain one."""
    ending = PurePosixPath(place).suffix.lower()
    return ending if ending[1:].isalnum() and ending.isascii() and len(ending) <= 6 else ".bin"
