"""What a private office reports of its letters: received, acknowledged and answered in time, and after what.

Counts are of the letters of the office that whoever asks may see. Correspondents are named where the letter is
OFFICIAL and kept for nobody by name; the rest is one line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, TruncMonth

from privateoffice.foundations.clock import clock, reply_times
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Audience
from privateoffice.rooms.following.models.course import Promise
from privateoffice.rooms.following.models.reply_clock import ReplyClock

RESTRICTED = "Restricted, not named"
OTHERS = "All others"
Outcome = ReplyClock.Outcome


@dataclass(frozen=True)
class Counts:
    """Numbers of letters. `late` are those that wait beyond their day now."""

    received: int = 0
    no_reply: int = 0
    to_acknowledge: int = 0
    acknowledged_in_time: int = 0
    answered: int = 0
    answered_in_time: int = 0
    handed_on: int = 0
    held: int = 0
    late: int = 0

    @property
    def acknowledged_share(self) -> int | None:
        return _share(self.acknowledged_in_time, self.to_acknowledge)

    @property
    def answered_share(self) -> int | None:
        """Of what is answered or late, the part answered in time: what is still within its time is not counted."""
        return _share(self.answered_in_time, self.answered + self.late)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in NAMES))

    def __sub__(self, other: "Counts") -> "Counts":
        return Counts(*(max(getattr(self, name) - getattr(other, name), 0) for name in NAMES))


NAMES = tuple(field.name for field in fields(Counts))


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def by_month(office: Office, since: datetime, until: datetime) -> list[tuple[str, Counts]]:
    """For each London month, oldest first."""
    rows = _counted(_by_london_month(_received(office, since, until)), "month")
    return [(f"{row['month']:%B %Y}", _counts(row)) for row in rows]


def by_kind(office: Office, since: datetime, until: datetime) -> list[tuple[str, Counts]]:
    """For each kind that came, most first."""
    names = reply_times.kinds()
    rows = _counted(_received(office, since, until), "kind")
    found = [(names.get(row["kind"], row["kind"]), _counts(row)) for row in rows]
    return sorted(found, key=lambda one: (-one[1].received, one[0]))


def by_correspondent(office: Office, since: datetime, until: datetime, most: int = 20) -> list[tuple[str, Counts]]:
    """For each who wrote and may be named, most first; then all others, and what is restricted, without names."""
    named = _named(office, since, until)
    found: dict[str, Counts] = {}
    for row in _counted(named, "address", "record__correspondent"):
        who = _who(row)
        found[who] = found.get(who, Counts()) + _counts(row)
    ordered = sorted(found.items(), key=lambda one: (-one[1].received, one[0]))
    rest = _sum(counts for _, counts in ordered[most:])
    whole = _sum(counts for _, counts in by_kind(office, since, until))
    restricted = whole - _sum(found.values())
    extra = [(OTHERS, rest), (RESTRICTED, restricted)]
    return ordered[:most] + [(word, counts) for word, counts in extra if counts.received]


Line = tuple[str, str, str, Counts]


def lines(office: Office, since: datetime, until: datetime) -> list[Line]:
    """Month, kind, correspondent and counts, for a workbook; what may not be named is counted apart."""
    names = reply_times.kinds()
    groups = ("month", "kind")
    rows = _counted(_by_london_month(_received(office, since, until)), *groups)
    whole = {(row["month"], row["kind"]): _counts(row) for row in rows}
    found: list[tuple[datetime, str, str, Counts]] = []
    for row in _counted(
        _by_london_month(_named(office, since, until)), *groups, "address", "record__correspondent"
    ):
        counts = _counts(row)
        found.append((row["month"], row["kind"], _who(row), counts))
        whole[row["month"], row["kind"]] -= counts
    found += [(month, kind, RESTRICTED, left) for (month, kind), left in whole.items() if left.received]
    ordered = sorted(found, key=lambda one: (one[0], one[1], one[2] == RESTRICTED, one[2]))
    return [(f"{month:%Y-%m}", names.get(kind, kind), who, counts) for month, kind, who, counts in ordered]


def _who(row: dict) -> str:
    return row["record__correspondent"] or row["address"] or "No sender"


def _sum(counts: Iterable[Counts]) -> Counts:
    return sum(counts, start=Counts())


def _received(office: Office, since: datetime, until: datetime) -> QuerySet:
    standing = ReplyClock.objects.standing()
    return standing.filter(record__office=office, received_at__gte=since, received_at__lt=until)


def _named(office: Office, since: datetime, until: datetime) -> QuerySet:
    kept = Exists(Audience.objects.filter(record_id=OuterRef("record_id")))
    plain = _received(office, since, until).filter(~kept, record__marking=Marking.OFFICIAL)
    return plain.annotate(address=Lower("record__correspondent_address"))


def _by_london_month(clocks: QuerySet) -> QuerySet:
    return clocks.annotate(month=TruncMonth("received_at", tzinfo=clock.LONDON))


def _counted(clocks: QuerySet, *by: str) -> QuerySet:
    now = clock.now()
    wanted = ~Q(outcome=Outcome.LET_GO)
    promises: QuerySet = QuerySet(Promise).filter(clock=OuterRef("pk"))
    owed = (
        wanted & Q(acknowledge_by__isnull=False) & (Q(acknowledged_at__isnull=False) | Q(acknowledge_by__lt=now))
    )
    return (
        clocks.annotate(is_held=Exists(promises))
        .order_by()
        .values(*by)
        .annotate(
            received=Count("pk"),
            no_reply=Count("pk", filter=~wanted),
            to_acknowledge=Count("pk", filter=owed),
            acknowledged_in_time=Count("pk", filter=owed & Q(acknowledged_at__lte=F("acknowledge_by"))),
            answered=Count("pk", filter=Q(outcome=Outcome.ANSWERED)),
            answered_in_time=Count("pk", filter=Q(outcome=Outcome.ANSWERED, ended_at__lte=F("reply_by"))),
            handed_on=Count("pk", filter=Q(outcome=Outcome.HANDED_ON)),
            held=Count("pk", filter=Q(is_held=True)),
            late=Count("pk", filter=Q(ended_at=None, reply_by__lt=now)),
        )
        .order_by(*by)
    )


def _counts(row: dict) -> Counts:
    return Counts(*(row[name] for name in NAMES))
