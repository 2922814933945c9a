"""What waits behind doors and stands above lists, kept until somebody acts in the office or a minute has passed.

Counting it anew is the dearest part of a page. Every act ends in the office's trail, so the end of the trail tells
whether anything was done since.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from privateoffice.foundations.audit.models import Head
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import Door

KEPT = 60
"""Seconds."""


def kept(name: str, ask: Callable[[], Any]) -> Any:
    """What is asked under this name, by this reader, until somebody acts or a minute has passed."""
    place = _place()
    return cache.get_or_set(f"{place}:{name}", ask, KEPT) if place else ask()


class Counts:
    """The counts of one page, for whoever reads it. Outside an office each is counted anew."""

    def __init__(self) -> None:
        self._place = _place()
        self._known: dict[str, int] = cache.get(self._place, {}) if self._place else {}
        self._is_kept = True

    def behind(self, door: Door) -> int:
        if door.waiting is None:
            return 0
        if door.url_name not in self._known:
            self._known[door.url_name] = door.waiting()
            self._is_kept = False
        return self._known[door.url_name]

    def keep(self) -> None:
        """Keep what had to be counted for the pages that follow."""
        if self._place and not self._is_kept:
            cache.set(self._place, self._known, KEPT)


def _place() -> str:
    """Where the counts of this reader at this moment are kept; nowhere before the first act of an office."""
    acting = scope.current()
    head = Head.objects.filter(office_id=acting.office.pk).first() if acting.office else None
    if head is None or not head.fingerprint:
        return ""
    minute = clock.now().replace(second=0, microsecond=0)
    reader = (head.office_id, acting.person_id, acting.cover_id, sorted(acting.roles))
    return "doors:" + hashlib.sha256(repr((reader, head.fingerprint, minute)).encode()).hexdigest()
