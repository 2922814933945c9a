"""What a record's page shows: clock, chart, trail, ladder, matter, decision."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.records import pages
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui.components.lists import _said

register = template.Library()


@register.inclusion_tag("ui/clock.html")
def po_clock(promise: Any) -> dict[str, Any]:
    """{% po_clock promise %}: a `clocks.PromiseClock`, to scale in working days, its words beside it."""
    return {"clock": promise}


@register.inclusion_tag("ui/chart.html")
def po_chart(chart: Any) -> dict[str, Any]:
    """{% po_chart chart %}: a `drawings.Chart`, with its table under it."""
    return {"chart": chart}


@register.inclusion_tag("ui/ladder.html", takes_context=True)
def po_ladder(context, steps: Iterable[Any]) -> dict[str, Any]:
    """{% po_ladder steps %}: word, when, state (done, next, or nothing), and an act on the next one."""
    return {"steps": steps, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/trail.html")
def po_trail(entries: Iterable[Any]) -> dict[str, Any]:
    """{% po_trail entries %}: newest first: at, who, for_whom, words, quote, url, link, state (us, done)."""
    days = [
        (_day_words(day), list(of_day))
        for day, of_day in groupby(entries, key=lambda entry: clock.day_of(_said(entry, "at")))
    ]
    return {"days": days}


def _day_words(day: Any) -> str:
    today = clock.today()
    if day == today:
        return "Today"
    words = f"{day:%A} {day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


@register.inclusion_tag("ui/matter.html")
def po_matter(matter: Any) -> dict[str, Any]:
    """{% po_matter matter %}: reference, title, url, hidden_count, and items: icon, title, url, note, standing,
    word, is_here."""
    return {"matter": matter}


@register.inclusion_tag("ui/decision.html", takes_context=True)
def po_decision(context, decision: Any, level: int = 2) -> dict[str, Any]:
    """{% po_decision decision %}: standing, when, title, text, recommendation, reason, url, link, and
    acts, the first of which is green."""
    return {"decision": decision, "level": level, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/keeping.html")
def po_keeping(record: Any) -> dict[str, Any]:
    """{% po_keeping record %}: its links, marking, readers, time of keeping, holds, and the acts on them."""
    return {
        "facts": pages.keeping_of(record),
        "acts": pages.acts_on(record),
        "links": pages.links_of(record),
    }


@register.simple_tag(takes_context=True)
def po_beside(context, record: Any, place: str = "aside") -> str:
    """{% po_beside record "main" %}: what other rooms have to say of a record, each by its own template."""
    frame = {name: context.get(name) for name in ("frame", "csrf_token")}
    shown = [(one.template, one.show(record)) for one in house.besides(record._meta.label_lower, place)]
    drawn = (render_to_string(template, {**frame, **said}) for template, said in shown if said)
    return mark_safe("".join(drawn))  # noqa: S308 - our own templates, which escape
