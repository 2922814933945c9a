"""The ledger: that nothing was dropped, proved for any day, and how often that was checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Count, Min, Q, QuerySet

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import DISPOSITIONS, Inbound, LedgerLine, Open


class CheckQuerySet(models.QuerySet):
    def newest_first(self):
        return self.order_by("-checked_at", "-pk")


class Check(models.Model):
    """That the ledger was checked for an office, by the clock, and how much it found."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    checked_at = models.DateTimeField()
    undealt = models.PositiveIntegerField()
    adrift = models.PositiveIntegerField()

    objects = OfficeManager.from_queryset(CheckQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["office", "-checked_at"], name="checks_newest_first")]

    def __str__(self):
        return f"{self.undealt} not dealt with, {self.adrift} adrift"

    @property
    def is_clean(self) -> bool:
        return not self.undealt and not self.adrift


@dataclass(frozen=True)
class Source:
    """What came in from one side between two moments, by what became of it."""

    inbound: Inbound
    start: datetime | None = None
    end: datetime | None = None

    def asks(self, became: str | None = None) -> QuerySet:
        """The asks, the oldest first; those alone of which one thing became."""
        rows = self.inbound.asks()
        if self.start:
            rows = rows.filter(came_at__gte=self.start)
        if self.end:
            rows = rows.filter(came_at__lt=self.end)
        return (rows if became is None else rows.filter(disposition=became)).order_by("came_at", "pk")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many asks became what; those that nobody has dealt with under an empty word."""
        rows = self.asks().order_by().values_list("disposition")
        return {became: count for became, count in rows.annotate(Count("pk")) if count}

    @cached_property
    def came(self) -> int:
        """How many asks came in, each counted once whatever became of it: asked for by itself."""
        return self.asks().order_by().aggregate(each=Count("pk", distinct=True))["each"]

    @property
    def undealt(self) -> int:
        return self.counts.get("", 0)

    @property
    def dealt(self) -> int:
        return sum(self.counts.get(code, 0) for code in DISPOSITIONS)

    @property
    def adds_up(self) -> bool:
        """Whether each ask is in one place and none in two: what was dealt with and what not is all that came."""
        return self.came == self.dealt + self.undealt == sum(self.counts.values())

    def line(self, row: Any) -> LedgerLine:
        return self.inbound.line(row)


@dataclass(frozen=True)
class Proof:
    """What came in on one day, from every side, and that all of it is accounted for."""

    day: date
    sources: tuple[Source, ...] = field(default=())

    @property
    def came(self) -> int:
        return sum(source.came for source in self.sources)

    @property
    def dealt(self) -> int:
        return sum(source.dealt for source in self.sources)

    @property
    def undealt(self) -> int:
        return sum(source.undealt for source in self.sources)

    @property
    def adds_up(self) -> bool:
        return all(source.adds_up for source in self.sources)

    @property
    def became(self) -> list[str]:
        """What became of anything that day, in the order of the house."""
        return [code for code in DISPOSITIONS if any(source.counts.get(code) for source in self.sources)]


def proof_of(day: date) -> Proof:
    """The proof for a day of London, in the scope that is open."""
    start, end = clock.moment(day), clock.moment(day + timedelta(days=1))
    return Proof(day, sources(start, end))


def sources(start: datetime | None = None, end: datetime | None = None) -> tuple[Source, ...]:
    """Every side from which something came in between two moments."""
    return tuple(Source(inbound, start, end) for inbound in house.inbound())


@dataclass(frozen=True)
class Adrift:
    """What stands open in one room and has no owner, or no moment at which it comes up again."""

    of: Open
    now: datetime

    def rows(self) -> QuerySet:
        adrift = Q(is_owned=False) | Q(next_at=None)
        return self.of.rows(self.now).filter(adrift).order_by("made_at", "pk")

    def lines(self, most: int) -> Iterator[LedgerLine]:
        return (self.of.line(row) for row in self.rows()[:most])


def adrift(now: datetime) -> list[Adrift]:
    """The questions for what is adrift, one for each kind that can stand open."""
    return [Adrift(of, now) for of in house.opens()]


@dataclass(frozen=True)
class Dropped:
    """What nobody has dealt with from before a moment, since when, and how much is adrift."""

    undealt: int
    oldest_at: datetime | None
    adrift: int


def dropped(now: datetime, *, before: datetime | None = None) -> Dropped:
    """What is dropped now, in the scope that is open. What came in today is not yet: the day is not over."""
    found = [_waiting(source) for source in sources(end=before or clock.moment(clock.day_of(now)))]
    return Dropped(
        undealt=sum(count for count, _ in found),
        oldest_at=min((oldest for _, oldest in found if oldest), default=None),
        adrift=sum(each.rows().count() for each in adrift(now)),
    )


def _waiting(source: Source) -> tuple[int, datetime | None]:
    told = source.asks("").order_by().aggregate(count=Count("pk"), oldest=Min("came_at"))
    return told["count"], told["oldest"]
