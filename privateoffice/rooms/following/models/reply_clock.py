"""The clock of a letter that wants a reply: by when it is acknowledged and answered, and how it stands."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from privateoffice.foundations.clock import clock, reply_times
from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models import Conversation, Message


class ReplyClockQuerySet(ScopedQuerySet):
    def running(self):
        """Those whose letters still want a reply."""
        return self.filter(ended_at=None)

    def pressing(self, until: datetime):
        """Running ones whose acknowledgement or reply is due by a moment, or was."""
        unacknowledged = Q(acknowledged_at=None, acknowledge_by__lte=until)
        return self.running().filter(Q(reply_by__lte=until) | unacknowledged)

    def standing(self):
        """Those of letters that stand for themselves: what joined another letter's is counted and shown there."""
        return self.exclude(outcome=ReplyClock.Outcome.JOINED)

    def of(self, conversation: Conversation):
        return self.standing().filter(record_id=conversation.pk).order_by("-received_at", "-pk")

    def for_list(self):
        """With what a list shows of each, in a fixed number of queries."""
        return self.select_related("record__office").defer("record__people")


class ReplyClock(Part):
    """What one letter is owed. It begins with the first letter after our last reply, and ends with the next reply.

    All moments but that of receipt follow from the kind, from promises, and from what became of the letter: they
    are brought into step with these and never typed. Where its letter was merged into the round of an earlier
    one, and something was promised or acknowledged, it is kept as joined: it counts for that one, and for itself
    again when the merging is taken back. `kind_by` is empty while the kind is only proposed, and `why` says why
    it is.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        HANDED_ON = "handed_on", "Handed on"
        LET_GO = "let_go", "No reply wanted"
        JOINED = "joined", "Goes on with another letter"

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    kind_by = models.CharField(max_length=200, blank=True)
    why = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateTimeField(null=True, blank=True)
    at_most_by = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    objects = PartManager.from_queryset(ReplyClockQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="a_clock_that_ended_says_how",
            )
        ]
        indexes = [
            models.Index(fields=["reply_by"], name="clocks_running", condition=Q(ended_at=None)),
            models.Index(
                fields=["acknowledge_by"],
                name="clocks_unacknowledged",
                condition=Q(ended_at=None, acknowledged_at=None),
            ),
            models.Index(fields=["received_at"], name="clocks_by_receipt"),
        ]

    def __str__(self):
        return f"{self.name}, received {clock.day_of(self.received_at)}"

    @property
    def is_running(self) -> bool:
        return self.ended_at is None

    @property
    def is_proposed(self) -> bool:
        """Whether nobody has said of what kind it is."""
        return not self.kind_by

    @property
    def name(self) -> str:
        """Its kind, as the office calls it."""
        return reply_times.kinds().get(self.kind, self.kind.replace("-", " ").capitalize())

    @property
    def times(self) -> reply_times.ReplyTimes | None:
        """What its kind was promised on the day of its receipt."""
        return reply_times.on(clock.day_of(self.received_at)).get(self.kind)

    @property
    def weight(self) -> int:
        """How much it hurts, if it is late."""
        return self.times.weight if self.times else 0

    def wants_acknowledgement(self) -> bool:
        return self.is_running and self.acknowledged_at is None and self.acknowledge_by is not None

    @property
    def next_by(self) -> datetime | None:
        """What comes first: the acknowledgement that is owed, or the reply."""
        if self.wants_acknowledgement() and self.acknowledge_by:
            return min(filter(None, (self.acknowledge_by, self.reply_by)))
        return self.reply_by
