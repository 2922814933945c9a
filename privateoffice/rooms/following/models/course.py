"""What stops or moves a clock: an acknowledgement, a holding reply, a new promise, and what was no reply."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager
from privateoffice.rooms.following.models.reply_clock import ReplyClock
from privateoffice.spine.correspondence.models import Conversation, Message


class Acknowledgement(Part):
    """That whoever wrote was told that we have it, otherwise than by a letter from here."""

    class How(models.TextChoices):
        PHONE = "phone", "By phone"
        EMAIL = "email", "By email"
        POST = "post", "By post"
        IN_PERSON = "in_person", "In person"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    clock = models.OneToOneField(ReplyClock, models.CASCADE, related_name="acknowledgement")
    how = models.CharField(max_length=20, choices=How.choices)
    acknowledged_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.get_how_display()


class OnlyAcknowledged(Part):
    """That a letter of ours, sent from another mail program, was no reply and only said that we have it."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"message {self.message_id}"


class HoldingReply(Part):
    """A draft that says that we have it and, mostly, by when a reply comes. It counts when it has been sent.

    `draft` and `delivery` are references, so that either may be disposed of without the other.
    """

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    clock = models.ForeignKey(ReplyClock, models.CASCADE, related_name="holdings")
    draft = models.CharField(max_length=40, unique=True)
    promised_on = models.DateField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)
    delivery = models.CharField(max_length=40, blank=True)
    message_key = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    is_kept_to = models.BooleanField(default=True)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        indexes = [models.Index(fields=["sent_at"], name="holdings_to_follow", condition=models.Q(sent_at=None))]

    def __str__(self):
        return self.draft

    @property
    def address(self) -> str:
        """Where its draft stands."""
        year, number = self.draft.split("/")[-2:]
        return f"/{self.record.office.slug}/drafts/{year}/{int(number)}/"


class Promise(Part):
    """A reply date that was moved: the old one stays, with the reason and what told the correspondent."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    clock = models.ForeignKey(ReplyClock, models.CASCADE, related_name="promises")
    was_by = models.DateTimeField()
    by = models.DateTimeField()
    reason = models.CharField(max_length=200)
    promised_at = models.DateTimeField(default=timezone.now)
    promised_by = models.CharField(max_length=200)
    holding = models.OneToOneField(HoldingReply, models.CASCADE, null=True, blank=True, related_name="promise")

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self):
        return self.reason
