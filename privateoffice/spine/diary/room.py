"""What the diary declares to the house."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy as gate
from privateoffice.foundations.offices import scope
from privateoffice.foundations.quarantine.limits import CALENDAR_INSTANCES
from privateoffice.foundations.registry.declarations import (
    Act,
    Door,
    Every,
    Keep,
    Kind,
    Need,
    PackLine,
    PackPart,
    Room,
)
from privateoffice.spine.diary import policy, services, tasks
from privateoffice.spine.diary.models import (
    Engagement,
    ImportRun,
    Occurrence,
    OccurrenceQuerySet,
    clashes,
    once_a_day,
)
from privateoffice.spine.diary.showing import gap_of

KEPT_BY = ("pa", "staff_officer")
MOST_IN_A_PACK = 200


def needs(now: datetime) -> Iterator[Need]:
    """Where the Commander is wanted twice today or tomorrow, and one line for what waits to be looked at."""
    today = clock.day_of(now)
    for one, other in clashes(_shown(Occurrence.objects.between(today, today + timedelta(days=1)))):
        if one.starts_at < other.ends_at and other.ends_at > now and one.ends_at > now:
            yield _double_booked(one, other, now)
    listed = [run.listed for run in ImportRun.objects.to_look_at()] if gate.allows("diary.take_in") else []
    if listed:
        yield _to_look_at(sum(listed))


def _shown(occurrences: OccurrenceQuerySet) -> list[Occurrence]:
    return list(occurrences.filter(repeats_very_often=False)[:MOST_IN_A_PACK])


def _double_booked(one: Occurrence, other: Occurrence, now: datetime) -> Need:
    return Need(
        key=f"{one.engagement.reference}:{other.engagement.reference}:{one.starts_at:%m%d}",
        title=f"Double booked: {one.title} and {other.title}"[:200],
        why=f"{words.hour(one.starts_at)} and {words.hour(other.starts_at)} overlap.",
        url=other.engagement.get_absolute_url(),
        standing="late" if clock.day_of(other.starts_at) == clock.day_of(now) else "soon",
        group="now" if clock.day_of(other.starts_at) == clock.day_of(now) else "today",
        when=words.near(other.starts_at, now),
        reference=other.engagement.reference,
        weight=4,
        is_sensitive=one.engagement.is_sensitive or other.engagement.is_sensitive,
        roles=KEPT_BY,
        acts=(
            Act("Open", "o", other.engagement.get_absolute_url()),
            Act("The other", "v", one.engagement.get_absolute_url()),
        ),
    )


def _to_look_at(count: int) -> Need:
    office = scope.current().office
    url = f"/{office.slug if office else ''}/diary/to-look-at/"
    return Need(
        key="diary:to-look-at",
        title=f"{words.counted(count, 'item')} of the diary to look at",
        why="Came with a calendar. Nothing from outside changes the diary by itself.",
        url=url,
        standing="soon",
        group="today",
        roles=KEPT_BY,
        acts=(Act("Open", "o", url),),
    )


def daypack(day: date) -> Iterator[PackPart]:
    """The day hour by hour, and the seven days after it, each with what is missing."""
    yield _part("tomorrow", Occurrence.objects.on_day(day), with_day=False)
    ahead = Occurrence.objects.between(day + timedelta(days=1), day + timedelta(days=7))
    yield _part("ahead", ahead, with_day=True)


def _part(place: str, occurrences: OccurrenceQuerySet, *, with_day: bool) -> PackPart:
    found = once_a_day(occurrences[:CALENDAR_INSTANCES])[:MOST_IN_A_PACK]
    clashing = {one.pk for pair in clashes(found) for one in pair}
    handling = dict.fromkeys(one.engagement.handling for one in found if one.engagement.handling)
    return PackPart(
        place,
        lines=tuple(_line(one, with_day, gap_of(one, clashing)) for one in found),
        marking=max((one.engagement.marking for one in found), default=1),
        handling="; ".join(handling),
    )


def _line(one: Occurrence, with_day: bool, gap: str) -> PackLine:
    at = "All day" if one.is_all_day else words.hour(one.starts_at)
    until = "" if one.is_all_day or one.ends_at <= one.starts_at else f"until {words.plain_hour(one.ends_at)}"
    if one.repeats_very_often:
        until = "repeats very often"
    return PackLine(
        title=one.title,
        when=f"{words.short_day(one.starts_at)}, {at}" if with_day else at,
        detail=", ".join(filter(None, [one.place, until])),
        body=gap,
        standing="travel" if one.engagement.is_travel else "soon" if gap else "",
        reference=one.engagement.reference,
    )


room = Room(
    "Diary",
    kinds=(
        Kind(
            Engagement,
            code="DIA",
            word="engagement",
            words="engagements",
            path="diary",
            icon="diary",
            keep=Keep(years=2, after="made"),
            search=("title", "place", "description", "organiser"),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(Door("Diary", "diary:week", "diary", "Time", key="d", verb="diary.view"),),
    today=needs,
    daypack=daypack,
    jobs=(Every("40 2 * * *", tasks.look_ahead, "diary.look_ahead"),),
    receives={"engagement": services.enter_from, "engagement taken back": services.take_back},
)
