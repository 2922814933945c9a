"""The conversation, letters that answer one another, and the strands by which they find each other."""

from django.db import models

from privateoffice.foundations.records.models import Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager, has_part


class ConversationQuerySet(RecordQuerySet):
    def unanswered(self):
        """Those in which somebody outside waits for us; automatic mail and lists do not wait."""
        return self.open().filter(waiting_since__isnull=False)

    def to_sort(self):
        """Those of which something that is asked has no disposition yet."""
        return self.filter(has_part(self.model._meta.apps.get_model("correspondence", "Ask"), settled_at=None))

    def needing_a_look(self):
        return self.filter(needs_a_look=True)

    def with_messages(self):
        """Without those whose messages were all put elsewhere."""
        return self.filter(message_count__gt=0)

    def newest_first(self):
        return self.order_by("-last_at", "-pk")


class Conversation(Record):
    """Messages that belong together. What stands here beside the title is added up from them.

    `box` names the readers of the mailbox that it came by, where these are not the whole office: mail of one box
    never joins a conversation of another, so that nobody comes to read what was not for them. `went_to` is the
    reference of the one into which it was merged; it holds no message then. `last_number` is never given twice.
    """

    correspondent = models.CharField(max_length=200, blank=True)
    correspondent_address = models.CharField(max_length=320, blank=True)
    subject_key = models.CharField(max_length=200, blank=True)
    people = models.JSONField(default=list)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    message_count = models.PositiveIntegerField(default=1)
    is_from_us_last = models.BooleanField(default=False)
    waiting_since = models.DateTimeField(null=True, blank=True)
    has_warnings = models.BooleanField(default=False)
    has_attachments = models.BooleanField(default=False)
    needs_a_look = models.BooleanField(default=False)
    last_number = models.PositiveIntegerField(default=0, editable=False)
    went_to = models.CharField(max_length=40, blank=True, editable=False)
    box = models.CharField(max_length=60, blank=True, editable=False)

    objects = RecordManager.from_queryset(ConversationQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["-last_at"], name="conversations_newest_first"),
            models.Index(fields=["waiting_since"], name="conversations_waiting"),
            models.Index(fields=["subject_key"], name="conversations_by_subject"),
            models.Index(fields=["correspondent_address", "-last_at"], name="conversations_by_writer"),
        ]

    @property
    def path(self) -> str:
        """The part of the address behind the office, as other rooms are given it."""
        return f"mail/{self.year}/{self.number}"


class Strand(Part):
    """A Message-ID, in digest, that a message of the conversation bears or names.

    It is decided where somebody merged or split: later mail follows that, whatever else it names.
    """

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32)
    is_decided = models.BooleanField(default=False)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="one_strand_a_conversation")]
        indexes = [models.Index(fields=["key"], name="strands_by_key")]

    def __str__(self):
        return self.key
