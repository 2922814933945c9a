"""Lists: rows under a caret, tables, facts, figures, filters, hours and events."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template

from privateoffice.foundations.ui.components.marks import WORDS, shape_of

register = template.Library()

DUE_CLASSES = {"red": "late", "amber": "soon"}


def _said(thing: Any, name: str, default: Any = "") -> Any:
    return thing.get(name, default) if isinstance(thing, dict) else getattr(thing, name, default)


@register.inclusion_tag("ui/rows.html", takes_context=True)
def po_rows(
    context, title: str, rows: Iterable[Any], note: str = "", id: str = "", caret: bool = False
) -> dict[str, Any]:
    """{% po_rows "Now" needs note="4, late or due within the hour" caret=True %}: a titled list of rows.

    Stands inside <div class="po-rows" data-module="rows">; `caret` puts the caret on its first row.
    """
    return {
        "title": title,
        "rows": rows,
        "note": note,
        "id": id or "rows-" + "-".join(title.lower().split()),
        "caret": caret,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/row.html", takes_context=True)
def po_row(context, row: Any, caret: bool = False) -> dict[str, Any]:
    """{% po_row need %}: standing, title, url, why, whose, when, reference, is_sensitive, acts, key; and `word`,
    which is the standing in a word."""
    shape = shape_of(_said(row, "standing"))
    return {
        "row": row,
        "shape": shape,
        "word": _said(row, "word") or WORDS.get(shape, ""),
        "due_class": DUE_CLASSES.get(shape, ""),
        "caret": caret,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("ui/table.html")
def po_table(
    caption: str, columns: Sequence[Any], rows: Sequence[Sequence[Any]], show_caption: bool = False
) -> dict[str, Any]:
    """{% po_table "Answered in time" columns rows %}: plain columns and cells.

    A column is a word, or {"word", "is_number", "sort_url", "sorted": "ascending"}. A cell is words, or
    {"words", "url", "standing"}. The first cell of a row is its head.
    """
    heads = [head if isinstance(head, dict) else {"word": head} for head in columns]
    lines = [
        [
            {"head": head, **(cell if isinstance(cell, dict) else {"words": cell})}
            for head, cell in zip(heads, row, strict=True)
        ]
        for row in rows
    ]
    return {"caption": caption, "heads": heads, "lines": lines, "show_caption": show_caption}


@register.inclusion_tag("ui/facts.html")
def po_facts(facts: Iterable[tuple[str, Any]], ruled: bool = False) -> dict[str, Any]:
    """{% po_facts facts ruled=True %}: pairs of a word and what it is; empty ones are left out."""
    return {"facts": [(word, value) for word, value in facts if value not in (None, "")], "ruled": ruled}


@register.inclusion_tag("ui/figures.html")
def po_figures(figures: Iterable[Any]) -> dict[str, Any]:
    """{% po_figures figures %}: each with word, number, note, and a standing and its words where it has one."""
    return {"figures": figures}


@register.inclusion_tag("ui/filter.html")
def po_filter(choices: Iterable[Any], label: str = "Show") -> dict[str, Any]:
    """{% po_filter choices %}: chips that are links: word, url, count, is_current."""
    return {"choices": choices, "label": label}


@register.inclusion_tag("ui/hours.html")
def po_hours(hours: Iterable[Any]) -> dict[str, Any]:
    """{% po_hours hours %}: at (words), title, note, state (now, hold, travel), standing, words."""
    return {"hours": hours}


@register.inclusion_tag("ui/event.html")
def po_event(event: Any) -> dict[str, Any]:
    """{% po_event event %}: one engagement in the week's grid: at and length in quarter hours, title,
    place, times, url, kind (meet, fixed, hold, travel, own, leave), side (l, r), gap (what is missing),
    is_sensitive; and `brief`, the time where there is little room."""
    return {"event": event}


@register.inclusion_tag("ui/events.html")
def po_events(days: Iterable[Any], caption: str = "Engagements") -> dict[str, Any]:
    """{% po_events days %}: the plain twin of a diary grid: (day, events) with times, title, place, url, gap."""
    return {"days": days, "caption": caption}
