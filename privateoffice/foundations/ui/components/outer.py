"""The frame around a page: cover, rail, bar, tabs, keys."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("ui/cover.html")
def po_cover(cover: Any) -> dict[str, Any]:
    """{% po_cover cover %}: office, for_whom, actor, until, hidden_count, home and home_url."""
    return {"cover": cover}


@register.inclusion_tag("ui/rail.html", takes_context=True)
def po_rail(context) -> dict[str, Any]:
    """{% po_rail %}: the office switcher, the doors in their groups, and who sits here."""
    return {"frame": context["frame"], "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/bar.html", takes_context=True)
def po_bar(context) -> dict[str, Any]:
    """{% po_bar %}: search, the sample label, keys, New."""
    return {"frame": context["frame"], "query": context.get("query", "")}


@register.inclusion_tag("ui/tabs.html", takes_context=True)
def po_tabs(context) -> dict[str, Any]:
    """{% po_tabs %}: the Commander's tabs, under the thumb."""
    return {"frame": context["frame"]}


@register.inclusion_tag("ui/keys.html")
def po_keys(keys: Any) -> dict[str, Any]:
    """{% po_keys keys %}: pairs of words and what to press."""
    return {"keys": keys}
