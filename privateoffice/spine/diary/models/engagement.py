"""The engagement: something in the Commander's diary, once or again and again by a rule."""

from django.db import models

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import Original, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import RecordManager

LONG = ("description", "people", "read", "faults", "before")
"""The fields that no list shows."""


class EngagementQuerySet(RecordQuerySet):
    def needing_a_look(self):
        return self.filter(needs_a_look=True)

    def in_brief(self):
        """Without what is long: for lists."""
        return self.defer(*LONG)


class Engagement(Record):
    """Something in the diary: once, or again and again by a rule.

    A private one keeps its time and nothing else that can be read here; its original is the Commander's alone.
    `read` is what the calendar said in the shape that the calendar reader gives, `before` the digests of the
    versions that this one took the place of, `shown_until` how far ahead its times have been worked out.
    """

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        TENTATIVE = "tentative", "Hold"
        CANCELLED = "cancelled", "Cancelled"

    uid = models.CharField(max_length=500)
    recurrence_id = models.CharField(max_length=80, blank=True)
    sequence = models.BigIntegerField(default=0)
    stamped = models.CharField(max_length=40, blank=True)
    calendar = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    before = models.JSONField(default=list)
    original = models.ForeignKey(Original, models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.CONFIRMED)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    is_all_day = models.BooleanField(default=False)
    is_busy = models.BooleanField(default=True)
    is_private = models.BooleanField(default=False)
    is_travel = models.BooleanField(default=False)
    place = models.TextField(blank=True)
    description = models.TextField(blank=True)
    organiser = models.CharField(max_length=300, blank=True)
    people = models.JSONField(default=list)
    rule = models.TextField(blank=True)
    read = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    needs_a_look = models.BooleanField(default=False)
    shown_until = models.DateTimeField(null=True)

    objects = RecordManager.from_queryset(EngagementQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["uid"], name="engagements_by_uid"),
            models.Index(fields=["digest"], name="engagements_by_digest"),
            models.Index(fields=["shown_until"], name="engagements_by_horizon"),
        ]

    @property
    def original_may_be_seen(self) -> bool:
        """What is private is the Commander's own; everything else is for whoever sees the engagement."""
        return self.original_id is not None and (not self.is_private or Role.COMMANDER in scope.current().roles)
