"""The texts of a record at each of its versions. Disposal removes them without breaking the trail."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models.record import Part, Record
from privateoffice.foundations.records.scoped import PartManager


class Version(Part):
    """What a record said after one change, and who made it."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    texts = models.JSONField()
    changed = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="one_version_a_number")]

    def __str__(self):
        return f"{self.record_id} version {self.number}"
