"""Delegations: the Commander lets a named person approve certain classes of item, from a moment to a moment."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.spine.approvals.models.classes import CLASSES


class DelegationQuerySet(models.QuerySet):
    def standing(self, at):
        """Those whose time it is, and which nobody revoked."""
        return self.filter(starts_at__lte=at, ends_at__gt=at).exclude(revocation__revoked_at__lte=at)

    def not_over(self, at):
        return self.filter(ends_at__gt=at, revocation=None)


class Delegation(models.Model):
    """Leave for one person to approve some classes of item for a time. It falls with the one who gave it."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    delegate = models.ForeignKey(Person, models.PROTECT, related_name="+")
    item_classes = models.JSONField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects = OfficeManager.from_queryset(DelegationQuerySet)()

    class Meta:
        base_manager_name = "objects"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_delegation_ends_after_it_starts"
            )
        ]

    def __str__(self):
        return f"{self.delegate} may approve {self.words}"

    @property
    def words(self) -> str:
        """The classes, as a person says them."""
        return ", ".join(CLASSES[code].words for code in self.item_classes)


class Revocation(models.Model):
    """A delegation taken back before its time."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    delegation = models.OneToOneField(Delegation, models.CASCADE, related_name="revocation")
    revoked_at = models.DateTimeField(default=timezone.now)
    revoked_by = models.CharField(max_length=200)

    objects = OfficeManager()

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"Revoked by {self.revoked_by}"
