"""A submission and its offers: each offer is one frozen version of exactly what would go out."""

from collections.abc import Sequence

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import KeptDigest, Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import (
    PartManager,
    RecordManager,
    ScopedQuerySet,
    has_part,
    part_of_it,
)
from privateoffice.spine.approvals.models import classes, frozen
from privateoffice.spine.approvals.models.content import Addressee, Content, Enclosure, in_groups


class SubmissionQuerySet(RecordQuerySet):
    def for_list(self):
        """With what a list shows of each, in a fixed number of queries; the soonest wanted first."""
        offers = Offer.objects.select_related("ending", "approval__approver", "offered_by").order_by("-number")
        return self.prefetch_related(models.Prefetch("offers", offers)).order_by(
            models.F("due_at").asc(nulls_last=True), "made_at"
        )

    def awaiting(self):
        """Those that wait for a decision."""
        return self.open().filter(_is_offered(), ~_is_approved())

    def returned(self):
        """Those that came back and wait for a new version."""
        return self.open().filter(~_is_offered())

    def approved(self):
        """Those that are approved and have not gone out yet."""
        return self.open().filter(_is_offered(), _is_approved())

    def owing(self):
        """Open ones with who has each, and when it comes up: when wanted, else since when it stands there.

        What is approved and goes by mail leaves by itself. What goes another way stands until somebody sends it,
        and nobody is told to.
        """
        offered = part_of_it(Offer).filter(ending=None)
        standing, by_mail = offered.values("offered_at")[:1], offered.values("channel")[:1]
        returned = part_of_it(_endings()).order_by("-pk").values("ended_at")[:1]
        since = Coalesce(Subquery(standing), Subquery(returned))
        stuck = Q(is_approved=True) & ~Q(channel=Offer.Channel.MAIL)
        return self.open().annotate(
            is_owned=Value(True, BooleanField()),
            is_approved=_is_approved(),
            is_offered=_is_offered(),
            channel=Subquery(by_mail),
            next_at=Case(When(stuck, then=Value(None)), default=Coalesce(F("due_at"), since)),
        )


def _endings():
    return Submission._meta.apps.get_model("approvals", "Ending")


def _is_offered():
    return has_part(Offer, ending=None)


def _is_approved():
    return has_part(Offer, ending=None, approval__isnull=False, approval__void=None)


class Submission(Record):
    """Something that is to go out in the Commander's name, and what became of it."""

    item_class = models.CharField("kind of item", max_length=20, choices=classes.CHOICES)
    summary = models.CharField(max_length=300, blank=True)
    recommendation = models.CharField(max_length=300, blank=True)
    drafter = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    objects = RecordManager.from_queryset(SubmissionQuerySet)()

    class Meta:
        base_manager_name = "objects"

    @property
    def declared_class(self) -> classes.ItemClass:
        return classes.CLASSES[self.item_class]

    @property
    def offer(self):
        """The version that stands, or nothing where it was returned or withdrawn."""
        return self.offers.standing().select_related("offered_by", "approval").first()

    @property
    def owed_by(self) -> str:
        """Who has it now, of one that was read `owing`: whoever decides, or the office that drafts and sends."""
        awaits = self.is_offered and not self.is_approved
        return Role.COMMANDER.label if awaits else Role.PA.label

    @property
    def latest_offer(self):
        return self.offers.select_related("offered_by", "ending").order_by("-number").first()


class OfferQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(ending=None)


class Offer(Part):
    """One frozen version of a submission: exactly what would go out. It stands until an ending ends it."""

    class Channel(models.TextChoices):
        MAIL = "mail", "Email"
        POST = "post", "Post"
        INVITATION = "invitation", "Invitation"
        PAGE = "page", "Page"

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="offers")
    number = models.PositiveIntegerField()
    channel = models.CharField(max_length=20, choices=Channel.choices)
    in_name_of = models.CharField(max_length=20, choices=Role.choices)
    sender_name = models.CharField(max_length=200)
    sender_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    checks = models.JSONField(default=list, blank=True)
    fingerprint = models.CharField(max_length=64)
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    offered_for = models.CharField(max_length=200, blank=True)
    ending = models.OneToOneField("Ending", models.RESTRICT, null=True, blank=True, related_name="offer")

    objects = PartManager.from_queryset(OfferQuerySet)("submission")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_offer_a_number"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(ending=None), name="one_offer_stands_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.submission_id} version {self.number}"

    @property
    def content(self) -> Content:
        """What would go out, read again from what is stored: rows and files."""
        return self.as_content(
            [recipient.addressee for recipient in self.recipients.order_by("position")],
            [paper.enclosure_now for paper in self.attachments.order_by("position")],
        )

    def as_content(self, recipients: Sequence[Addressee], enclosures: Sequence[Enclosure]) -> Content:
        """This version's own words, and the record's class and marking as they stand now, with what goes along."""
        submission = Submission.objects.get(pk=self.submission_id)
        return Content(
            item_class=submission.item_class,
            channel=self.channel,
            in_name_of=self.in_name_of,
            sender_name=self.sender_name,
            sender_address=self.sender_address,
            subject=self.subject,
            text=self.text,
            marking=submission.marking,
            handling=submission.handling,
            recipients=tuple(recipients),
            enclosures=tuple(enclosures),
        )

    @property
    def is_untouched(self) -> bool:
        """Whether every stored byte is still what was offered."""
        return self.content.fingerprint == self.fingerprint

    @property
    def fingerprint_in_groups(self) -> str:
        return in_groups(self.fingerprint)


class Recipient(Part):
    """One to whom a version would go, in its place in the order."""

    class Kind(models.TextChoices):
        TO = "to", "To"
        CC = "cc", "Copy"
        BCC = "bcc", "Blind copy"
        POST = "post", "By post"

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="recipients")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=200, blank=True)
    address = models.TextField()

    objects = PartManager("submission")

    class Meta:
        base_manager_name = "objects"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["offer", "position"], name="one_recipient_a_place")]

    def __str__(self):
        return self.name or self.address

    @property
    def addressee(self) -> Addressee:
        return Addressee(self.kind, self.name, self.address)


class Attachment(Part):
    """One file that would go with a version. Its bytes are frozen under their digest."""

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="attachments")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    digest = KeptDigest()
    size = models.PositiveBigIntegerField()
    is_rendered = models.BooleanField(default=False)

    objects = PartManager("submission")

    class Meta:
        base_manager_name = "objects"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["offer", "position"], name="one_attachment_a_place")]

    def __str__(self):
        return self.name

    @property
    def enclosure(self) -> Enclosure:
        """What it was when it was frozen."""
        return Enclosure(self.name, self.content_type, self.digest, self.is_rendered)

    @property
    def enclosure_now(self) -> Enclosure:
        """What it is, with the digest of the bytes that lie there now."""
        lies_there = frozen.digest_now(self.submission.office, self.digest)
        return Enclosure(self.name, self.content_type, lies_there, self.is_rendered)

    @property
    def data(self) -> bytes:
        return frozen.read(self.submission.office, self.digest)
