"""What one person on duty hands to the next, who accepts it."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.duty import Duty
from privateoffice.rooms.rotas.models.period import Period


class HandoverQuerySet(ScopedQuerySet):
    def waiting(self):
        return self.filter(acceptance=None)


class Handover(Part):
    """Notes from one duty to the next. Incidents are named by reference only."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="handovers")
    duty = models.OneToOneField(Duty, models.CASCADE, related_name="handover")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    incidents = models.TextField("live incidents, by reference only", blank=True)
    resources = models.TextField(blank=True)
    actions_due = models.TextField(blank=True)
    welfare = models.TextField("welfare and rest owed", blank=True)
    media = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    decisions = models.TextField("decisions pending", blank=True)
    secret = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.CharField(max_length=200)

    objects = PartManager.from_queryset(HandoverQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["secret"], name="handovers_by_secret")]

    def __str__(self):
        return f"From {self.giver}"


class HandoverAcceptance(Part):
    """The next person's word that they have it."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    handover = models.OneToOneField(Handover, models.CASCADE, related_name="acceptance")
    how = models.CharField(max_length=20)
    accepted_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.handover} accepted"


NOTES = ("incidents", "resources", "actions_due", "welfare", "media", "risks", "decisions")
