"""What a mail says of an action that was chased, and what came of it: one outcome stands at a time."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.conversation import Conversation
from privateoffice.spine.correspondence.models.message import Message


class AnswerQuerySet(ScopedQuerySet):
    def to_decide(self):
        """Those that were not plain, and on which nobody has decided."""
        return self.filter(outcome=None)

    def oldest_first(self):
        return self.order_by("message__at", "pk")


class Answer(Part):
    """One mail's answer for one chased action: as it was read, or why it is left to a person.

    `action` is the action's reference, so that either may be disposed of without the other.
    """

    class Said(models.TextChoices):
        DONE = "done", "Done"
        NEW_DATE = "new_date", "A new date"
        NOT_MINE = "not_mine", "Not theirs"
        UNSURE = "unsure", "Not plain"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="answers")
    message = models.ForeignKey(Message, models.CASCADE, related_name="answers")
    action = models.CharField(max_length=40)
    said = models.CharField(max_length=10, choices=Said.choices)
    due_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    objects = PartManager.from_queryset(AnswerQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["message", "action"], name="one_answer_a_mail_for_an_action"),
            models.CheckConstraint(
                condition=Q(said="new_date", due_on__isnull=False) | Q(~Q(said="new_date"), due_on=None),
                name="a_new_date_names_its_day",
            ),
        ]
        indexes = [models.Index(fields=["action"], name="answers_by_action")]

    def __str__(self):
        return f"{self.get_said_display()}: {self.action}"


class Outcome(Part):
    """What came of an answer: it was carried out by itself, somebody decided, or it was set aside."""

    class Kind(models.TextChoices):
        READ = "read", "Carried out as read"
        DECIDED = "decided", "Decided by hand"
        ASIDE = "aside", "Nothing to do"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="outcome")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    said = models.CharField(max_length=10, choices=Answer.Said.choices)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=200)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return self.get_kind_display()
