"""The draft: what the office writes, by several hands, until it is put before somebody or sent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager, ScopedQuerySet, has_part
from privateoffice.spine.approvals.models import Addressee, frozen


class SenderAs(models.TextChoices):
    """In whose name something goes."""

    OWN = "own", "In my own name"
    BEHALF = "behalf", "On behalf of the Commander"
    COMMANDER = "commander", "As the Commander"


class Form(models.TextChoices):
    """In what form it goes."""

    MAIL = "mail", "Email"
    PDF = "pdf", "Email with the letter as PDF"
    WORD = "word", "Email with the letter in Word"


class DraftQuerySet(RecordQuerySet):
    def in_hand(self):
        """Those that are written on: neither gone out nor on the way."""
        return self.open().filter(~has_part(Dispatch, ended_at=None))

    def on_the_way(self):
        return self.open().filter(has_part(Dispatch, ended_at=None))

    def silent(self, day):
        """Those that were sent, wanted an answer by a day that has passed, and wait for it."""
        return self.closed().filter(answer_by__lt=day, answer_by__isnull=False)


class Draft(Record):
    """A text with its recipients. `answers` names the asks that it answers, `answered_in` the
    reference of the conversation where they stand."""

    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    bcc = models.JSONField(default=list)
    sender_as = models.CharField(max_length=10, choices=SenderAs.choices, default=SenderAs.OWN)
    form = models.CharField(max_length=4, choices=Form.choices, default=Form.MAIL)
    answers = models.JSONField(default=list)
    answered_in = models.CharField(max_length=80, blank=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    thread = models.TextField(blank=True)
    thread_marking = models.PositiveSmallIntegerField(default=1)
    send_after = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    drafter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RecordManager.from_queryset(DraftQuerySet)()

    class Meta:
        base_manager_name = "objects"

    @property
    def recipients(self) -> list[Addressee]:
        """Everybody to whom it goes, in order."""
        return [
            Addressee(kind, name, address)
            for kind, people in (("to", self.to), ("cc", self.cc), ("bcc", self.bcc))
            for name, address in people
        ]

    @property
    def dispatch(self):
        """That it is on its way, or nothing."""
        return self.dispatches.filter(ended_at=None).first()


class File(Part):
    """A file that goes with a draft, with what lies hidden in it. Its bytes are kept under their digest.

    `came_from` is the reference of the record that held it, and `marking` what that record was marked.
    """

    owner = "draft"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    hidden = models.JSONField(default=list)
    marking = models.PositiveSmallIntegerField(choices=Marking.choices, default=Marking.OFFICIAL)
    came_from = models.CharField(max_length=40, blank=True)

    objects = PartManager("draft")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["draft", "digest"], name="a_file_goes_once_with_a_draft")]

    def __str__(self):
        return self.name

    @property
    def data(self) -> bytes:
        return frozen.read(self.draft.office, self.digest)


class Acceptance(Part):
    """That somebody looked at what a check found and lets it go out all the same, with the reason.

    `about` is the digest of what was found: when that changes, the acceptance no longer counts.
    """

    owner = "draft"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="acceptances")
    check_code = models.CharField(max_length=20)
    about = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    accepted_at = models.DateTimeField(default=timezone.now)
    accepted_by = models.CharField(max_length=200)

    objects = PartManager("draft")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "check_code", "about"], name="accepted_once_for_what_was_found"
            )
        ]

    def __str__(self):
        return self.reason


class Dispatch(Part):
    """That a draft is on its way: before whoever approves it, or in the outbox. Ended where it came back."""

    owner = "draft"

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="dispatches")
    submission = models.CharField(max_length=40, blank=True)
    delivery = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField()
    dispatched_at = models.DateTimeField(default=timezone.now)
    dispatched_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True)

    objects = PartManager.from_queryset(ScopedQuerySet)("draft")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-dispatched_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(ended_at=None), name="a_draft_is_on_one_way_at_a_time"
            )
        ]

    def __str__(self):
        return self.delivery or self.submission
