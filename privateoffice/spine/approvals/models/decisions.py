"""What is decided about an offer: its approval, how an approval is voided, and how an offer ends."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import KeptDigest, Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.approvals.models.delegation import Delegation
from privateoffice.spine.approvals.models.submission import Offer, Submission


class Ending(Part):
    """Why an offer no longer stands: returned with a note, withdrawn, or replaced by a newer version."""

    class Way(models.TextChoices):
        RETURNED = "returned", "Returned"
        WITHDRAWN = "withdrawn", "Withdrawn"
        AMENDED = "amended", "Amended"

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="endings")
    way = models.CharField(max_length=10, choices=Way.choices)
    note = models.TextField(blank=True)
    ended_at = models.DateTimeField(default=timezone.now)
    ended_by = models.CharField(max_length=200)

    objects = PartManager("submission")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.get_way_display()}: {self.note[:80]}"


class Void(Part):
    """Why an approval no longer counts."""

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="voids")
    reason = models.CharField(max_length=200)
    voided_at = models.DateTimeField(default=timezone.now)
    voided_by = models.CharField(max_length=200)

    objects = PartManager("submission")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.reason


class ApprovalQuerySet(ScopedQuerySet):
    def standing(self):
        """Those not voided whose version still stands."""
        return self.filter(void=None, offer__ending=None)


class Approval(Part):
    """Leave to send exactly one version, given by one person. On paper, it names who recorded it and the scan."""

    owner = "submission"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="approvals")
    offer = models.OneToOneField(Offer, models.CASCADE, related_name="approval")
    fingerprint = models.CharField(max_length=64)
    approver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    delegation = models.ForeignKey(Delegation, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(default=timezone.now)
    signed_on = models.DateField(null=True, blank=True)
    recorder = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    scan = KeptDigest(blank=True)
    void = models.OneToOneField(Void, models.RESTRICT, null=True, blank=True, related_name="approval")

    objects = PartManager.from_queryset(ApprovalQuerySet)("submission")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(void=None), name="one_approval_stands_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(scan="", recorder=None, signed_on=None)
                | Q(~Q(scan=""), recorder__isnull=False, signed_on__isnull=False),
                name="an_approval_on_paper_has_scan_and_recorder",
            ),
        ]

    def __str__(self):
        return f"{self.submission_id} approved by {self.approver}"

    @property
    def is_on_paper(self) -> bool:
        return bool(self.scan)
