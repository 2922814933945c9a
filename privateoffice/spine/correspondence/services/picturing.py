"""Pictures on other machines: fetched by the office for one message when its reader asks, and drawn anew.

The browser never asks a stranger's machine for anything. What is asked for is written down before it is asked for.
"""

import base64
from dataclasses import dataclass

from django.conf import settings

from privateoffice.connectors.pictures.fetching import Fetched, fetch_all
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing, trail, verb
from privateoffice.foundations.quarantine.limits import MEGABYTE
from privateoffice.foundations.quarantine.reader import Reader, Unreadable, read_once
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience
from privateoffice.spine.correspondence.models import Conversation, Message, RemotePicture

VERB = "correspondence.ask_for_pictures"
WANTED = "privateoffice.connectors.mail.showing:wanted"
DRAW = "privateoffice.connectors.papers.preview:picture"
MOST = 30
MOST_BYTES = 8 * MEGABYTE
"""Of the pictures that we drew, together: they travel inside the page."""
PIXEL = "It is too small to be seen: it only tells its sender that somebody looked."


class NotOffered(Exception):
    """No pictures are fetched for this conversation."""


class NoPictures(Exception):
    """It names no pictures on other machines."""


@dataclass(frozen=True)
class Drawn:
    """The new picture that we drew, or why there is none."""

    kind: str = ""
    content: bytes = b""
    left_out: str = ""


def hindrance(conversation: Conversation) -> str:
    """Why no stranger's machine is asked for anything of this conversation; nothing where one may be."""
    if not settings.FETCHES_PICTURES:
        return "This office fetches no pictures from other machines."
    if conversation.is_sensitive or Audience.objects.filter(record_id=conversation.pk).exists():
        return "They are not fetched for what is OFFICIAL-SENSITIVE or has named readers."
    return ""


def show_pictures(message: Message) -> list[RemotePicture]:
    """Ask for the pictures of a message, fetch them, and keep what we drew of them. Again, only what is missing.

    No transaction is held while a stranger's machine is waited for. Raises NotOffered, NoPictures, or what reading
    the message raises.
    """
    addresses = read_once(WANTED, message.original.read(), format=message.format)
    asked = ask_for_pictures(message, addresses=addresses[:MOST])
    with Reader(DRAW) as child:
        fetched = fetch_all([row.address for row in asked], beside=settings.PICTURES_BESIDE)
        drawn = [_drawn(one, child) for one in fetched]
    return _keep(message, asked, drawn)


@verb(VERB)
def ask_for_pictures(message: Message, *, addresses: list[str]) -> list[RemotePicture]:
    """Write down that somebody asked for the pictures of a message, before any machine is asked."""
    if hindrance(message.record):
        raise NotOffered
    if not addresses:
        raise NoPictures
    rows = [
        RemotePicture(record=message.record, message=message, number=number, address=address, **_who_and_when())
        for number, address in enumerate(addresses, start=1)
    ]
    RemotePicture.objects.bulk_create(rows, ignore_conflicts=True)
    missing = RemotePicture.objects.filter(message=message, original=None).exclude(left_out=PIXEL)
    missing.update(**_who_and_when(), left_out="")
    trail(message.record, number=message.number, count=len(addresses))
    return list(missing.order_by("number"))


def _who_and_when() -> dict:
    return {"asked_at": clock.now(), "asked_by": scope.current().actor}


def _drawn(fetched: Fetched, child: Reader) -> Drawn:
    """Judge by its content what came, and draw it anew in the child."""
    if fetched.fault:
        return Drawn(left_out=fetched.fault)
    try:
        made = child.read(fetched.raw)
    except Unreadable as fault:
        return Drawn(left_out=str(fault)[:200])
    if min(made["width"], made["height"]) <= 1:
        return Drawn(left_out=PIXEL)
    return Drawn(made["kind"], base64.b64decode(made["content"]))


def _keep(message: Message, asked: list[RemotePicture], drawn: list[Drawn]) -> list[RemotePicture]:
    room = MOST_BYTES - sum(row.original.size for row in _kept(message) if row.original)
    with performing(VERB):
        for row, one in zip(asked, drawn, strict=True):
            room -= len(one.content)
            row.left_out = one.left_out or ("" if room >= 0 else "There are too many pictures for one page.")
            if not row.left_out:
                row.kind = one.kind
                row.original = records.keep_original(one.content, office=message.record.office)
            row.save(update_fields=["kind", "original", "left_out"])
    return asked


def _kept(message: Message) -> list[RemotePicture]:
    return list(RemotePicture.objects.kept().filter(message=message).select_related("original"))


def held_for(message: Message) -> dict[str, str]:
    """The pictures that we hold for a message, as data that needs no other request, by their addresses."""
    return {
        row.address: f"data:{row.kind};base64,{base64.b64encode(row.original.read()).decode()}"
        for row in _kept(message)
        if row.original
    }
