"""How well the office answers: acknowledged and answered in time, by month and by kind."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from privateoffice.foundations.clock import clock
from privateoffice.rooms.enquiries.models.enquiry import Enquiry


@dataclass(frozen=True)
class Figure:
    """What was received in a month or of a kind, and how much of it was in time."""

    name: str
    received: int
    acknowledged_in_time: int
    answered: int
    answered_in_time: int
    late: int

    @property
    def acknowledged_share(self) -> int | None:
        return _share(self.acknowledged_in_time, self.received)

    @property
    def answered_share(self) -> int | None:
        """Of what is answered or late, the part answered in time: what is still within its time is not counted."""
        return _share(self.answered_in_time, self.answered + self.late)


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def by_month(since: datetime, until: datetime) -> list[Figure]:
    """A figure for each London month, oldest first."""
    rows = _counted(
        _received(since, until).annotate(month=TruncMonth("received_at", tzinfo=clock.LONDON)), "month"
    )
    return [_figure(f"{row['month']:%B %Y}", row) for row in rows]


def by_kind(since: datetime, until: datetime) -> list[Figure]:
    """A figure for each kind that came, most first."""
    rows = _counted(_received(since, until), "enquiry_kind__name")
    return sorted((_figure(row["enquiry_kind__name"], row) for row in rows), key=lambda f: (-f.received, f.name))


def _received(since: datetime, until: datetime) -> QuerySet:
    return Enquiry.objects.filter(received_at__gte=since, received_at__lt=until)


def _counted(enquiries: QuerySet, by: str) -> QuerySet:
    in_time = Q(acknowledgement__acknowledged_at__lte=F("acknowledge_by"))
    return (
        enquiries.order_by()
        .values(by)
        .annotate(
            received=Count("pk"),
            acknowledged_in_time=Count("pk", filter=in_time),
            answered=Count("pk", filter=Q(ended_at__isnull=False)),
            answered_in_time=Count("pk", filter=Q(ended_at__lte=F("due_at"))),
            late=Count("pk", filter=Q(ended_at=None, due_at__lt=clock.now())),
        )
        .order_by(by)
    )


def _figure(name: str, row: dict) -> Figure:
    counts = ("received", "acknowledged_in_time", "answered", "answered_in_time", "late")
    return Figure(name, *(row[count] for count in counts))


def first_of_month(day: date, months_back: int) -> date:
    """The first day of the month so many months before."""
    month = day.year * 12 + day.month - 1 - months_back
    return date(month // 12, month % 12 + 1, 1)
