"""The picture on another machine that a message names, once somebody has asked to see it."""

from django.db import models

from privateoffice.foundations.records.models import Original, Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.conversation import Conversation
from privateoffice.spine.correspondence.models.message import Message


class RemotePictureQuerySet(ScopedQuerySet):
    def kept(self):
        """Those that were fetched and drawn anew, in the order of the page."""
        return self.filter(original__isnull=False).order_by("number")


class RemotePicture(Part):
    """One picture that somebody asked for: the new picture that we drew of it, or why it is left out.

    While neither stands it is being fetched, or was when the office stopped; asking again fetches it.
    """

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, related_name="pictures")
    number = models.PositiveIntegerField()
    address = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, blank=True)
    original = models.ForeignKey(Original, models.PROTECT, null=True, blank=True, related_name="+")
    left_out = models.CharField(max_length=200, blank=True)

    objects = PartManager.from_queryset(RemotePictureQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="one_picture_a_number")]

    def __str__(self):
        return self.address[:100]
