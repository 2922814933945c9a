"""The action: one thing to do, one owner, one day."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, IntegerField, Q, Subquery
from django.db.models.functions import Coalesce

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.clock.holidays import HolidaysUnknown
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import Record, RecordQuerySet
from privateoffice.foundations.records.scoped import RecordManager, has_part, part_of_it
from privateoffice.spine.actions.models.ladder import DAYS_BEFORE

CLOSE_OF_PLAY = "17:30"


class Rag(models.TextChoices):
    """How an action stands, by the handbook."""

    GREEN = "green", "On track"
    AMBER = "amber", "Due soon or at risk"
    RED = "red", "Overdue"
    CLOSED = "closed", "Closed"


class ActionQuerySet(RecordQuerySet):
    """The questions that are asked of the register."""

    def unfinished(self):
        """Open, and its owner has not said that it is done."""
        return self.open().filter(~_is_discharged())

    def awaiting_acceptance(self):
        """Done, its owner says; its setter has not accepted it."""
        return self.open().filter(_is_discharged())

    def overdue(self, at: datetime):
        return self.unfinished().filter(due_at__lt=at)

    red = overdue

    def at_risk(self):
        return self.unfinished().filter(_is_at_risk())

    def amber(self, at: datetime):
        """Not late, but due within five working days or said to be at risk."""
        return self.unfinished().filter(_is_soon(at) | Q(_is_at_risk()), due_at__gte=at)

    def green(self, at: datetime):
        """Open, and neither red nor amber: what awaits acceptance is here, for its owner has done it."""
        untroubled = Q(due_at__gte=at) & ~_is_soon(at) & Q(~_is_at_risk())
        return self.open().filter(Q(_is_discharged()) | untroubled)

    def coloured(self, rag: str, at: datetime):
        """Those of one colour."""
        questions = {Rag.RED: self.red, Rag.AMBER: self.amber, Rag.GREEN: self.green}
        return self.closed() if rag == Rag.CLOSED else questions[Rag(rag)](at)

    def due_within(self, days: int, at: datetime | None = None):
        """Unfinished, not late, and due within so many working days."""
        now = at or clock.now()
        last = working_days.add(clock.london(now).date(), days)
        return self.unfinished().filter(due_at__gte=now, due_on__lte=last)

    def owned_by(self, person: Person | None = None, *, role: str = ""):
        """What a person owes by name, or a role owes."""
        if role:
            return self.filter(owner_role=role)
        return self.filter(owner=person) if person else self.none()

    def mine(self):
        """What the person acting owes, by name or by role."""
        acting = scope.current()
        named = Q(owner_id=acting.person_id) if acting.person_id and not acting.is_cover else Q(pk=None)
        return self.filter(named | Q(owner_role__in=acting.roles))

    def set_by_me(self):
        """What the person acting may accept."""
        acting = scope.current()
        named = Q(setter_id=acting.person_id) if acting.person_id and not acting.is_cover else Q(pk=None)
        return self.filter(named | Q(setter_role__in=acting.roles))

    def slipped(self, times: int):
        """Those whose date was put back at least so often."""
        slips = _part("ChangeOfDate").objects.slips().order_by().values("record_id")
        return self.filter(pk__in=slips.annotate(n=Count("pk")).filter(n__gte=times).values("record_id"))

    def with_standing(self):
        """With all that the colour of each needs, so that a list asks once."""
        return self.select_related("owner", "setter").annotate(
            told_closed=ExpressionWrapper(Q(ended_at__isnull=False), models.BooleanField()),
            told_awaiting=_is_discharged(),
            told_at_risk=_is_at_risk(),
            told_slips=_slip_count(),
        )

    def owing(self, today: date):
        """Open ones with whether each has an owner who is still here, and when it comes up next."""
        is_here = Q(owner__left_on=None) | Q(owner__left_on__gt=today)
        is_owned = ~Q(owner_role="") | ~Q(owner_name="") | (Q(owner__isnull=False) & is_here)
        return self.open().annotate(
            is_owned=ExpressionWrapper(is_owned, models.BooleanField()), next_at=F("due_at")
        )

    def counts(self, at: datetime) -> dict[str, int]:
        """How many are open, red, amber and awaiting acceptance.

        What is late and what is soon are short stretches of the register by date, so each is counted by itself.
        """
        late_or_soon = self.unfinished().filter(_is_soon(at))
        return {
            "open": self.open().count(),
            "awaiting": self.awaiting_acceptance().count(),
            "amber": late_or_soon.filter(due_at__gte=at).count() + self._at_risk_later(at).count(),
            "red": self.red(at).count(),
        }

    def _at_risk_later(self, at: datetime):
        """At risk though not soon. There are few of them, so the question begins with them."""
        return self.unfinished().filter(~_is_soon(at), pk__in=_standing("Risk"), due_at__gte=at)


def last_amber_day(at: datetime) -> date:
    """The fifth working day from a moment; a week on, in years whose bank holidays are not known."""
    today = clock.day_of(at)
    try:
        return working_days.add(today, DAYS_BEFORE)
    except HolidaysUnknown:
        return today + timedelta(days=7)


def _part(name: str) -> Any:
    """A kind of part that is defined after the action itself."""
    return Action._meta.apps.get_model("actions", name)


def _standing(name: str):
    """The records that have such a part standing."""
    return _part(name).objects.standing().values("record_id")


def _is_discharged() -> Exists:
    return has_part(_part("Discharge"), sending_back=None)


def _is_at_risk() -> Exists:
    return has_part(_part("Risk"), ended_at=None)


def _is_soon(at: datetime) -> Q:
    """Due by the last amber day, late or not: by the moment, which the register is sorted by."""
    return Q(due_at__lte=clock.closing(last_amber_day(at)))


def _slip_count():
    """How often each was put back, as a number in the same query."""
    slips = part_of_it(_part("ChangeOfDate")).filter(to_on__gt=F("from_on"))
    counted = slips.values("record_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class Action(Record):
    """Who owes what by when. The title is a verb and what is to be done.

    The owner is a role of this office, a person of the directory, or somebody outside by name and address.
    """

    detail = models.TextField(blank=True)
    asked = models.CharField("where it was asked", max_length=120, blank=True)
    due_on = models.DateField()
    owner_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True)
    owner_email = models.EmailField(blank=True)
    setter_role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    setter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RecordManager.from_queryset(ActionQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=(
                    (~Q(owner_role="") & Q(owner=None, owner_name=""))
                    | Q(owner_role="", owner__isnull=False, owner_name="")
                    | (Q(owner_role="", owner=None) & ~Q(owner_name=""))
                ),
                name="an_action_has_one_owner",
            )
        ]
        indexes = [
            models.Index(fields=["due_on"], name="actions_by_day"),
            models.Index(fields=["owner_role", "due_on"], name="actions_of_a_role"),
        ]

    @property
    def owner_words(self) -> str:
        """Whose it is, as the office says it."""
        if self.owner_role:
            return self.get_owner_role_display()
        return self.owner.ranked_name if self.owner else self.owner_name

    @property
    def setter_words(self) -> str:
        """Who asked, as the office says it."""
        if self.setter:
            return self.setter.ranked_name
        return self.get_setter_role_display() if self.setter_role else "The system"

    @property
    def is_closed(self) -> bool:
        return self._told("told_closed", lambda: self.closing is not None)

    @property
    def is_awaiting(self) -> bool:
        """Its owner says it is done, and nobody has accepted that yet."""
        return not self.is_closed and self._told("told_awaiting", lambda: self.discharge is not None)

    @property
    def is_at_risk(self) -> bool:
        return self._told("told_at_risk", lambda: self.risk is not None)

    @property
    def slip_count(self) -> int:
        return self._told("told_slips", lambda: self.changes_of_date.slips().count())

    @property
    def discharge(self):
        """The discharge that waits for acceptance or was accepted, or nothing."""
        return self.discharges.standing().first()

    @property
    def risk(self):
        """Why it is said to be at risk, or nothing."""
        return self.risks.standing().first()

    @property
    def pause(self):
        """The pause in chasing that stands today, or nothing."""
        return self.pauses.standing_on(clock.today()).first()

    @property
    def rag(self) -> str:
        """Its colour now."""
        return self.rag_at(clock.now())

    def rag_at(self, at: datetime) -> str:
        """Its colour at a moment. What awaits acceptance is not late: its owner has done it."""
        if self.is_closed:
            return Rag.CLOSED
        if self.is_awaiting:
            return Rag.GREEN
        if self.due_at and self.due_at < at:
            return Rag.RED
        return Rag.AMBER if self.due_on <= last_amber_day(at) or self.is_at_risk else Rag.GREEN

    def days_late(self, at: datetime) -> int:
        """How many working days past its date; nothing or less where it is not late."""
        today = clock.day_of(at)
        try:
            return working_days.between(self.due_on, today)
        except HolidaysUnknown:
            return (today - self.due_on).days

    def is_owned_by(self, acting: scope.Scope) -> bool:
        """Whether the person acting is the owner, by name or by role. Cover stands in for the role only."""
        by_name = self.owner_id is not None and self.owner_id == acting.person_id and not acting.is_cover
        return by_name or self.owner_role in acting.roles

    def is_set_by(self, acting: scope.Scope) -> bool:
        """Whether the person acting is the one who set it, by name or by role."""
        by_name = self.setter_id is not None and self.setter_id == acting.person_id and not acting.is_cover
        return by_name or self.setter_role in acting.roles

    def _told(self, name: str, ask: Any) -> Any:
        """What the list's query told of this row already, else asked now."""
        return getattr(self, name) if hasattr(self, name) else ask()
