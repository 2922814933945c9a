"""Cover: one person stands in for a role of another office, from a minute to a minute."""

from django.db import models
from django.db.models import F, Q

from privateoffice.foundations.offices.clearance import OFFICIAL
from privateoffice.foundations.offices.models.office import Office
from privateoffice.foundations.offices.models.person import Person
from privateoffice.foundations.offices.roles import Role


class CoverQuerySet(models.QuerySet):
    def standing(self, at):
        return self.ahead(at).filter(starts_at__lte=at)

    def ahead(self, at):
        """Those that stand or are still to begin."""
        return self.filter(ends_at__gt=at).filter(Q(ended_at=None) | Q(ended_at__gt=at))

    def over(self, at):
        return self.filter(Q(ends_at__lte=at) | Q(ended_at__lte=at))


class Cover(models.Model):
    """Leave to act for a role of another office for a time. What is done under it is written “A for B”."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="covers")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.PA)
    coverer = models.ForeignKey(Person, models.CASCADE, related_name="covers_given")
    covered = models.ForeignKey(Person, models.CASCADE, related_name="covers_had")
    clearance = models.PositiveSmallIntegerField(default=OFFICIAL)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="cover_ends_after_it_starts")
        ]

    def __str__(self):
        return f"{self.coverer} for {self.covered}"

    @property
    def stops_at(self):
        """When it really stops: as granted, or earlier where it was ended."""
        return min(self.ends_at, self.ended_at) if self.ended_at else self.ends_at
