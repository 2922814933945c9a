"""The course of an action, in rows: changed dates, changed owners, risks, pauses, notes, and how it was done."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.actions.models.action import Action


class ChangeOfDateQuerySet(ScopedQuerySet):
    def slips(self):
        """Changes to a later day."""
        return self.filter(to_on__gt=F("from_on"))


class ChangeOfDate(Part):
    """A changed date keeps the old one and a reason. To a later day it is a slip, and counted."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="changes_of_date")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.TextField()
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=200)

    objects = PartManager.from_queryset(ChangeOfDateQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(to_on=F("from_on")), name="a_change_of_date_changes_it")
        ]

    def __str__(self):
        return f"{self.from_on} to {self.to_on}"

    @property
    def is_slip(self) -> bool:
        return self.to_on > self.from_on


class Passing(Part):
    """An action passed from one owner to another."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="passings")
    from_owner = models.CharField(max_length=200)
    to_owner = models.CharField(max_length=200)
    reason = models.TextField()
    passed_at = models.DateTimeField(default=timezone.now)
    passed_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.from_owner} to {self.to_owner}"


class RiskQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(ended_at=None)


class Risk(Part):
    """Said to be at risk, and why, until it is said to be on track again or gets a new date."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="risks")
    reason = models.TextField()
    said_at = models.DateTimeField(default=timezone.now)
    said_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(RiskQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(ended_at=None), name="one_risk_stands")
        ]

    def __str__(self):
        return self.reason[:80]


class PauseQuerySet(ScopedQuerySet):
    def standing_on(self, day):
        return self.filter(resumed_at=None, until__gt=day)


class Pause(Part):
    """No chasing up to a day, and why. On that day the ladder goes on."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="pauses")
    until = models.DateField()
    reason = models.TextField()
    paused_at = models.DateTimeField(default=timezone.now)
    paused_by = models.CharField(max_length=200)
    resumed_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(PauseQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self):
        return self.reason[:80]


class Note(Part):
    """What was said about an action while it runs."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="notes")
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-pk"]

    def __str__(self):
        return self.text[:80]


class SendingBack(Part):
    """Why a discharge was not accepted."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="sendings_back")
    reason = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]

    def __str__(self):
        return self.reason[:80]


class DischargeQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(sending_back=None)


class Discharge(Part):
    """The owner's word that it is done. It stands until it is sent back."""

    record = models.ForeignKey(Action, models.CASCADE, related_name="discharges")
    words = models.TextField()
    discharged_at = models.DateTimeField(default=timezone.now)
    discharged_by = models.CharField(max_length=200)
    owner_words = models.CharField(max_length=200)
    sending_back = models.OneToOneField(
        SendingBack, models.RESTRICT, null=True, blank=True, related_name="discharge"
    )

    objects = PartManager.from_queryset(DischargeQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(sending_back=None), name="one_discharge_stands")
        ]

    def __str__(self):
        return self.words[:80]
