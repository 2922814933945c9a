"""When events happen within a window: repeats, exceptions and replaced instances, under ceilings.

Works on the plain data that `parse.events` gives, and never looks past the window: a rule that repeats every
second for ever costs no more than its share of the effort.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from privateoffice.connectors.calendars.parse import events as events_of
from privateoffice.connectors.calendars.series import Event, series_of
from privateoffice.connectors.calendars.values import aware
from privateoffice.connectors.calendars.walls import Effort
from privateoffice.foundations.quarantine.limits import CALENDAR_INSTANCES

EFFORT_FOR_ALL = 600_000


def between(
    events: Iterable[Event], start: datetime, end: datetime, limit: int = CALENDAR_INSTANCES
) -> dict[str, Any]:
    """What happens in [start, end), both aware, in order of time.

    Gives `occurrences` (each with `uid`, `calendar`, `line` and `index` of its event, `starts_at`, `ends_at`,
    `all_day`, `first_day`, `last_day`, `recurrence_at`, `status`, `orphan`), `very_often` (uids of events cut
    short), and `cut`, whether anything was left out. Events that ask for little are never crowded out.
    """
    effort = Effort(EFFORT_FOR_ALL)
    found: list[list[dict[str, Any]]] = []
    often: list[str] = []
    for series in series_of(list(events)):
        occurrences, too_many = series.within(start, end, limit, effort)
        found.append(occurrences)
        if too_many:
            often.append(series.uid)
    kept, cut = _shared_out(found, limit)
    kept.sort(key=lambda one: (one["starts_at"], one["ends_at"], one["index"]))
    names = {one["uid"] for one in cut}
    return {"occurrences": kept, "very_often": sorted({*often, *names}), "cut": bool(often or cut)}


def of_file(
    raw: bytes, start: str, end: str, limit: int = CALENDAR_INSTANCES, zone: str = "Europe/London"
) -> dict[str, Any]:
    """For the quarantine child: what happens in a calendar file between two ISO moments."""
    return between(events_of(raw, zone)["events"], aware(start), aware(end), limit)


def of_events(raw: bytes, start: str, end: str, limit: int = CALENDAR_INSTANCES) -> dict[str, Any]:
    """For the quarantine child: the same for a JSON list of events that were read before."""
    return between(json.loads(raw), aware(start), aware(end), limit)


def _shared_out(
    found: list[list[dict[str, Any]]], limit: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What fits under the limit, those that ask for least served first, and what does not."""
    kept: list[dict[str, Any]] = []
    cut: list[dict[str, Any]] = []
    waiting = sorted(filter(None, found), key=len)
    for place, one in enumerate(waiting):
        share = max(0, limit - len(kept)) // (len(waiting) - place)
        kept += one[:share]
        cut += one[share : share + 1]
    return kept, cut
