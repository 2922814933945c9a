"""What is kept of sending beside the outbox: our copies in Sent."""

from django.db import models

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.spine.mailboxes.models.mailbox import Mailbox


class SentCopy(models.Model):
    """The copy of something sent, in the mailbox's own Sent folder: put there once, after it was accepted."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="+")
    message_id = models.CharField(max_length=200, unique=True)
    taken_until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    put_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=500, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.message_id
