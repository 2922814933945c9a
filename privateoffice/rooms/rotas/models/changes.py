"""What changed in a period, line by line, and each state of it that was published."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.period import Period


class ChangeQuerySet(ScopedQuerySet):
    def undoable(self):
        """Those made by hand or by the solver that nobody has taken back, the newest first."""
        return self.filter(undoing=None, undoes=None).order_by("-number")


class Change(Part):
    """A named, timed difference: who was on which duty before and after it.

    `lines` holds one entry a duty: its key, its words, its days, and the ids and names before and after.
    """

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    words = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True)
    lines = models.JSONField(default=list)
    undoes = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="undoing")
    proof = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)

    objects = PartManager.from_queryset(ChangeQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="one_change_a_number")]

    def __str__(self):
        return self.words


class Publication(Part):
    """The rota as it was published: every duty with its days and names, kept whole."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    change_number = models.PositiveIntegerField()
    duties = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="one_publication_a_number")]

    def __str__(self):
        return f"Published {self.number}"
