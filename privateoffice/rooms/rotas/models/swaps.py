"""Swaps: asked, agreed, approved or ended; and the open duty that is offered to one after another."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.rooms.rotas.models.duty import Duty
from privateoffice.rooms.rotas.models.period import Period


class SwapEnding(Part):
    """How a swap ended: made, refused, withdrawn, or overtaken by another change."""

    class Outcome(models.TextChoices):
        MADE = "made", "Made"
        DECLINED = "declined", "Declined by the other"
        REFUSED = "refused", "Not approved"
        WITHDRAWN = "withdrawn", "Withdrawn"
        OVERTAKEN = "overtaken", "Overtaken: the duty is somebody else’s now"

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(default=timezone.now)
    ended_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.get_outcome_display()


class SwapQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(ending=None)

    def for_list(self):
        return self.select_related("asker", "other", "ending", "agreement", "period__office", "period__rota")


class Swap(Part):
    """One person asks another to take a duty, or to exchange it for one of theirs. `advice` is what rules say."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="swaps")
    number = models.PositiveIntegerField()
    asker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    advice = models.JSONField(default=list)
    secret = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.CharField(max_length=200)
    ending = models.OneToOneField(SwapEnding, models.RESTRICT, null=True, blank=True, related_name="swap")

    objects = PartManager.from_queryset(SwapQuerySet)("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["period", "number"], name="one_swap_a_number")]
        indexes = [models.Index(fields=["secret"], name="swaps_by_secret")]

    def __str__(self):
        return f"{self.asker} asks {self.other}"

    @property
    def is_agreed(self) -> bool:
        return hasattr(self, "agreement")

    @property
    def state(self) -> str:
        if self.ending:
            return self.ending.get_outcome_display()
        return "Agreed, to approve" if self.is_agreed else "Asked"


class SwapSide(Part):
    """One duty of a swap, from whom and to whom. A duty is in one open swap at a time."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    swap = models.ForeignKey(Swap, models.CASCADE, related_name="sides")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="swap_sides")
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ending = models.ForeignKey(SwapEnding, models.RESTRICT, null=True, blank=True, related_name="sides")

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(ending=None), name="a_duty_is_in_one_open_swap")
        ]

    def __str__(self):
        return f"{self.duty}: {self.giver} to {self.taker}"


class Agreement(Part):
    """The other person's word that they will swap."""

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="+")
    swap = models.OneToOneField(Swap, models.CASCADE, related_name="agreement")
    how = models.CharField(max_length=20)
    agreed_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=200)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"{self.swap}: agreed"


class Invitation(Part):
    """An open duty offered to a person; `place` is their turn, by who has done least. One taker wins."""

    class Answer(models.TextChoices):
        TAKEN = "taken", "Took it"
        DECLINED = "declined", "Declined"
        TOO_LATE = "too_late", "Somebody else took it"

    owner = "period"

    period = models.ForeignKey(Period, models.CASCADE, related_name="invitations")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=20, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager("period")

    class Meta:
        base_manager_name = "objects"
        ordering = ["duty", "place"]
        indexes = [models.Index(fields=["secret"], name="invitations_by_secret")]
        constraints = [
            models.UniqueConstraint(fields=["duty", "person"], name="a_person_is_invited_once_to_a_duty"),
            models.UniqueConstraint(
                fields=["duty"], condition=Q(answer="taken"), name="an_open_duty_has_one_taker"
            ),
        ]

    def __str__(self):
        return f"{self.duty} offered to {self.person}"
