"""The acts by which mail is merged and split in a life of the office: what it asks goes with it."""

from typing import Any

from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation, Message, Rehoming
from tests.ledger.acts import Nothing, act, one


@act("correspondence.merge")
def merge(life: Any) -> None:
    held = list(Conversation.objects.with_messages().order_by("pk"))
    if len(held) < 2:
        raise Nothing
    at = life.which % len(held)
    correspondence.merge(held[at], into=held[at - 1])


@act("correspondence.split_off")
def split_off(life: Any) -> None:
    message = one(life, Message.objects.filter(record__message_count__gt=1).select_related("record__office"))
    correspondence.split_off(message, with_later=life.which % 2 == 0)


@act("correspondence.put_back")
def put_back(life: Any) -> None:
    correspondence.put_back(one(life, Rehoming.objects.filter(undone_at=None)))
