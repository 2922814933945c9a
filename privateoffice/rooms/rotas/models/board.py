"""Who is on call, as every office may see it: numbers, duties, names and times, and never a record.

The keys are numbers by which publishing finds its own lines again; they are no way to a record.
"""

from datetime import datetime

from django.db import models

from privateoffice.foundations.offices.models import Office


class OnCallQuerySet(models.QuerySet):
    def at(self, moment: datetime):
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)

    def after(self, moment: datetime):
        return self.filter(ends_at__gt=moment).order_by("starts_at", "order", "pk")


class OnCall(models.Model):
    """One published duty, copied for the board that all offices share. Written by publishing only."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    rota_slug = models.SlugField(max_length=40)
    rota = models.CharField(max_length=80)
    duty = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=100)
    duty_key = models.PositiveBigIntegerField(null=True)
    period_key = models.PositiveBigIntegerField(db_index=True)
    person_key = models.PositiveBigIntegerField(null=True)
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = OnCallQuerySet.as_manager()

    class Meta:
        ordering = ["office__name", "order", "starts_at", "pk"]
        indexes = [models.Index(fields=["ends_at", "starts_at"], name="on_call_by_time")]

    def __str__(self):
        return f"{self.duty}: {self.name or 'nobody'}"
