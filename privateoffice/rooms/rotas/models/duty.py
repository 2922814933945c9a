"""One duty: from an hour to an hour somebody answers for it."""

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.period import Period
from privateoffice.rooms.rotas.models.rota import A_DAY, DutyType


class DutyQuerySet(ScopedQuerySet):
    def gaps(self):
        return self.filter(person=None)

    def told_gaps(self):
        """Those of which the published rota names nobody."""
        return self.filter(published=None, period__publications__gt=0)

    def between(self, start: datetime, end: datetime):
        """Those that share a moment with the time asked for."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def published_for(self, person: Person):
        return self.filter(published=person)

    def moved(self):
        """Those in which the draft and what was published disagree."""
        now, was = Coalesce("person_id", 0), Coalesce("published_id", 0)
        return self.annotate(now_id=now, was_id=was).exclude(now_id=F("was_id"))

    def in_order(self):
        return self.select_related("duty_type", "person", "published").order_by(
            "starts_at", "duty_type__order", "pk"
        )


class Duty(Part):
    """A block of days of one duty. `person` is the draft; `published` is whom the published rota names.

    The days are London's; the instants come from them, so that a duty over a change of the clocks is an hour
    shorter or longer, as it truly is.
    """

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="duties")
    duty_type = models.ForeignKey(DutyType, models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    published = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    is_pinned = models.BooleanField(default=False)

    objects = PartManager.from_queryset(DutyQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["period", "duty_type", "starts_at"], name="one_block_a_moment_of_a_duty"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_duty_ends_after_its_start"),
        ]
        indexes = [
            models.Index(fields=["published", "starts_at"], name="duties_published_for"),
            models.Index(fields=["person", "starts_at"], name="duties_drafted_for"),
            models.Index(fields=["starts_at"], name="duties_by_start"),
        ]

    def __str__(self):
        return f"{self.duty_type} from {self.first_on.day} {self.first_on:%B %Y}"

    @property
    def key(self) -> str:
        """How pages and sheets name it: its letter and first day, and the hour where it was cut: "S-20261221"."""
        at = clock.london(self.starts_at)
        hour = "" if at.time() == self.duty_type.begins else f"T{at:%H%M}"
        return f"{self.duty_type.letter}-{self.first_on:%Y%m%d}{hour}"

    @property
    def days(self) -> list[date]:
        return [self.first_on + timedelta(days=n) for n in range((self.last_on - self.first_on).days + 1)]

    @property
    def length(self) -> timedelta:
        return clock.elapsed(self.starts_at, self.ends_at)

    @property
    def is_moved(self) -> bool:
        return self.person_id != self.published_id

    def set_days(self, first: date, last: date) -> None:
        """Give it its days, and the instants that follow from them."""
        self.first_on, self.last_on = first, last
        self.starts_at, self.ends_at = self.duty_type.span(first, last)

    def reaches(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on


def on_day(day: date) -> tuple[datetime, datetime]:
    """The instants between which a London day lies."""
    return clock.moment(day), clock.moment(day + A_DAY)
