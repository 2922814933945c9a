"""A delivery: one thing that leaves the house once, those to whom it goes, and the files that go with it."""

from django.db import models
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, Value, When

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import KeptDigest, Link, Part, Record, RecordQuerySet
from privateoffice.foundations.records.scoped import PartManager, RecordManager, among_those_with
from privateoffice.spine.approvals.models import (
    Addressee,
    Content,
    Enclosure,
    Offer,
    Recipient,
    Submission,
    frozen,
)
from privateoffice.spine.deliveries.models.states import UNFINISHED, State


class DeliveryQuerySet(RecordQuerySet):
    def with_states(self):
        """With all that tells the state of each, in a fixed number of queries."""
        return self.select_related("turn").prefetch_related("stops", "destinations", "closings", "bounces")

    def in_state(self, state, at):
        """Those in one state at a moment: the same answer as each one's own `state`."""
        held = among_those_with(_part("Stop"), lifted_at=None)
        taken = Q(turn__taken_until__gte=at)
        queued = self.filter(turn__isnull=False)
        at_rest = self.open().filter(turn=None)
        doubtful = among_those_with(Destination, state=Destination.State.UNCERTAIN)
        return {
            State.HELD: lambda: queued.filter(held),
            State.WAITING: lambda: queued.exclude(held).filter(turn__is_waiting=True),
            State.SENDING: lambda: queued.exclude(held).filter(taken, turn__is_waiting=False),
            State.QUEUED: lambda: queued.exclude(held).exclude(taken).filter(turn__is_waiting=False),
            State.UNCERTAIN: lambda: at_rest.filter(doubtful),
            State.REFUSED: lambda: at_rest.exclude(doubtful),
        }.get(state, lambda: self.filter(closings__outcome=state, closings__reopening=None))()

    def owing(self):
        """Open ones with when each comes up next: its turn, else since when it stands before the office.

        What waits for an approval comes up with its submission, and never where that is closed or gone.
        """
        bound = Link.objects.filter(from_record_id=OuterRef("pk"), kind=Link.Kind.ARISES_FROM)
        may_come = bound.filter(to_record__ended_at=None, to_record__kind=Submission._meta.label_lower)
        waits = Q(turn__is_waiting=True)
        return self.open().annotate(
            is_owned=Value(True, BooleanField()),
            next_at=Case(
                When(waits & ~Exists(may_come), then=Value(None)),
                When(turn__isnull=False, then=F("turn__not_before")),
                default=F("made_at"),
            ),
        )

    def counted(self, at):
        """How many want something, by state; what is closed is not counted."""
        return {state: self.in_state(state, at).count() for state in UNFINISHED}

    def come_back(self):
        """Those of which something came back that nobody has seen to."""
        return self.filter(among_those_with(_part("Bounce"), is_final=True, seen_to_at=None))

    def sent_between(self, start, end):
        return self.filter(
            closings__outcome=State.SENT,
            closings__reopening=None,
            closings__closed_at__gte=start,
            closings__closed_at__lt=end,
        )


def _part(name):
    """A kind of part that is defined after the delivery itself."""
    return Delivery._meta.apps.get_model("deliveries", name)


class Delivery(Record):
    """Something that leaves the house: written with the act that caused it, sent once, provable."""

    channel = models.CharField(max_length=20, choices=Offer.Channel.choices)
    item_class = models.CharField(max_length=20, blank=True)
    in_name_of = models.CharField(max_length=20, choices=Role.choices)
    sender_name = models.CharField(max_length=200)
    sender_address = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=998)
    text = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(max_length=998, blank=True)
    thread = models.TextField(blank=True)
    once = models.CharField(max_length=200, unique=True, null=True, blank=True)
    is_bulk = models.BooleanField(default=False)
    needs_approval = models.BooleanField(default=False)
    posted_by = models.CharField(max_length=200)
    posted_for = models.CharField(max_length=200, blank=True)

    objects = RecordManager.from_queryset(DeliveryQuerySet)()

    class Meta:
        base_manager_name = "objects"

    @property
    def state(self) -> State:
        """Where it is now, told from its rows."""
        closing = next((each for each in self.closings.all() if each.reopening_id is None), None)
        if closing:
            return State(closing.outcome)
        turn = getattr(self, "turn", None)
        if turn is None:
            return State.UNCERTAIN if self._any(Destination.State.UNCERTAIN) else State.REFUSED
        if self.stop:
            return State.HELD
        if turn.is_waiting:
            return State.WAITING
        return State.SENDING if turn.is_taken(clock.now()) else State.QUEUED

    @property
    def stop(self):
        """What holds it now, or nothing."""
        return next((stop for stop in self.stops.all() if stop.lifted_at is None), None)

    @property
    def bounce(self):
        """What came back last and nobody has seen to, or nothing."""
        return next((one for one in self.bounces.all() if one.is_final and one.seen_to_at is None), None)

    def _any(self, state) -> bool:
        return any(destination.state == state for destination in self.destinations.all())

    @property
    def bound_to(self) -> Submission | None:
        """The submission whose approval it needs, or nothing where it needs none or may not be seen."""
        joined = Link.objects.filter(from_record=self.pk, kind=Link.Kind.ARISES_FROM).values("to_record_id")
        return Submission.objects.filter(pk__in=joined).first() if self.needs_approval else None

    @property
    def content(self) -> Content:
        """What would leave the house, read again from what is stored: rows and files."""
        return Content(
            item_class=self.item_class,
            channel=self.channel,
            in_name_of=self.in_name_of,
            sender_name=self.sender_name,
            sender_address=self.sender_address,
            subject=self.subject,
            text=self.text,
            marking=self.marking,
            handling=self.handling,
            recipients=tuple(each.addressee for each in self.destinations.order_by("position")),
            enclosures=tuple(each.enclosure_now for each in self.enclosed.order_by("position")),
        )


class Destination(Part):
    """One to whom a delivery goes, and what became of it there."""

    class State(models.TextChoices):
        PENDING = "pending", "Not sent yet"
        ACCEPTED = "accepted", "Taken"
        REFUSED = "refused", "Refused"
        UNCERTAIN = "uncertain", "Uncertain"
        RETURNED = "returned", "Came back"

    owner = "delivery"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="destinations")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=4, choices=Recipient.Kind.choices)
    name = models.CharField(max_length=200, blank=True)
    address = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    words = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager("delivery")

    class Meta:
        base_manager_name = "objects"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["delivery", "position"], name="one_destination_a_place")]

    def __str__(self):
        return self.name or self.address

    @property
    def addressee(self) -> Addressee:
        return Addressee(self.kind, self.name, self.address)


class Enclosed(Part):
    """One file that goes with a delivery. Its bytes are frozen under their digest."""

    owner = "delivery"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="enclosed")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    digest = KeptDigest()
    size = models.PositiveBigIntegerField()
    is_rendered = models.BooleanField(default=False)

    objects = PartManager("delivery")

    class Meta:
        base_manager_name = "objects"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["delivery", "position"], name="one_file_a_place")]

    def __str__(self):
        return self.name

    @property
    def enclosure_now(self) -> Enclosure:
        """What it is, with the digest of the bytes that lie there now."""
        lies_there = frozen.digest_now(self.delivery.office, self.digest)
        return Enclosure(self.name, self.content_type, lies_there, self.is_rendered)

    @property
    def data(self) -> bytes:
        return frozen.read(self.delivery.office, self.digest)
