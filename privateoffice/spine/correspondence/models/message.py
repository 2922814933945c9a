"""The message: one letter as it came, with what was read from it and what was odd about it."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Value

from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Original, Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.conversation import Conversation

ENDINGS = {"eml": ".eml", "mbox": ".eml", "maildir": ".eml", "msg": ".msg"}
UNTOLD = ("text", "references", "to", "cc", "attachments", "faults")


class MessageQuerySet(ScopedQuerySet):
    def newest_first(self):
        return self.order_by("-at", "-number")

    def in_brief(self):
        """Without what is long: for adding up and for lists."""
        return self.defer(*UNTOLD)

    def without_ask(self):
        """Those that came from outside and of which no ask was made, as the ledger counts them: not dealt with."""
        asks: models.QuerySet = models.QuerySet(self.model._meta.apps.get_model("correspondence", "Ask"))
        came = self.filter(~Exists(asks.filter(message=OuterRef("pk"))), is_from_us=False)
        return came.in_brief().select_related("record__office").annotate(came_at=F("at"), disposition=Value(""))


class Elsewhere(models.TextChoices):
    """What somebody did with a message in another mail program, as far as the mailbox shows it."""

    ANSWERED = "answered", "Answered elsewhere"
    DELETED = "deleted", "Deleted elsewhere"


class Message(Part):
    """One message of a conversation. Its bytes are kept as its original and never change."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    original = models.ForeignKey(Original, models.PROTECT, related_name="+")
    place = models.TextField()
    format = models.CharField(max_length=10)
    message_id = models.TextField(blank=True)
    in_reply_to = models.JSONField(default=list)
    references = models.JSONField(default=list)
    date_claimed = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    from_name = models.TextField(blank=True)
    from_address = models.TextField(blank=True)
    is_from_us = models.BooleanField(default=False)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    subject = models.TextField(blank=True)
    text = models.TextField(blank=True)
    has_html = models.BooleanField(default=False)
    remote_pictures = models.PositiveIntegerField(default=0)
    attachments = models.JSONField(default=list)
    invitations = models.JSONField(default=list)
    sender_warnings = models.JSONField(default=list)
    marked = models.PositiveSmallIntegerField(choices=Marking.choices, default=Marking.OFFICIAL)
    handling = models.CharField(max_length=200, blank=True)
    protected = models.CharField(max_length=200, blank=True)
    auto_submitted = models.CharField(max_length=200, blank=True)
    is_automatic = models.BooleanField(default=False)
    list_id = models.CharField(max_length=200, blank=True)
    faults = models.JSONField(default=list)
    needs_a_look = models.BooleanField(default=False)
    lies_in = models.CharField(max_length=500, blank=True)
    settled_elsewhere = models.CharField(max_length=10, choices=Elsewhere.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    rehomed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PartManager.from_queryset(MessageQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_message_a_number"),
            models.UniqueConstraint(fields=["original"], name="one_message_an_original"),
        ]
        indexes = [models.Index(fields=["record", "-at"], name="messages_newest_first")]

    def __str__(self):
        return self.subject or self.place

    @property
    def sender(self) -> str:
        return self.from_name or self.from_address or "No sender"

    @property
    def address(self) -> str:
        return f"{self.record.get_absolute_url()}messages/{self.number}/"

    @property
    def file_name(self) -> str:
        """What its original is called when it is saved."""
        return f"{self.record.reference.replace('/', '-')}-{self.number}{ENDINGS.get(self.format, '.eml')}"
