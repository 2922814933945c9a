"""What is kept of Microsoft 365 beside the ledger: tokens, lines, and letters on their way out as drafts."""

from django.db import models
from django.utils import timezone

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.spine.mailboxes.models import secrets
from privateoffice.spine.mailboxes.models.mailbox import Mailbox


class SignedIn(models.Model):
    """What msal remembers for a mailbox, sealed: of the application, or of one person who signed in to send."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="sign_ins")
    actor = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=320, blank=True)
    secret = models.TextField(blank=True)
    signed_in_at = models.DateTimeField(default=timezone.now)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["mailbox", "actor"], name="one_sign_in_a_person")]

    def __str__(self):
        return self.account or "the application"

    @property
    def memory(self) -> str:
        """What msal wrote. Raises secrets.Locked."""
        return secrets.opened(self.secret).get("memory", "")


class Line(models.Model):
    """One of the few calls that may go on at once in one mailbox, over all workers: taken for a time."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    taken_by = models.CharField(max_length=64, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["mailbox", "number"], name="one_line_a_number")]

    def __str__(self):
        return f"{self.mailbox_id} {self.number}"


class SentDraft(models.Model):
    """A letter on its way out as a draft: whose try it is, the draft, and when it was told to leave."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="+")
    message_id = models.CharField(max_length=200, unique=True)
    taken_by = models.CharField(max_length=64)
    draft = models.CharField(max_length=500, blank=True)
    sending_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.message_id
