"""That Microsoft 365 was asked to say when a mailbox changes, until when, and the proof of its word."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.spine.mailboxes.models.mailbox import Mailbox


class Subscription(models.Model):
    """One for each mailbox that is told of. `proof` is the digest of the word that each notification bears."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.OneToOneField(Mailbox, models.CASCADE, related_name="subscription")
    key = models.CharField(max_length=200, unique=True)
    proof = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.mailbox_id} until {self.ends_at}"
