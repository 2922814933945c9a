"""Holds against disposal, and disposals: proposed by the register, decided by a person."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.records.models.record import Part, Record
from privateoffice.foundations.records.scoped import PartManager


class Hold(Part):
    """A reason why a record may not be disposed of. It stands until it is lifted."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=200)
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "reason"], condition=Q(lifted_at=None), name="one_hold_a_reason"
            )
        ]

    def __str__(self):
        return self.reason


class Disposal(models.Model):
    """The decision on a record whose time is over. It outlives the record, without its title."""

    class Decision(models.TextChoices):
        DESTROY = "destroy", "Destroyed"
        KEEP = "keep", "Kept longer"
        ARCHIVE = "archive", "Passed to the archive"

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    reference = models.CharField(max_length=40)
    kind = models.CharField(max_length=80)
    rule = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField()
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=200)
    keep_until = models.DateField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["office", "-decided_at"], name="disposals_newest_first")]

    def __str__(self):
        return f"{self.reference} {self.get_decision_display()}"
