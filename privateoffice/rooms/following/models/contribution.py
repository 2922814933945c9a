"""The contribution: what somebody is asked to send for a reply, and what came of it."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models import Conversation


class ContributionQuerySet(ScopedQuerySet):
    def of(self, conversation: Conversation):
        return self.filter(record_id=conversation.pk).prefetch_related("receipts").order_by("pk")


class Contribution(Part):
    """That an action asks somebody to contribute to the reply in a conversation.

    `action` is the action's reference. It keeps who, by when, chasers and acceptance: there is one register.
    `asked_in` is the conversation for which it was asked, wherever its mail was merged to since.
    """

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    action = models.CharField(max_length=40, unique=True)
    asked_in = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=200)

    objects = PartManager.from_queryset(ContributionQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        indexes = [models.Index(fields=["asked_at"], name="contributions_by_asking")]

    def __str__(self):
        return self.action


class Receipt(Part):
    """One mail that brought a contribution: in which conversation it lies, and as which of its messages."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="receipts")
    found_in = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["received_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "found_in", "number"], name="a_contribution_is_received_once_a_mail"
            )
        ]

    def __str__(self):
        return f"{self.found_in}, message {self.number}"
