"""Setting actions and keeping them true: date, owner, risk, words and notes."""

from datetime import date, datetime
from typing import Any

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Matter, MatterEntry, Record
from privateoffice.spine.actions.models import Action, ChangeOfDate, Note, Passing, Risk
from privateoffice.spine.actions.models.action import CLOSE_OF_PLAY
from privateoffice.spine.actions.services.ownership import (
    NotOpen,
    OwnerUnclear,
    owner_fields,
    owner_for_trail,
    require_open,
    require_say,
    setter_fields,
)

__all__ = ["NoDateLikeThat", "NotOpen", "OwnerUnclear"]


class NoDateLikeThat(ValueError):
    """An action is due on a working day that has not passed."""


@verb("actions.assign")
def assign(
    *,
    title: str,
    due_on: date,
    owner_role: str = "",
    owner: Person | None = None,
    owner_name: str = "",
    owner_email: str = "",
    detail: str = "",
    asked: str = "",
    setter_role: str = "",
    arises_from: Record | None = None,
    matter: Matter | None = None,
    marking: int | None = None,
    handling: str = "",
    made_at: datetime | None = None,
) -> Action:
    """Give one owner one thing to do by one day. What it arises from lends its marking where none is said."""
    made_at = made_at or clock.now()
    check_day(due_on, clock.london(made_at).date())
    action = records.make(
        Action,
        title=title,
        detail=detail,
        asked=asked,
        due_on=due_on,
        due_at=close_of_play(due_on),
        made_at=made_at,
        **marks_of(arises_from, marking, handling),
        **owner_fields(owner_role=owner_role, owner=owner, owner_name=owner_name, owner_email=owner_email),
        **setter_fields(setter_role),
    )
    trail(action, title=title, detail=detail, owner=owner_for_trail(action), due_on=due_on)
    _thread(action, arises_from, matter)
    return action


def marks_of(arises_from: Record | None, marking: int | None, handling: str) -> dict[str, Any]:
    """The marking of a new action: as said, else that of the record it arises from."""
    if marking is None and arises_from is not None:
        return {"marking": arises_from.marking, "handling": handling or arises_from.handling}
    return {"handling": handling} if marking is None else {"marking": marking, "handling": handling}


def _thread(action: Action, arises_from: Record | None, matter: Matter | None) -> None:
    """Link the action to what it arises from, and put both on the same matters."""
    if arises_from is not None:
        records.link(action, arises_from, Link.Kind.ARISES_FROM)
        if matter is not None:
            records.put_on(matter, arises_from)
        for entry in MatterEntry.objects.filter(record_id=arises_from.pk).select_related("matter__office"):
            records.put_on(entry.matter, action)
    if matter is not None:
        records.put_on(matter, action)


def check_day(day: date, earliest: date) -> None:
    """Refuse a day that is not worked or has passed."""
    if day < earliest:
        raise NoDateLikeThat("The date has passed; choose today or later")
    if not working_days.is_working(day):
        name = day.strftime("%A") if day.weekday() > 4 else "bank holiday"
        raise NoDateLikeThat(f"The date is a {name}; choose a working day")


def close_of_play(day: date) -> datetime:
    """The last moment of a day on which something due then is in time: half past five."""
    return clock.closing(day, CLOSE_OF_PLAY)


@verb("actions.revise")
def revise(action: Action, *, seen: int, title: str, detail: str, asked: str = "") -> Action:
    """Put the action in other words. Its date and its owner have verbs of their own."""
    require_open(action)
    records.revise(action, seen=seen, title=title, detail=detail, asked=asked)
    trail(action, title=title, detail=detail)
    return action


@verb("actions.slip")
def slip(action: Action, *, due_on: date, reason: str, seen: int | None = None) -> ChangeOfDate:
    """Change the day. The old one and the reason are kept; the third slip goes to the Commander."""
    require_say("actions.slip", action)
    require_open(action)
    check_day(due_on, clock.today())
    before = action.due_on
    if due_on == before:
        raise NoDateLikeThat("This is the date that it has already")
    records.revise(action, seen=seen or action.version, due_on=due_on, due_at=close_of_play(due_on))
    changed = ChangeOfDate.objects.create(
        record=action,
        from_on=before,
        to_on=due_on,
        reason=reason,
        changed_at=clock.now(),
        changed_by=scope.current().actor,
    )
    _end_risk(action)
    trail(action, before=before, after=due_on, reason=reason)
    return changed


@verb("actions.pass_on")
def pass_on(
    action: Action,
    *,
    reason: str,
    owner_role: str = "",
    owner: Person | None = None,
    owner_name: str = "",
    owner_email: str = "",
    seen: int | None = None,
) -> Passing:
    """Give the action to another owner. What is still to be chased goes to them."""
    require_open(action)
    before, was = action.owner_words, owner_for_trail(action)
    fields = owner_fields(owner_role=owner_role, owner=owner, owner_name=owner_name, owner_email=owner_email)
    if all(getattr(action, name) == value for name, value in fields.items()):
        raise OwnerUnclear("This is its owner already.")
    records.revise(action, seen=seen or action.version, **fields)
    action = Action.objects.get(pk=action.pk)
    passed = Passing.objects.create(
        record=action,
        from_owner=before,
        to_owner=action.owner_words,
        reason=reason,
        passed_at=clock.now(),
        passed_by=scope.current().actor,
    )
    trail(action, before=was, after=owner_for_trail(action), reason=reason)
    return passed


@verb("actions.pass_on_all")
def pass_on_all(leaver: Person, *, reason: str, **owner: Any) -> int:
    """Pass on every open action of somebody who leaves; returns how many."""
    actions = list(Action.objects.open().owned_by(leaver).order_by("pk"))
    for action in actions:
        pass_on(action, reason=reason, **owner)
    trail(person=fact(leaver.name), how_many=len(actions), reason=reason)
    return len(actions)


@verb("actions.say_at_risk")
def say_at_risk(action: Action, *, reason: str) -> Risk:
    """Say that the day may not be met, and why. It turns amber; said again, the newer reason stands."""
    require_say("actions.say_at_risk", action)
    require_open(action)
    _end_risk(action)
    risk = Risk.objects.create(record=action, reason=reason, said_at=clock.now(), said_by=scope.current().actor)
    trail(action, reason=reason)
    return risk


@verb("actions.say_on_track")
def say_on_track(action: Action) -> None:
    """Take back that it is at risk."""
    require_say("actions.say_on_track", action)
    if _end_risk(action):
        trail(action)


def _end_risk(action: Action) -> int:
    return Risk.objects.standing().filter(record_id=action.pk).update(ended_at=clock.now())


@verb("actions.note_update")
def note_update(action: Action, *, text: str) -> Note:
    """Write down how it goes."""
    require_say("actions.note_update", action)
    note = Note.objects.create(record=action, text=text, made_at=clock.now(), made_by=scope.current().actor)
    trail(action, text=text)
    return note
