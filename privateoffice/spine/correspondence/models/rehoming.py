"""What says that messages were put from one conversation into another by hand, and where each lay before."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.conversation import Conversation
from privateoffice.spine.correspondence.models.message import Message


class RehomingQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(undone_at=None).order_by("-made_at", "-pk")

    def between(self, conversation):
        """Those by which a conversation gave or got messages."""
        return self.filter(models.Q(record=conversation) | models.Q(other=conversation.reference))


class Rehoming(Part):
    """One merging or splitting: `other` is the reference of the conversation from which the messages came.

    `marked` is what the conversation was marked once it was done: where it was marked higher since, what goes
    back is marked so too.
    """

    class How(models.TextChoices):
        MERGED = "merged", "Merged"
        SPLIT = "split", "Split off"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    other = models.CharField(max_length=40)
    act = models.CharField(max_length=32, unique=True)
    how = models.CharField(max_length=10, choices=How.choices)
    marked = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=200, blank=True)

    objects = PartManager.from_queryset(RehomingQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        indexes = [models.Index(fields=["other"], name="rehomings_by_other")]

    def __str__(self):
        return f"{self.get_how_display()}: {self.other}"


class Move(Part):
    """Where a message lay before one such act: the addresses and names by which it was known there."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="moves")
    act = models.CharField(max_length=32)
    was_year = models.PositiveIntegerField()
    was_number = models.PositiveIntegerField()
    was_message = models.PositiveIntegerField()

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["act", "message"], name="one_move_a_message_an_act")]
        indexes = [models.Index(fields=["was_year", "was_number", "was_message"], name="moves_by_old_name")]

    def __str__(self):
        return f"{self.was_year}.{self.was_number}.{self.was_message}"
