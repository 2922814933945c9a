"""What the register of actions declares to the house."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.registry.declarations import (
    MOST_COUNTED,
    Door,
    Every,
    Keep,
    Kind,
    Need,
    New,
    PackLine,
    PackPart,
    Room,
)
from privateoffice.spine.actions import ledger, policy, services, tasks
from privateoffice.spine.actions.models import Action, ActionQuerySet
from privateoffice.spine.actions.models.ladder import SLIPS_FOR_THE_COMMANDER
from privateoffice.spine.actions.views.showing import acts_of, standing_of, standing_words

MOST_ON_TODAY = 100
CLERKS = ("pa", "staff_officer")


def waiting() -> int:
    """What is overdue now."""
    return Action.objects.red(clock.now()).count_to(MOST_COUNTED)


def today(now: datetime) -> Iterator[Need]:
    """What is overdue, due today, waiting to be accepted, and put back a third time."""
    day = clock.day_of(now)
    yield from (_need(action, now, "now", 60) for action in _some(Action.objects.red(now)))
    due = Action.objects.unfinished().filter(due_at__gte=now, due_at__lte=clock.closing(day))
    yield from (_need(action, now, "today", 40) for action in _some(due))
    yield from (_acceptance(action, now) for action in _some(Action.objects.awaiting_acceptance().set_by_me()))
    if Role.COMMANDER in scope.current().roles:
        slipped = Action.objects.unfinished().slipped(SLIPS_FOR_THE_COMMANDER)
        yield from (_slipped(action, now) for action in _some(slipped))


def _some(actions: ActionQuerySet) -> list[Action]:
    return list(actions.with_standing().order_by("due_at", "pk")[:MOST_ON_TODAY])


def _need(action: Action, now: datetime, group: str, weight: int) -> Need:
    """An action that is late or due: for who sees to the chasing, and for its owner."""
    return Need(
        key=f"action-{action.reference}",
        title=action.title,
        why=f"Asked by {action.setter_words}{_slips(action)}",
        url=action.get_absolute_url(),
        standing=standing_of(action, now),
        group=group,
        due_at=action.due_at,
        when=standing_words(action, now),
        whose=action.owner_words,
        reference=action.reference,
        weight=weight + max(action.days_late(now), 0),
        is_sensitive=action.is_sensitive,
        roles=tuple(dict.fromkeys((*CLERKS, *([action.owner_role] if action.owner_role else [])))),
        acts=acts_of(action),
    )


def _slips(action: Action) -> str:
    return f", put back {words.counted(action.slip_count, 'time')}" if action.slip_count else ""


def _acceptance(action: Action, now: datetime) -> Need:
    return Need(
        key=f"action-accept-{action.reference}",
        title=action.title,
        why=f"{action.owner_words} says it is done",
        url=action.get_absolute_url(),
        standing="waiting",
        group="today",
        when="To accept",
        reference=action.reference,
        weight=30,
        is_sensitive=action.is_sensitive,
        roles=(action.setter_role,) if action.setter_role else CLERKS,
        acts=acts_of(action),
    )


def _slipped(action: Action, now: datetime) -> Need:
    return Need(
        key=f"action-slips-{action.reference}",
        title=action.title,
        why=f"Put back {words.counted(action.slip_count, 'time')}; now due {words.day(action.due_on)}",
        url=action.get_absolute_url(),
        standing="soon",
        group="now",
        when=words.near(action.due_on),
        whose=action.owner_words,
        reference=action.reference,
        weight=50,
        is_sensitive=action.is_sensitive,
        roles=("commander",),
        acts=(),
    )


def daypack(day: date) -> Iterator[PackPart]:
    """What is overdue to the Commander and by the Commander, on the morning of the day."""
    now = clock.now()
    late = Action.objects.red(now).with_standing().select_related("office").order_by("due_at", "pk")
    yield _part("overdue_by", late.owned_by(role="commander"), now)
    yield _part("overdue_to", late.exclude(owner_role="commander"), now)


def _part(place: str, actions: Iterable[Action], now: datetime) -> PackPart:
    found = list(actions)
    handling = dict.fromkeys(action.handling for action in found if action.handling)
    return PackPart(
        place,
        lines=tuple(_line(action, now) for action in found),
        marking=max((action.marking for action in found), default=1),
        handling="; ".join(handling),
    )


def _line(action: Action, now: datetime) -> PackLine:
    return PackLine(
        title=action.title,
        detail=f"Due {words.day(action.due_on)}{_slips(action)}",
        when=standing_words(action, now),
        standing=standing_of(action, now),
        reference=action.reference,
        whose=action.owner_words,
    )


room = Room(
    "Actions",
    kinds=(
        Kind(
            Action,
            code="ACT",
            word="action",
            words="actions",
            path="actions",
            search=("title", "detail", "asked", "owner_name", "owner__name", "notes__text"),
            keep=Keep(years=6),
            icon="actions",
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Actions",
            "actions:register",
            "actions",
            group="Following up",
            key="x",
            verb="actions.view",
            waiting=waiting,
        ),
    ),
    new=(New("Action", "actions:assign", "actions.assign"),),
    today=today,
    daypack=daypack,
    opens=ledger.OPENS,
    jobs=(
        Every("0 8 * * 1-5", tasks.climb, "chasers, each working morning"),
        Every("20 8-18 * * 1-5", tasks.climb, "chasers that were missed"),
    ),
    receives={"action taken back": services.take_back},
)
