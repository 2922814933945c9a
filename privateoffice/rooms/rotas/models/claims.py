"""Being called out while on call, and what is claimed for a month."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager
from privateoffice.rooms.rotas.models.duty import Duty
from privateoffice.rooms.rotas.models.period import Period
from privateoffice.rooms.rotas.models.rota import Rota


class Recall(Part):
    """Somebody on call was called out: working time, after which the rest begins anew."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="recalls")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="recalls")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reference = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["began_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gt=F("began_at")), name="a_recall_ends_after_it_began")
        ]

    def __str__(self):
        return f"{self.person} called out"


class Claim(models.Model):
    """The on-call allowance of one person for one month, as it was claimed. One stands a person and month."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    rota = models.ForeignKey(Rota, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    month = models.DateField()
    days = models.JSONField(default=list)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    claimed_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.CharField(max_length=200)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rota", "person", "month"], name="one_claim_a_person_and_month")
        ]

    def __str__(self):
        return f"{self.person}, {self.month:%B %Y}"
