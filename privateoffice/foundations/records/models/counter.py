"""Numbering: the last number given to a kind in an office and year."""

from django.db import models

from privateoffice.foundations.offices.models import Office


class Counter(models.Model):
    """The last number given to a kind of record in an office and year. Gaps are allowed, repeats are not."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "kind", "year"], name="one_counter_a_kind")]

    def __str__(self):
        return f"{self.office_id} {self.kind} {self.year}: {self.last}"
