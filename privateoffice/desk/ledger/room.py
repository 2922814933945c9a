"""What the ledger declares to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.desk.ledger import policy, tasks
from privateoffice.desk.ledger.models import Check, dropped
from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import Door, Every, Need, Room

TOLD = ("pa", "staff_officer")


def needs(now: datetime) -> Iterator[Need]:
    """What the last check found dropped, counted again for whoever reads: a check sees more than they may."""
    office = scope.current().office
    last = Check.objects.filter(office=office).newest_first().first()
    if office is None or last is None or last.is_clean:
        return
    found, place = dropped(now), f"/{office.slug}/ledger/"
    if found.adrift:
        yield _adrift(found.adrift, place)
    if found.undealt:
        yield _undealt(found.undealt, found.oldest_at or now, now, place)


def _adrift(count: int, place: str) -> Need:
    return Need(
        key="ledger:adrift",
        title=f"{words.counted(count, 'open record has', 'open records have')} no owner or no next date",
        why="Nothing would bring them up again. Give each an owner or a date.",
        url=f"{place}adrift/",
        standing="late",
        group="now",
        weight=8,
        roles=TOLD,
    )


def _undealt(count: int, oldest_at: datetime, now: datetime, place: str) -> Need:
    return Need(
        key="ledger:undealt",
        title=f"{words.counted(count, 'thing', 'things')} that came in before today not dealt with",
        why="The ledger lists each by name.",
        url=f"{place}lines/",
        standing="late",
        group="now",
        when=f"Since {words.short_day(oldest_at, now)}",
        weight=4,
        roles=TOLD,
    )


room = Room(
    "Ledger",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door("Ledger", "ledger:day", "ledger", "Following up", key="l", verb="ledger.view"),
        Door("Board", "ledger:board", "trackers", "Time", key="b", verb="board.view"),
    ),
    today=needs,
    jobs=(Every("5 * * * *", tasks.check, "ledger.check"),),
)
