"""The steps of the ladder that fired, each once."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager
from privateoffice.spine.actions.models.action import Action


class Chase(Part):
    """One step of the ladder as it fired, or a nudge by hand: when, to whom, and with which delivery."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="chases")
    step = models.CharField(max_length=40)
    rung = models.CharField(max_length=10)
    planned_at = models.DateTimeField()
    fired_at = models.DateTimeField(default=timezone.now)
    to_name = models.CharField(max_length=200)
    copied = models.CharField(max_length=400, blank=True)
    delivery = models.CharField(max_length=40, blank=True)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["record", "step"], name="a_step_fires_once")]

    def __str__(self):
        return f"{self.step} to {self.to_name}"
