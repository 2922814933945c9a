"""Says in passing what has just been done, with the way back."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

UNDO = "undo="


@dataclass(frozen=True)
class Toast:
    """What happened, and the address that undoes it when posted to."""

    words: str
    undo: str = ""


def say(request: HttpRequest, words: str, *, undo: str = "") -> None:
    """Show a toast on the next page. `undo` is an address of ours that takes a POST."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}" if undo else "")


def toast_of(message: Message) -> Toast:
    tags = message.extra_tags or ""
    return Toast(str(message), tags.removeprefix(UNDO) if tags.startswith(UNDO) else "")
