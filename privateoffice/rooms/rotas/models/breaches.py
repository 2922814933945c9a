"""The ledger of rules broken: why, by whose authority, and the rest that is owed for it."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.duty import Duty
from privateoffice.rooms.rotas.models.period import Period


class BreachQuerySet(ScopedQuerySet):
    def standing(self):
        """Those whose duty still has the person for whom the rule was waived."""
        return self.filter(duty__person=models.F("person"))

    def owed(self):
        """Those for which rest is owed and has not been given."""
        return self.filter(rest_owed__gt=0, rest_given_on=None)


class Breach(Part):
    """A rule that the law lets a unit break, broken for one person on one duty, with reason and authoriser.

    `blocks` holds the keys of every duty that the breach is about, as the checker names them.
    """

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="breaches")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="breaches")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    blocks = models.JSONField(default=list)
    words = models.TextField()
    reason = models.CharField(max_length=300)
    authorised_by = models.CharField(max_length=120)
    rest_owed = models.DecimalField("hours of rest owed", max_digits=5, decimal_places=2, default=0)
    rest_given_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=200)

    objects = PartManager.from_queryset(BreachQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "person", "code"], name="a_breach_is_recorded_once")
        ]

    def __str__(self):
        return self.words[:80]
