"""Small marks: icon, marking, office, standing, tag, key, button."""

from typing import Any

from django import template

register = template.Library()

SHAPES = {"late": "red", "soon": "amber", "well": "green", "closed": "closed", "waiting": "none"}
"""How a standing is drawn: diamond, triangle, disc, tick, ring."""

WORDS = {"red": "Late", "amber": "Due soon", "green": "On track", "closed": "Closed", "none": "Waiting"}

SENSITIVE = 2


def shape_of(standing: str) -> str:
    return SHAPES.get(standing, standing or "none")


@register.inclusion_tag("ui/icon.html")
def po_icon(name: str) -> dict[str, Any]:
    """{% po_icon "mail" %}: a drawing from icons.svg. Always beside a word."""
    return {"name": name}


@register.inclusion_tag("ui/marking.html")
def po_marking(marking: int = 1, handling: str = "", place: str = "top") -> dict[str, Any]:
    """{% po_marking marking handling place="top" %}: the band above and below a page."""
    return {"is_sensitive": int(marking or 1) >= SENSITIVE, "handling": handling, "place": place}


@register.inclusion_tag("ui/mark.html")
def po_mark(thing: Any, always: bool = False) -> dict[str, Any]:
    """{% po_mark record %} or {% po_mark 2 %}: the O-S chip; OFFICIAL shows only where `always` asks for it."""
    marking = int(getattr(thing, "marking", thing) or 1)
    return {"is_sensitive": marking >= SENSITIVE, "shown": always or marking >= SENSITIVE}


@register.inclusion_tag("ui/office.html")
def po_office(office: Any, small: bool = False) -> dict[str, Any]:
    """{% po_office office small=True %}: the office's three letters on its colour."""
    return {"office": office, "small": small}


@register.inclusion_tag("ui/rag.html")
def po_rag(standing: str, words: str = "", hidden: bool = False) -> dict[str, Any]:
    """{% po_rag "late" "1 working day late" %}: shape and word. `hidden` keeps the word for readers only."""
    shape = shape_of(standing)
    return {"shape": shape, "words": words or WORDS.get(shape, shape), "hidden": hidden}


@register.inclusion_tag("ui/tag.html")
def po_tag(words: str, colour: str = "") -> dict[str, Any]:
    """{% po_tag "Draft" "orange" %}: a state in a word. Colours: none, grey, red, orange, green, purple."""
    return {"words": words, "colour": colour}


@register.inclusion_tag("ui/key.html")
def po_key(key: str) -> dict[str, Any]:
    """{% po_key "g e" %}: what to press. Beside the words, never instead of them."""
    return {"key": key}


@register.inclusion_tag("ui/button.html", takes_context=True)
def po_button(
    context,
    words: str,
    url: str = "",
    key: str = "",
    colour: str = "",
    icon: str = "",
    posts: bool = False,
    ask: str = "",
) -> dict[str, Any]:
    """{% po_button "Resolve" url key="e" colour="green" %}: a link that looks like a button, or one that acts.

    Colours: green (one a page), grey (the rest, and what is meant where nothing is said), red (disposal only).
    Without `url` it submits the form it stands in; with `posts` it is a form of its own. `ask` is asked first.
    """
    return {
        "words": words,
        "url": url,
        "key": key,
        "style": {"green": "", "red": "govuk-button--warning"}.get(colour, "govuk-button--secondary"),
        "icon": icon,
        "posts": posts,
        "ask": ask,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/act.html", takes_context=True)
def po_act(context, act: Any) -> dict[str, Any]:
    """{% po_act act %}: one quiet act of a row: word, key, url, posts."""
    return {"act": act, "csrf_token": context.get("csrf_token")}
