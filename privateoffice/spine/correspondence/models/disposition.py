"""What became of an ask: one disposition stands at a time, and an undoing ends it without losing it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.ask import Ask
from privateoffice.spine.correspondence.models.conversation import Conversation


class Way(models.TextChoices):
    """The nine things that can become of an ask."""

    ANSWERED = "answered", "Answered"
    ENQUIRY = "enquiry", "Enquiry"
    ACTION = "action", "Action"
    ENGAGEMENT = "engagement", "Engagement"
    FILED = "filed", "Filed"
    REDIRECTED = "re-directed", "Re-directed"
    COMMANDER = "for_commander", "For the Commander"
    WAITING = "waiting", "Waiting"
    NO_ACTION = "no_action", "No action"


class Filing(models.TextChoices):
    """The class under which a mail is filed, from which its time of keeping follows."""

    CORRESPONDENCE = "correspondence", "Correspondence, 2 years"
    COMPLAINT = "complaint", "Copy of a complaint, 6 years"
    MEETING = "meeting", "Senior leaders' papers and decisions, 6 years"
    PEOPLE = "people", "People and posts, 6 years"
    FINANCE = "finance", "Overtime, expenses and gifts, 6 years"
    CASE = "case", "Belongs to a crime or case file"


MADE_WAYS = (Way.ENQUIRY, Way.ACTION, Way.ENGAGEMENT, Way.REDIRECTED)
"""Those by which another record was made; it is linked to the conversation and named here."""


class Undoing(Part):
    """Why a disposition no longer stands."""

    class How(models.TextChoices):
        UNDONE = "undone", "Undone"
        RETURNED = "returned", "Came back"
        RULED = "ruled", "The Commander has said"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices, default=How.UNDONE)
    reason = models.TextField(blank=True)
    undone_at = models.DateTimeField(default=timezone.now)
    undone_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.reason[:80] or self.get_how_display()


class Sending(Part):
    """That the answer which an ask waited for was sent."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    delivery = models.CharField(max_length=40)
    sent_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.delivery


class DispositionQuerySet(ScopedQuerySet):
    def standing(self):
        return self.filter(undoing=None)

    def waiting_until(self, at):
        """Those that waited for an answer until a moment."""
        return self.standing().filter(way=Way.WAITING, until_at__lte=at)


class Disposition(Part):
    """What became of an ask. `made` is the reference of the record that it became; `pending_on` the draft that
    answers it and is not sent yet; `after_number` how many messages there were when it was made."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="dispositions")
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="dispositions")
    way = models.CharField(max_length=14, choices=Way.choices)
    words = models.TextField(blank=True)
    made = models.CharField(max_length=40, blank=True)
    made_path = models.CharField(max_length=80, blank=True)
    filed_as = models.CharField(max_length=20, choices=Filing.choices, blank=True)
    until_at = models.DateTimeField(null=True, blank=True)
    pending_on = models.CharField(max_length=40, blank=True)
    after_number = models.PositiveIntegerField(default=0)
    by_rule = models.CharField(max_length=120, blank=True)
    disposed_at = models.DateTimeField(default=timezone.now)
    disposed_by = models.CharField(max_length=200)
    sending = models.OneToOneField(Sending, models.RESTRICT, null=True, blank=True, related_name="disposition")
    undoing = models.OneToOneField(Undoing, models.RESTRICT, null=True, blank=True, related_name="disposition")

    objects = PartManager.from_queryset(DispositionQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        ordering = ["-disposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ask"], condition=Q(undoing=None), name="one_disposition_stands_on_an_ask"
            ),
            models.CheckConstraint(
                condition=Q(way=Way.WAITING, until_at__isnull=False) | Q(~Q(way=Way.WAITING), until_at=None),
                name="who_waits_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(~Q(filed_as=""), way=Way.FILED) | Q(~Q(way=Way.FILED), filed_as=""),
                name="what_is_filed_says_as_what",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=MADE_WAYS) | ~Q(made=""), name="what_became_a_record_names_it"
            ),
        ]
        indexes = [
            models.Index(
                fields=["until_at"], name="dispositions_waiting", condition=Q(way="waiting", undoing=None)
            ),
            models.Index(fields=["pending_on"], name="dispositions_pending", condition=~Q(pending_on="")),
            models.Index(
                fields=["way"],
                name="dispositions_for_commander",
                condition=Q(way__in=("for_commander", "waiting"), undoing=None),
            ),
        ]

    def __str__(self):
        return self.sentence

    @property
    def is_pending(self) -> bool:
        """Whether it says that an answer was given which has not left yet."""
        return bool(self.pending_on) and self.sending_id is None

    @property
    def sentence(self) -> str:
        """What became of it, as a page says it."""
        said = {
            Way.FILED: f"Filed as {self.get_filed_as_display().lower()}",
            Way.ANSWERED: f"Answered by {self.pending_on}, not sent yet" if self.is_pending else "Answered",
        }.get(Way(self.way), self.get_way_display())
        return f"{said} {self.made}".strip()


class Sight(Part):
    """That the Commander has seen what an ask wants: an act, and never a read flag."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    disposition = models.ForeignKey(Disposition, models.CASCADE, related_name="sights")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["disposition", "person"], name="seen_once_by_each_commander")
        ]

    def __str__(self):
        return f"seen by {self.person}"
