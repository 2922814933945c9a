"""Blocks that hold other things: notice, empty, dialog, bound, sheet, menu; and toasts."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.base import Node
from django.template.loader import render_to_string
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe

from privateoffice.foundations.ui import toasts

register = template.Library()


def _drawn(name: str, content: str, **context: Any) -> str:
    """A component around what stood between its tags, which the template engine has escaped already."""
    inside = mark_safe(content.strip())  # noqa: S308
    return render_to_string(f"ui/{name}.html", {"content": inside, **context})


@register.simple_block_tag
def po_notice(content, title: str = "", colour: str = "blue") -> str:
    """{% po_notice "Wrong door" "red" %}…{% endpo_notice %}: what must happen. blue, red, amber, green, grey."""
    return _drawn("notice", content, title=title, colour=colour)


@register.simple_block_tag
def po_empty(content, title: str, level: int = 2) -> str:
    """{% po_empty "Nothing waits for you" %}…{% endpo_empty %}: why it is empty, and what comes next."""
    return _drawn("empty", content, title=title, level=level)


@register.simple_block_tag
def po_dialog(content, id: str, title: str) -> str:
    """{% po_dialog "keys" "Keys" %}…{% endpo_dialog %}: opened by whatever has data-opens="keys"."""
    return _drawn("dialog", content, id=id, title=title)


@register.simple_block_tag
def po_bound(content, title: str, facts: Iterable[tuple[str, Any]], fingerprint: str) -> str:
    """{% po_bound "You approve exactly this" facts fingerprint %}the verdict{% endpo_bound %}"""
    groups = " ".join(fingerprint[place : place + 4] for place in range(0, len(fingerprint), 4))
    return _drawn("bound", content, title=title, facts=facts, fingerprint=groups)


@register.simple_block_tag
def po_sheet(content, label: str = "The letter") -> str:
    """{% po_sheet "The letter" %}…{% endpo_sheet %}: the exact text on paper, as it will go."""
    return _drawn("sheet", content, label=label)


@register.inclusion_tag("ui/menu.html", takes_context=True)
def po_menu(context, words: str, acts: Iterable[Any], key: str = "") -> dict[str, Any]:
    """{% po_menu "More" acts key="." %}: acts behind a word; each has word, key, url, posts, note."""
    return {"words": words, "acts": acts, "key": key, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/toasts.html", takes_context=True)
def po_toasts(context) -> dict[str, Any]:
    """{% po_toasts %}: what has just been done, each with its undo. The frame shows them."""
    said = [toasts.toast_of(message) for message in context.get("messages") or ()]
    return {"toasts": said, "csrf_token": context.get("csrf_token")}


class BlockWords(Node):
    """The words of a block that stands further down, without its markup: what the browser's tab is called."""

    def __init__(self, name: str):
        self.name = name

    def render(self, context) -> str:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks else None
        return " ".join(strip_tags(block.render(context)).split()) if block else ""


@register.tag
def po_words_of(parser, token) -> BlockWords:
    """{% po_words_of title %}: the words of the block `title`."""
    return BlockWords(token.split_contents()[1])
