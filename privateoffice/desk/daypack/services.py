"""Making the Commander's day pack, in the scope of who reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from privateoffice.connectors import papers
from privateoffice.desk.daypack.models import DayPack, changes_between, said_by
from privateoffice.foundations import printing
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import PackPart


class NobodyToRead(Exception):
    """No Commander holds the office now, so there is nobody for whom a pack could be made."""


@verb("daypack.make")
def make(office: Office, *, day: date) -> DayPack:
    """Make the pack for a day. Where there is one already, the first page says what changed since."""
    reader = commander_of(office)
    with _reading_as(reader, office):
        parts = gather(day)
    before = DayPack.objects.for_day(day).newest_first().first()
    said = said_by(parts)
    changes = changes_between(before.said, said) if before else []
    shown, bound = _printed(office, reader, day, parts, before, changes)
    pack = records.make(
        DayPack,
        office=office,
        title=f"Day pack for {words.weekday(day)}",
        marking=shown.stamp.marking,
        handling=shown.stamp.handling[:200],
        for_on=day,
        paper=records.keep_original(bound, office=office),
        said=said,
        changes=changes,
        not_bound=[paper.title for paper in shown.papers if paper.refused],
    )
    trail(pack, day=day, changes=len(changes))
    _keep_from_others(pack)
    return pack


def _keep_from_others(pack: DayPack) -> None:
    """Keep a pack from whoever could not have read all that it says on the pages themselves.

    It is made in the Commander's scope, and what is for the Commander alone stands in it as well.
    """
    office, now = pack.office, clock.now()
    with scope.opened(scope.as_cover(office, pack.marking)):
        says_the_same = said_by(gather(pack.for_on)) == pack.said
    held = Holding.objects.standing(now).filter(office=office, role__in=(Role.PA, Role.STAFF_OFFICER))
    people = {holding.person for holding in held.select_related("person")}
    readers = [person for person in people if _reads_the_same(person, pack)]
    if len(readers) < len(people) or not says_the_same:
        records.narrow(pack, roles=(Role.COMMANDER,), people=tuple(sorted(readers, key=lambda one: one.pk)))


def _reads_the_same(person: Person, pack: DayPack) -> bool:
    with scope.acting(person, office=pack.office):
        return said_by(gather(pack.for_on)) == pack.said


def freshen(office: Office, *, day: date) -> DayPack | None:
    """Make the pack again if what it says has changed; nothing where it still holds."""
    before = DayPack.objects.for_day(day).newest_first().first()
    if before:
        with _reading_as(commander_of(office), office):
            said = said_by(gather(day))
        if not changes_between(before.said, said):
            return None
    return make(office, day=day)


def gather(day: date) -> list[PackPart]:
    """What every room adds to the pack of a day, in the scope that is open."""
    with words.days_by_name():
        return [part for room in house.rooms() if room.daypack for part in room.daypack(day)]


def commander_of(office: Office) -> Person:
    """Who reads the office's pack."""
    held = (
        Holding.objects.standing(clock.now()).filter(office=office, role=Role.COMMANDER).select_related("person")
    )
    if found := held.order_by("starts_at").first():
        return found.person
    raise NobodyToRead


@contextmanager
def _reading_as(reader: Person, office: Office) -> Iterator[None]:
    with scope.acting(reader, office=office):
        yield


def _printed(
    office: Office,
    reader: Person,
    day: date,
    parts: list[PackPart],
    before: DayPack | None,
    changes: list[dict[str, str]],
) -> tuple[printing.Pack, bytes]:
    """Our own pages, and behind them the papers, each harmless or with the reason why it is not there."""
    brought = papers.ready(
        papers.Paper(paper.title, paper.pdf, paper.marking, paper.handling)
        for part in parts
        for paper in part.papers
    )
    pack = printing.Pack(
        day=day,
        reader=reader.ranked_name,
        office=block_of(office),
        made_at=clock.now(),
        parts=tuple(parts),
        papers=tuple(paper.entry for paper in brought),
        changes=tuple(printing.Change(**change) for change in changes),
        changed_since=before.made_at if before else None,
        is_sample=office.is_sample,
    )
    front = printing.daypack(pack)
    return pack, papers.bind(front, brought, office=pack.office, marking=pack.stamp)


def block_of(office: Office) -> printing.OfficeBlock:
    """The office's name and address as papers carry them."""
    return printing.OfficeBlock(
        name=office.name,
        colour=office.colour,
        address=tuple(line for line in office.address.splitlines() if line.strip()),
        phone=office.phone,
        email=office.email,
    )
