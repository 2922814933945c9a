"""The board: what waits in each office, and who sits there, now and next. Numbers, roles, names and times only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from privateoffice.desk.ledger.models import adrift, sources
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover, Holding, Office
from privateoffice.foundations.offices.roles import Role


@dataclass(frozen=True)
class Chair:
    """Who acts for whom in an office, as what, and from when to when."""

    name: str
    role: str
    for_whom: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Desk:
    """One office on the board."""

    office: Office
    undealt: int
    oldest_at: datetime | None
    adrift: int
    holders: tuple[Chair, ...]
    now: tuple[Chair, ...]
    next: tuple[Chair, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody sits there as PA, by themselves or under cover."""
        return not self.holders and not self.now


def board(now: datetime) -> list[Desk]:
    """Every office, the one first where something has waited longest.

    Read in a scope of its own, which sees what is OFFICIAL and for everybody: what is restricted moves no number.
    """
    with scope.publishing("board"):
        waiting, loose = _waiting(), _adrift(now)
    holders, covers = _holders(now), list(_covers(now))
    desks = [
        Desk(
            office=office,
            undealt=waiting.get(office.pk, (0, None))[0],
            oldest_at=waiting.get(office.pk, (0, None))[1],
            adrift=loose.get(office.pk, 0),
            holders=tuple(holders.get(office.pk, ())),
            now=tuple(_chairs(c for c in covers if c.office_id == office.pk and c.starts_at <= now)),
            next=tuple(_chairs(c for c in covers if c.office_id == office.pk and c.starts_at > now)),
        )
        for office in Office.objects.all()
    ]
    return sorted(desks, key=lambda desk: (desk.oldest_at or now, desk.office.name))


def _waiting() -> dict[int, tuple[int, datetime | None]]:
    """By office, how many asks nobody has dealt with, and since when the oldest waits."""
    found: dict[int, tuple[int, datetime | None]] = {}
    for source in sources():
        by_office = source.asks("").order_by().values_list(source.inbound.office)
        for office_id, count, oldest in by_office.annotate(Count("pk"), Min("came_at")):
            before, since = found.get(office_id, (0, None))
            found[office_id] = before + count, min(filter(None, (since, oldest)), default=None)
    return found


def _adrift(now: datetime) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in adrift(now):
        for office_id, count in each.rows().order_by().values_list("office").annotate(Count("pk")):
            found[office_id] = found.get(office_id, 0) + count
    return found


def _holders(now: datetime) -> dict[int, list[Chair]]:
    found: dict[int, list[Chair]] = {}
    held = Holding.objects.standing(now).filter(role=Role.PA, office__isnull=False).select_related("person")
    for holding in held.order_by("starts_at", "pk"):
        if holding.office_id:
            chair = Chair(holding.person.name, holding.get_role_display())
            found.setdefault(holding.office_id, []).append(chair)
    return found


def _covers(now: datetime) -> Iterable[Cover]:
    return Cover.objects.ahead(now).select_related("coverer", "covered").order_by("starts_at", "pk")


def _chairs(covers: Iterable[Cover]) -> Iterable[Chair]:
    for cover in covers:
        role = cover.get_role_display()
        yield Chair(cover.coverer.name, role, cover.covered.name, cover.starts_at, cover.stops_at)
