"""Filters: dates, times and numbers as the office writes them. What is not there is written as nothing."""

from collections.abc import Callable
from typing import Any

from django import template

from privateoffice.foundations.clock import words

register = template.Library()


def _or_nothing(say: Callable[[Any], str]) -> Callable[[Any], str]:
    def said(value: Any) -> str:
        return say(value) if value else ""

    return said


register.filter("po_date", _or_nothing(words.day))  # 26 January 2026
register.filter("po_day", _or_nothing(words.short_day))  # Mon 23 Nov
register.filter("po_time", _or_nothing(words.hour))  # 5:30pm
register.filter("po_moment", _or_nothing(words.moment))  # 26 January 2026 at 5:30pm
register.filter("po_near", _or_nothing(words.near))  # Today 4:00pm
register.filter("po_when", _or_nothing(words.due))  # Tomorrow 4:00pm; 2 working days late


@register.filter
def po_plural(count: int, thing: str) -> str:
    """{{ 2|po_plural:"record" }} is 2 records; {{ 2|po_plural:"reply,replies" }} is 2 replies."""
    return words.counted(int(count or 0), *thing.split(",", 1))
