"""The occurrence: one time that an engagement takes place."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.db.models import Q

from privateoffice.foundations.clock import clock
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.diary.models.engagement import LONG, Engagement


class OccurrenceQuerySet(ScopedQuerySet):
    def on_day(self, day: date):
        """What takes place on a London day, in the order of the day."""
        return self.between(day, day)

    def between(self, first: date, last: date):
        """What takes place from one London day to another. What has no length takes place where it starts."""
        start, end = clock.moment(first), clock.moment(last + timedelta(days=1))
        lasts = Q(ends_at__gt=start) | Q(starts_at__gte=start)
        shown = self.filter(lasts, starts_at__lt=end, ends_at__gte=start)
        return (
            shown.select_related("engagement", "engagement__office")
            .defer(*(f"engagement__{name}" for name in LONG))
            .order_by("starts_at", "ends_at", "pk")
        )


def once_a_day(occurrences: Iterable["Occurrence"]) -> list["Occurrence"]:
    """The same in the same order, but of what repeats very often only the first time in each day."""
    kept: dict[object, Occurrence] = {}
    for one in occurrences:
        often = (one.engagement_id, clock.day_of(one.starts_at))
        kept.setdefault(often if one.repeats_very_often else one.pk, one)
    return list(kept.values())


class Occurrence(Part):
    """One time that an engagement takes place: worked out ahead, so that no page has to."""

    owner = "engagement"

    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="occurrences")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    place = models.TextField(blank=True)
    is_all_day = models.BooleanField(default=False)
    repeats_very_often = models.BooleanField(default=False)

    objects = PartManager.from_queryset(OccurrenceQuerySet)("engagement")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["engagement", "starts_at"], name="one_occurrence_a_start")]
        indexes = [
            models.Index(fields=["starts_at"], name="occurrences_by_start"),
            models.Index(fields=["ends_at"], name="occurrences_by_end"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_now(self) -> bool:
        return self.starts_at <= clock.now() < self.ends_at and not self.is_all_day

    @property
    def state(self) -> str:
        """How the day shows it: now, hold, travel, or nothing."""
        if self.is_now:
            return "now"
        if self.engagement.status == Engagement.Status.TENTATIVE:
            return "hold"
        return "travel" if self.engagement.is_travel else ""
