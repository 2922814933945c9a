"""The register of retention: what each kind's rule proposes now, what is held, and what was decided."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Count, Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.records.models import Disposal, Hold, Record, RecordQuerySet
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Keep, Kind

PROPOSED = {"destroy": "Destroy", "review": "Review", "archive": "Pass to the archive"}


@dataclass(frozen=True)
class Rule:
    """One kind's rule in words, and how many of its records wait for a decision or are held from one."""

    kind: Kind
    due: int
    held: int

    @property
    def words(self) -> str:
        return rule_words(self.kind.keep)

    @property
    def proposal(self) -> str:
        return PROPOSED[self.kind.keep.then]


def rule_words(keep: Keep) -> str:
    """As a decision records it: 2 years after it is closed, then destroy."""
    return f"{words.counted(keep.years, 'year')} after it is {keep.after}, then {keep.then}"


def register(today: date) -> list[Rule]:
    """Every kind with its rule and its counts, in a fixed number of queries."""
    rows = due(today).order_by().values_list("kind", "is_held").annotate(Count("pk"))
    counts = Counter({(kind, is_held): count for kind, is_held, count in rows})
    return [Rule(kind, counts[kind.label, False], counts[kind.label, True]) for kind in house.kinds()]


def due(today: date, kinds: Iterable[Kind] | None = None) -> RecordQuerySet:
    """The records in scope whose time is over and on which no decision stands, held ones among them."""
    rules = [_over(kind, today) for kind in (house.kinds() if kinds is None else kinds)]
    if not rules:
        return Record.objects.none()
    holds = Hold.objects.filter(record_id=OuterRef("pk"), lifted_at=None)
    return (
        Record.objects.annotate(is_held=Exists(holds), kept_since=Coalesce(F("ended_at"), F("made_at")))
        .filter(reduce(or_, rules))
        .exclude(pk__in=_decided(today))
    )


def to_decide(today: date, kinds: Iterable[Kind] | None = None) -> RecordQuerySet:
    """Those of them on which a decision may be taken: no hold stands."""
    return due(today, kinds).filter(is_held=False)


def _over(kind: Kind, today: date) -> Q:
    moment = "ended_at" if kind.keep.after == "closed" else "made_at"
    return Q(kind=kind.label, **{f"{moment}__lt": over_before(kind.keep, today)})


def over_before(keep: Keep, today: date) -> datetime:
    """What was closed or made before this moment has been kept for its years: the day itself counts whole."""
    try:
        last = today.replace(year=today.year - keep.years)
    except ValueError:  # 29 February, in a year without one
        last = today.replace(year=today.year - keep.years, day=28)
    return clock.moment(last + timedelta(days=1))


def _decided(today: date):
    """Records that are kept until a day to come, or that went to the archive."""
    kept = Q(decision=Disposal.Decision.KEEP, keep_until__gt=today)
    return Disposal.objects.filter(kept | Q(decision=Disposal.Decision.ARCHIVE)).values("record_id")
