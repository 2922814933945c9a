"""The queue: whose turn it is, what holds one back, and every try that was made."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.deliveries.models.delivery import Delivery


class TurnQuerySet(ScopedQuerySet):
    def due(self, at):
        """Those that may be taken now, people before bulk and the longest waiting first."""
        free = self.filter(Q(taken_until=None) | Q(taken_until__lt=at), is_waiting=False, not_before__lte=at)
        return free.exclude(delivery_id__in=Stop.objects.standing().values("delivery_id")).order_by(
            "is_bulk", "not_before", "pk"
        )

    def waiting(self):
        return self.filter(is_waiting=True)


class Turn(Part):
    """A delivery's place in the queue, while something is still to be sent. It holds the sender's lease."""

    owner = "delivery"

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="turn")
    not_before = models.DateTimeField()
    is_bulk = models.BooleanField(default=False)
    is_waiting = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    taken_by = models.CharField(max_length=64, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(TurnQuerySet)("delivery")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["is_waiting", "is_bulk", "not_before"], name="turns_in_order")]

    def __str__(self):
        return f"{self.delivery_id} not before {self.not_before}"

    def is_taken(self, at) -> bool:
        return self.taken_until is not None and self.taken_until >= at


class StopQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(lifted_at=None)


class Stop(Part):
    """Why a delivery is held back. It stands until it is lifted."""

    class Cause(models.TextChoices):
        APPROVAL = "approval", "Its approval no longer stands"
        RESTORED = "restored", "The office was restored from a backup"
        PERSON = "person", "Somebody held it"

    owner = "delivery"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="stops")
    cause = models.CharField(max_length=10, choices=Cause.choices)
    reason = models.CharField(max_length=300)
    stopped_at = models.DateTimeField(default=timezone.now)
    stopped_by = models.CharField(max_length=200)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(StopQuerySet)("delivery")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["delivery"], condition=Q(lifted_at=None), name="one_stop_at_a_time")
        ]

    def __str__(self):
        return self.reason


class Attempt(Part):
    """One try to send. From `handing_over_at` until it ended, nobody but the far side knows how it went."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taken by the far side"
        LATER = "later", "Asked to come again later"
        REFUSED = "refused", "Refused"
        UNCERTAIN = "uncertain", "The far side did not answer"
        HELD = "held", "Held before it was sent"
        LOST = "lost", "The sender stopped"

    owner = "delivery"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    handing_over_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    words = models.CharField(max_length=500, blank=True)

    objects = PartManager("delivery")

    class Meta:
        base_manager_name = "objects"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="one_attempt_a_number"),
            models.UniqueConstraint(
                fields=["delivery"], condition=Q(ended_at=None), name="one_attempt_runs_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.delivery_id} try {self.number}: {self.outcome}"
