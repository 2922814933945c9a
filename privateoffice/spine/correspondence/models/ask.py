"""The ask: one thing that a message wants of the office, open until one disposition stands on it."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from privateoffice.foundations.records.models import Part
from privateoffice.foundations.records.scoped import PartManager, ScopedQuerySet
from privateoffice.spine.correspondence.models.conversation import Conversation
from privateoffice.spine.correspondence.models.message import UNTOLD, Message

LONG = (*(f"message__{name}" for name in UNTOLD if name != "text"), "record__people")
"""What no list of asks shows."""


class AskQuerySet(ScopedQuerySet):
    def open(self):
        """Those without a disposition that stands."""
        return self.filter(settled_at=None)

    def that_came_in(self):
        """What others ask of us, with when it came and what became of it; machines ask for nothing."""
        stands = Subquery(_standing().values("way")[:1])
        became = Case(
            When(settled_at__isnull=False, then=stands),
            When(message__is_automatic=True, then=Value("no_action")),
            default=Value(""),
            output_field=models.CharField(),
        )
        return self.for_list().defer(*LONG, "message__text").annotate(came_at=F("at"), disposition=became)

    def to_sort(self, at):
        """Those that want a disposition now: open, and not put off beyond the moment."""
        return self.open().filter(Q(put_off_until=None) | Q(put_off_until__lte=at))

    def put_off(self, at):
        """Those that come back later."""
        return self.open().filter(put_off_until__gt=at)

    def waiting(self):
        """Those that wait for somebody else, and whom nobody has answered."""
        return self.filter(Exists(_standing(way="waiting")), ~Exists(_answers()))

    def for_the_commander(self):
        """Those on which the Commander's word is wanted."""
        return self.filter(Exists(_standing(way="for_commander")))

    def pending(self):
        """Those that a draft answers which has not been sent."""
        return self.filter(Exists(_standing(way="answered", sending=None).exclude(pending_on="")))

    def back(self, since):
        """Those to sort that came back since a moment: put off until then, or nobody answered."""
        return self.open().filter(Q(put_off_until__gte=since) | Exists(_returned(since)))

    def called(self, name: str):
        """The one that a page calls 2026.14.1.1: year, number, message, ask; none where nothing is called so.

        One that was put into another conversation answers to its old name too, as drafts and pages know it.
        """
        parts = name.split(".")
        if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 8 for part in parts):
            return self.none()
        year, conversation, message, number = map(int, parts)
        here = Q(record__year=year, record__number=conversation, message__number=message)
        was = {"was_year": year, "was_number": conversation, "was_message": message}
        moves: models.QuerySet = models.QuerySet(_part("Move"))
        moved = Q(Exists(moves.filter(message=OuterRef("message"), **was)))
        return self.filter(here | moved, number=number)

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def after(self, ask):
        """Those that follow one when the newest is first."""
        return self.filter(Q(at__lt=ask.at) | Q(at=ask.at, pk__lt=ask.pk))

    def before(self, ask):
        return self.filter(Q(at__gt=ask.at) | Q(at=ask.at, pk__gt=ask.pk))

    def for_list(self):
        """With what a list shows of each, in a fixed number of queries."""
        return self.select_related("record__office", "message").defer(*LONG)


def _part(name):
    return Ask._meta.apps.get_model("correspondence", name)


def _standing(**said):
    """The standing disposition of the ask asked about, which is in scope where this is asked of it."""
    rows: models.QuerySet = models.QuerySet(_part("Disposition"))
    return rows.filter(ask=OuterRef("pk"), undoing=None, **said)


def _returned(since):
    rows: models.QuerySet = models.QuerySet(_part("Disposition"))
    return rows.filter(ask=OuterRef("pk"), undoing__how="returned", undoing__undone_at__gte=since)


def _answers():
    """A message that came after the disposition of the ask asked about was made, from somebody outside.

    One that was put into the conversation by hand came when it came, and not when it was put there.
    """
    rows: models.QuerySet = models.QuerySet(_part("Disposition"))
    of_ask = rows.filter(ask=OuterRef(OuterRef("pk")), undoing=None)
    by_number = Q(Exists(of_ask.filter(after_number__lt=OuterRef("number"))), rehomed_at=None)
    by_time = Q(Exists(of_ask.filter(disposed_at__lt=OuterRef("at"))), rehomed_at__isnull=False)
    theirs: models.QuerySet = models.QuerySet(Message)
    return theirs.filter(by_number | by_time, record=OuterRef("record"), is_from_us=False, is_automatic=False)


class Ask(Part):
    """One thing that a message wants. A message has one; splitting makes more, each a part of its text.

    `settled_at` is the moment of the disposition that stands, written with it and never by itself, so that an
    index can hold what is open alone.
    """

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="asks")
    message = models.ForeignKey(Message, models.CASCADE, related_name="asks")
    number = models.PositiveIntegerField(default=1)
    quoted = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    put_off_until = models.DateTimeField(null=True, blank=True)

    objects = PartManager.from_queryset(AskQuerySet)("record")

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="one_ask_a_number")]
        indexes = [
            models.Index(F("at").desc(), F("id").desc(), name="asks_open", condition=Q(settled_at=None)),
            models.Index(fields=["record", "number"], name="asks_by_conversation"),
        ]

    def __str__(self):
        return f"{self.record.title}, ask {self.number}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def text(self) -> str:
        """What is asked: the part that was split off, or the whole message."""
        return self.quoted or self.message.text

    @property
    def address(self) -> str:
        return f"{self.record.get_absolute_url()}messages/{self.message.number}/asks/{self.number}/"

    @property
    def name(self) -> str:
        """How the page of sorting names it in an address: 2026.14.1.1."""
        return f"{self.record.year}.{self.record.number}.{self.message.number}.{self.number}"

    @property
    def what_became_of_it(self):
        """The disposition that stands, or nothing."""
        return self.dispositions.standing().select_related("sending").first()


class PutOff(Part):
    """That an ask was put off until a moment, by whom; `ended_at` where that was undone."""

    record = models.ForeignKey(Conversation, models.CASCADE, related_name="+")
    ask = models.ForeignKey(Ask, models.CASCADE, related_name="puts_off")
    until_at = models.DateTimeField()
    put_off_at = models.DateTimeField(default=timezone.now)
    put_off_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PartManager("record")

    class Meta:
        base_manager_name = "objects"

    def __str__(self):
        return f"until {self.until_at}"
