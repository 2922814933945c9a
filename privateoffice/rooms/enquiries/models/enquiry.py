"""An enquiry and what happens to it before it ends."""

from datetime import datetime

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import Closing, Link, Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager, has_part, part_of_it
from privateoffice.rooms.enquiries.models.caller import Caller
from privateoffice.rooms.enquiries.models.kind import EnquiryKind


class EnquiryQuerySet(RecordQuerySet):
    def unacknowledged(self):
        """Open enquiries to which nobody has answered so much as “we have it”."""
        return self.open().filter(~has_part(Acknowledgement))

    def redirected(self):
        """Open enquiries that another unit has been asked to take and has not."""
        return self.open().filter(_is_with_a_unit())

    def in_hand(self):
        """Open enquiries that are ours to answer."""
        return self.open().filter(~_is_with_a_unit())

    def from_caller(self, caller: Caller):
        return self.filter(caller=caller)

    def that_came_in(self):
        """Those that came as enquiries, not out of a letter, with when, and what became of each."""
        became = part_of_it(Closing).filter(reopening=None).values("outcome")[:1]
        disposition = Case(
            When(
                ended_at=None, then=Case(When(_is_with_a_unit(), then=Value("waiting")), default=Value("enquiry"))
            ),
            When(became__in=["answered", "re-directed"], then=F("became")),
            default=Value("no_action"),
            output_field=models.CharField(),
        )
        came = self.exclude(_is_of_a_letter()).annotate(came_at=F("received_at"), became=Subquery(became))
        return came.annotate(disposition=disposition)

    def owing(self):
        """Open ones with whether a role answers for each, and when it comes up next: a reply, or a chaser."""
        chased = part_of_it(_redirections()).filter(acceptance=None, recall=None).values("chase_at")[:1]
        return self.open().annotate(
            is_owned=Case(When(owner_role="", then=Value(False)), default=Value(True)),
            next_at=Coalesce(Subquery(chased), "due_at"),
        )

    def for_list(self):
        """With everything that a row of the list shows, in a fixed number of queries."""
        return self.select_related("office", "enquiry_kind", "caller", "owner", "acknowledgement")


def _is_with_a_unit() -> Exists:
    return has_part(_redirections(), acceptance=None, recall=None)


def _is_of_a_letter() -> Exists:
    """Whether it arises from something else that came in."""
    sources = Link.objects.filter(from_record_id=OuterRef("pk"), kind=Link.Kind.ARISES_FROM)
    return Exists(sources.exclude(to_record__kind=Enquiry._meta.label_lower))


def _redirections() -> type[Part]:
    return Enquiry._meta.apps.get_model("enquiries", "Redirection")


class Enquiry(Record):
    """A question put to the office by phone, by email or at the desk."""

    class Channel(models.TextChoices):
        PHONE = "phone", "By phone"
        EMAIL = "email", "By email"
        IN_PERSON = "in_person", "In person"

    channel = models.CharField(max_length=20, choices=Channel.choices)
    enquiry_kind = models.ForeignKey(EnquiryKind, models.PROTECT, related_name="+")
    caller = models.ForeignKey(Caller, models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.TextField()
    received_at = models.DateTimeField(default=timezone.now)
    acknowledge_by = models.DateTimeField()
    reply_at_most_by = models.DateTimeField()
    owner_role = models.CharField(max_length=20, choices=Role.choices, default=Role.PA)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RecordManager.from_queryset(EnquiryQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["received_at"], name="enquiries_by_receipt"),
            models.Index(fields=["caller", "-received_at"], name="enquiries_of_a_caller"),
        ]

    @property
    def redirection(self):
        """The re-direction that waits for an answer, or nothing."""
        return self.redirections.standing().first()

    @property
    def is_acknowledged(self) -> bool:
        return hasattr(self, "acknowledgement")

    @property
    def was_acknowledged_in_time(self) -> bool:
        return self.is_acknowledged and self.acknowledgement.acknowledged_at <= self.acknowledge_by

    @property
    def whose(self) -> str:
        """Who answers for it now: a person by name, else the role."""
        return self.owner.ranked_name if self.owner else Role(self.owner_role).label

    @property
    def statutory_on(self):
        return self.enquiry_kind.statutory_on(clock.london(self.received_at).date())

    def is_late(self, now: datetime) -> bool:
        return bool(self.due_at and self.due_at < now)


class Acknowledgement(Part):
    """That the caller was told that we have it: its presence is what makes an enquiry acknowledged."""

    owner = "enquiry"

    enquiry = models.OneToOneField(Enquiry, models.CASCADE, related_name="acknowledgement")
    how = models.CharField(max_length=20, choices=Enquiry.Channel.choices)
    acknowledged_at = models.DateTimeField(default=timezone.now)
    acknowledged_by = models.CharField(max_length=200)

    objects = PartManager("enquiry")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.get_how_display()} {self.acknowledged_at:%d %b %H:%M}"


class Promise(Part):
    """A reply date that was changed: the old one stays, with the reason."""

    owner = "enquiry"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="promises")
    was_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    promised_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("enquiry")

    class Meta:
        base_manager_name = "objects"
        ordering = ["promised_at"]

    def __str__(self):
        return self.reason


class Note(Part):
    """What was said or found while an enquiry was open."""

    owner = "enquiry"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="notes")
    text = models.TextField()
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.CharField(max_length=200)

    objects = PartManager("enquiry")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-noted_at"]

    def __str__(self):
        return self.text[:80]
