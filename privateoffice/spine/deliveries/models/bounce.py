"""A report from outside that somebody did not get what we sent, or not yet."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager
from privateoffice.spine.deliveries.models.delivery import Delivery


class Bounce(Part):
    """What a mail server reported of one recipient. A final one stands before a person until it is seen to."""

    owner = "delivery"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="bounces")
    position = models.PositiveIntegerField()
    words = models.CharField(max_length=500, blank=True)
    is_final = models.BooleanField(default=True)
    noted_at = models.DateTimeField(default=timezone.now)
    seen_to_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager("delivery")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "position", "is_final"], name="one_bounce_of_a_sort_a_destination"
            )
        ]

    def __str__(self):
        return self.words or "It came back."
