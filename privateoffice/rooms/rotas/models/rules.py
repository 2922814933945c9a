"""The rules of a rota, and the rate of its allowance, as dated rows with the words they come from."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.rooms.rotas.models.members import DatedQuerySet
from privateoffice.rooms.rotas.models.rota import Rota


class Rule(models.Model):
    """One rule of a rota, from a day on, with its numbers and source. Changing it ends the row and starts another.

    `kind` is one of the solver's catalogue, which says what it means; `waiver` is what a breach costs beside
    others, and nothing where nobody may waive it. `duty_letters` names the duties that it binds; empty is all.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    rota = models.ForeignKey(Rota, models.CASCADE, related_name="rules")
    key = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    source = models.TextField("where it comes from")
    numbers = models.JSONField(default=dict)
    words = models.JSONField(default=list)
    waiver = models.PositiveIntegerField(null=True, blank=True)
    duty_letters = models.CharField(max_length=60, blank=True)
    is_kept = models.BooleanField("it is kept", default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField(default=100)

    objects = OfficeManager.from_queryset(DatedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rota", "key"], condition=Q(ends_on=None), name="a_rule_stands_once_in_a_rota"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="a_rule_ends_after_its_start"
            ),
        ]

    def __str__(self):
        return self.name


class Rate(models.Model):
    """What a day on call is paid, from a day on, and where that is written."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=7, decimal_places=2)
    source = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = OfficeManager.from_queryset(DatedQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-starts_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["office", "starts_on"], name="one_rate_a_day_in_an_office")]

    def __str__(self):
        return f"£{self.amount}"


FIRST_RATES: tuple[tuple[str, Decimal, str], ...] = (
    ("2019-09-01", Decimal("20.00"), "Police on-call allowance from 1 September 2019"),
    ("2024-09-01", Decimal("25.00"), "Police on-call allowance from 1 September 2024"),
    ("2025-09-01", Decimal("35.00"), "Police on-call allowance from 1 September 2025. Check before use"),
)
"""What a new office starts with; each is to be checked against the circular before a claim is made."""
