"""Working out ahead when engagements take place, in the child, so that no page has to expand a rule."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import performing, trail, verb
from privateoffice.foundations.quarantine.limits import CALENDAR_INSTANCES
from privateoffice.foundations.quarantine.reader import Reader, Unreadable
from privateoffice.spine.diary.models import Engagement, Occurrence

READS = "privateoffice.connectors.calendars.occurrences:of_events"
BACK, AHEAD = timedelta(days=92), timedelta(days=457)
"""Three months back and fifteen ahead."""

A_BATCH = 100
NEAR = timedelta(days=7)

Series = list[Engagement]
Told = dict[str, Any]
T = TypeVar("T")


def in_batches(rows: Iterable[T], most: int) -> Iterator[list[T]]:
    """The rows in lists of so many."""
    left = iter(rows)
    while batch := list(islice(left, most)):
        yield batch


@verb("diary.look_ahead")
def look_ahead(office: Office) -> int:
    """Work out the times of all that repeats up to fifteen months from now; returns how many are new."""
    before = Occurrence.objects.count()
    horizon = clock.now() + AHEAD
    stale = Engagement.objects.filter(shown_until__lt=horizon - timedelta(hours=12)).exclude(rule="")
    Engagement.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).update(shown_until=None)
    work_out(office)
    added = Occurrence.objects.count() - before
    if added:
        trail(office_id=office.pk, added=added)
    return added


def work_out(office: Office) -> None:
    """Work out the times of every engagement that waits for it. A run that broke off is taken up here."""
    with Reader(READS) as reader, scope.acting_as_system("diary", office=office):
        for batch in in_batches(_waiting(), A_BATCH):
            found = _times_of(batch, reader)
            with performing("diary.look_ahead"):
                _write(batch, found)


def _waiting() -> Iterator[Series]:
    """Engagements of one name and calendar together, where one of them waits."""
    keys = Engagement.objects.filter(shown_until=None).order_by("calendar", "uid").values_list("calendar", "uid")
    for some in in_batches(list(dict.fromkeys(keys)), 200):
        wanted = set(some)
        found: dict[tuple[str, str], Series] = defaultdict(list)
        rows = Engagement.objects.filter(uid__in={uid for _, uid in some}).order_by("pk")
        for one in rows.defer("description", "people", "faults", "before"):
            if (one.calendar, one.uid) in wanted:
                found[(one.calendar, one.uid)].append(one)
        yield from (series for series in found.values() if all(one.read for one in series))


def _times_of(batch: list[Series], reader: Reader) -> dict[int, list[Told]]:
    """For each engagement by its key, when it takes place: starts_at, ends_at, all_day and very_often."""
    found: dict[int, list[Told]] = {}
    repeating = []
    for series in batch:
        if _is_once(series):
            found[series[0].pk] = _as_it_stands(series[0])
        else:
            repeating.append(series)
    for series, times in zip(repeating, _worked_out(repeating, reader), strict=True):
        for place, told in times:
            found.setdefault(series[place].pk, []).append(told)
    return found


def _is_once(series: Series) -> bool:
    read = series[0].read
    return len(series) == 1 and not (read.get("rrules") or read.get("rdates") or read.get("recurrence_id"))


def _as_it_stands(one: Engagement, very_often: bool = False) -> list[Told]:
    read = one.read
    if not read.get("starts_at") or one.status == Engagement.Status.CANCELLED:
        return []
    return [
        {
            "starts_at": read["starts_at"],
            "ends_at": max(read["ends_at"] or "", read["starts_at"]),
            "all_day": read["all_day"],
            "very_often": very_often,
        }
    ]


def _worked_out(batch: list[Series], reader: Reader) -> Iterator[list[tuple[int, Told]]]:
    """All at once; where that is too much for the child, each alone; where even that is, only its first time."""
    if not batch:
        return
    try:
        yield from _expanded(batch, reader)
    except Unreadable:
        for series in batch:
            try:
                yield from _expanded([series], reader)
            except Unreadable:
                yield _first_times(series)


def _first_times(series: Series) -> list[tuple[int, Told]]:
    return [(place, told) for place, one in enumerate(series) for told in _as_it_stands(one, very_often=True)]


def _expanded(batch: list[Series], reader: Reader) -> list[list[tuple[int, Told]]]:
    now = clock.now()
    places: list[tuple[int, int]] = []
    events: list[Told] = []
    for number, series in enumerate(batch):
        for place, one in enumerate(series):
            places.append((number, place))
            events.append({**one.read, "calendar": number, "uid": str(number)})
    answer = reader.read(
        json.dumps(events).encode(),
        start=_iso(now - BACK),
        end=_iso(now + AHEAD),
        limit=CALENDAR_INSTANCES * 10,
    )
    found: list[list[tuple[int, Told]]] = [[] for _ in batch]
    often = set(answer["very_often"])
    for told in answer["occurrences"]:
        number, place = places[told["index"]]
        if told["status"] != "CANCELLED":
            found[number].append((place, {**told, "very_often": str(number) in often}))
    return [
        _under_the_ceiling(times, series, now, str(number) in often)
        for number, (times, series) in enumerate(zip(found, batch, strict=True))
    ]


def _under_the_ceiling(
    times: list[tuple[int, Told]], series: Series, now: datetime, very_often: bool
) -> list[tuple[int, Told]]:
    """At most so many times of one series, the next ones; one that repeats beyond finding stands at its start."""
    if very_often and not times:
        return _first_times(series[:1])
    if len(times) <= CALENDAR_INSTANCES:
        return times
    near = [one for one in times if one[1]["starts_at"] >= _iso(now - NEAR)] or times
    return [(place, {**told, "very_often": True}) for place, told in near[:CALENDAR_INSTANCES]]


def _write(batch: list[Series], found: dict[int, list[Told]]) -> None:
    """Put the times in the place of those that were worked out before."""
    engagements = [one for series in batch for one in series]
    keys = [one.pk for one in engagements]
    Occurrence.objects.filter(engagement__in=keys).delete()
    rows = [row for one in engagements for row in _rows(one, found.get(one.pk, []))]
    Occurrence.objects.bulk_create(rows, batch_size=500)
    Engagement.objects.filter(pk__in=keys).update(shown_until=clock.now() + AHEAD)


def _rows(one: Engagement, times: Iterable[Told]) -> Iterable[Occurrence]:
    by_start = {told["starts_at"]: told for told in times}
    return [
        Occurrence(
            engagement=one,
            starts_at=datetime.fromisoformat(told["starts_at"]),
            ends_at=datetime.fromisoformat(told["ends_at"]),
            title=one.title,
            place=one.place,
            is_all_day=told["all_day"],
            repeats_very_often=told["very_often"],
        )
        for told in by_start.values()
    ]


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
