"""Re-directing an enquiry: it stays ours until the other unit says that it is theirs."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.enquiries.models.enquiry import Enquiry


class Acceptance(Part):
    """The receiving unit's word that the enquiry is theirs."""

    owner = "enquiry"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="+")
    accepted_by = models.CharField(max_length=120)
    accepted_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("enquiry")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.accepted_by


class Recall(Part):
    """Why a re-direction was taken back: the unit declined, or it was the wrong door."""

    owner = "enquiry"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    recalled_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("enquiry")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.reason


class RedirectionQuerySet(ScopedQuerySet):
    def standing(self):
        """Those that nobody has accepted or taken back."""
        return self.filter(acceptance=None, recall=None)

    def of_open(self):
        """Those standing on open enquiries, with what a line about each shows."""
        shown = ("unit", "enquiry__office", "enquiry__enquiry_kind", "enquiry__caller", "enquiry__owner")
        return self.standing().filter(enquiry__ended_at=None).select_related(*shown)

    def to_chase(self, at):
        return self.standing().filter(chase_at__lte=at)


class Redirection(Part):
    """That another unit was asked to take an enquiry. Its presence alone closes nothing."""

    owner = "enquiry"

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="redirections")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    redirected_at = models.DateTimeField(default=timezone.now)
    redirected_by = models.CharField(max_length=200)
    chase_at = models.DateTimeField()
    chased = models.PositiveSmallIntegerField(default=0)
    acceptance = models.OneToOneField(Acceptance, models.RESTRICT, null=True, blank=True, related_name="+")
    recall = models.OneToOneField(Recall, models.RESTRICT, null=True, blank=True, related_name="+")

    objects = PartManager.from_queryset(RedirectionQuerySet)("enquiry")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=Q(acceptance=None, recall=None),
                name="an_enquiry_is_with_one_unit_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(acceptance=None) | Q(recall=None), name="accepted_or_recalled_never_both"
            ),
        ]
        indexes = [models.Index(fields=["chase_at"], name="redirections_to_chase")]

    def __str__(self):
        return f"to {self.unit}"
