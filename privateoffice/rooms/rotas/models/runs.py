"""One run of the solver, as the page shows it while it goes on, and the rota that it proposes."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.period import Period


class RunQuerySet(ScopedQuerySet):
    def going(self):
        return self.filter(ended_at=None)


class Run(Part):
    """A filling, mending, or question put to the solver: what was asked, how far it is, what it found.

    `basis` is the number of the change that it started from: an answer to an older draft is not taken.
    `asked_to_stop_at` asks it to end; what it has found by then is kept.
    """

    class Kind(models.TextChoices):
        FILL = "fill", "Fill the rest"
        MEND = "mend", "Mend"
        WHY = "why", "Why the gaps"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the worker"
        GOING = "going", "Under way"
        DONE = "done", "Done"
        STOPPED = "stopped", "Stopped"
        FAILED = "failed", "Failed"
        TAKEN = "taken", "Taken"

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    asked = models.JSONField(default=dict)
    basis = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.JSONField(default=list)
    result = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=200)
    asked_to_stop_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(RunQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="one_run_a_number"),
            models.UniqueConstraint(
                fields=["period", "kind"],
                condition=Q(ended_at=None),
                name="one_run_of_a_kind_at_a_time",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
