"""A period of a rota: the quarter or month that is drafted, published and changed."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from privateoffice.foundations.records.models import Record, RecordQuerySet
from privateoffice.foundations.records.scoped import RecordManager
from privateoffice.rooms.rotas.models.rota import Rota


class PeriodQuerySet(RecordQuerySet):
    def between(self, first: date, last: date):
        """Those that share a day with the days asked for."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def for_list(self):
        return self.select_related("office", "rota")


class Period(Record):
    """The duties of one rota from a day to a day. Its record falls due on the day it must be published by."""

    rota = models.ForeignKey(Rota, models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    publish_by = models.DateField()
    last_change = models.PositiveIntegerField(default=0)
    published_change = models.PositiveIntegerField(default=0)
    publications = models.PositiveIntegerField(default=0)

    objects = RecordManager.from_queryset(PeriodQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_period_ends_after_its_start"),
        ]
        indexes = [models.Index(fields=["rota", "starts_on"], name="periods_of_a_rota")]

    @property
    def state(self) -> str:
        """draft, published, or changed since."""
        if not self.publications:
            return "draft"
        return "published" if self.published_change == self.last_change else "changed since"

    @property
    def is_published(self) -> bool:
        return self.publications > 0

    @property
    def days(self) -> list[date]:
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]
