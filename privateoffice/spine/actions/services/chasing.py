"""Chasing: what the ladder will send, climbing it, nudging by hand, and pausing."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.spine.actions.models import Action, Chase, Pause
from privateoffice.spine.actions.models.ladder import (
    OWNER,
    SLIPS_FOR_THE_COMMANDER,
    Course,
    Step,
    coming,
    due,
)
from privateoffice.spine.actions.services.contacts import Barred, Contact, Contacts
from privateoffice.spine.actions.services.letters import Item, Letter, Letters
from privateoffice.spine.actions.services.ownership import require_open
from privateoffice.spine.actions.services.posting import post
from privateoffice.spine.actions.services.register import NoDateLikeThat
from privateoffice.spine.approvals.models import Unfit

log = logging.getLogger(__name__)

HORIZON = timedelta(days=21)
"""How far ahead an action can be due and yet be chased: five working days never span more."""


class NotPaused(Exception):
    """The chasing of this action goes on already."""


class NobodyToAsk(Exception):
    """The owner cannot be written to, and the office has nobody to tell."""


@dataclass(frozen=True)
class Planned:
    """A step that has not fired: when it goes, to whom, and the words it would go with today."""

    step: Step
    to: Contact
    copies: tuple[Contact, ...]
    letter: Letter


def with_course(actions: QuerySet) -> QuerySet:
    """Actions with all the rows that their ladder is made of, in a fixed number of queries."""
    return (
        actions.with_standing()  # type: ignore[attr-defined]
        .select_related("owner__line_manager", "office")
        .prefetch_related("changes_of_date", "sendings_back", "reopenings", "pauses", "chases")
    )


def course_of(action: Action, contacts: Contacts) -> Course:
    """What the ladder needs to know of an action that was read with its course."""
    changes = list(action.changes_of_date.all())
    slips = [change for change in changes if change.is_slip]
    return Course(
        due_on=action.due_on,
        since=max(_beginnings(action)),
        dates=len(changes),
        slips=len(slips),
        slipped_at=slips[-1].changed_at if slips and slips[-1] == changes[-1] else None,
        fired=frozenset(chase.step for chase in action.chases.all()),
        is_silent=action.is_closed or action.is_awaiting,
        is_senior=contacts.is_senior(action),
    )


def _beginnings(action: Action) -> Iterable[datetime]:
    """The moments from which the ladder counts; what was planned before the latest of them is not sent."""
    yield action.made_at
    yield from (change.changed_at for change in action.changes_of_date.all())
    yield from (sent.sent_at for sent in action.sendings_back.all())
    yield from (opened.reopened_at for opened in action.reopenings.all())
    for pause in action.pauses.all():
        end = clock.moment(pause.until, time.min)
        yield min(end, pause.resumed_at) if pause.resumed_at else end


def plan(action: Action, now: datetime, how_many: int = 4) -> list[Planned]:
    """The next steps for one action, with their words, before they fire."""
    action = with_course(Action.objects.filter(pk=action.pk)).get()
    contacts, barred = Contacts(action.office, now), Barred([action.pk])
    planned = []
    for step in coming(course_of(action, contacts), now, how_many):
        people = _people(step, action, contacts, barred)
        if people:
            to = people[0][1]
            letter = Letter(action.office, contacts.writer, to, max(step.at, now))
            letter.items.append(Item(action, step.rung, step.to, letter.at, to.stands_in))
            planned.append(Planned(step, to, tuple(contact for _, contact in people[1:]), letter))
    return planned


def _people(step: Step, action: Action, contacts: Contacts, barred: Barred) -> list[tuple[str, Contact]]:
    """Who is told by a step and as what, the one it is to first; nobody where that one cannot be told."""
    found: list[tuple[str, Contact]] = []
    for capacity in (step.to, *step.copies):
        contact = contacts.of(capacity, action)
        may_know = contact is not None and not barred.bars(action, contact)
        if contact is not None and may_know and all(contact.email != other.email for _, other in found):
            found.append((capacity, contact))
        elif capacity == step.to:
            return []
    return found


@verb("actions.climb")
def climb(now: datetime) -> list[Chase]:
    """Fire every step whose time has come in the office at hand: one letter a person, whatever it holds."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    actions = _chaseable(now)
    contacts, barred = Contacts(office, now), Barred([action.pk for action in actions])
    letters = Letters(office, contacts.writer, now)
    fired = [pair for action in actions for pair in _fire(action, now, contacts, barred, letters)]
    sent = {letter.to.email.lower(): _posted(letter) for letter in letters}
    for chase, to in fired:
        chase.delivery = sent[to.email.lower()]
    return Chase.objects.bulk_create([chase for chase, _ in fired if chase.delivery])


def _posted(letter: Letter) -> str:
    """The delivery's reference; nothing where the address is no address. That step stays due, and shows so."""
    try:
        return post(letter)
    except Unfit as fault:
        log.warning("A chaser to %s could not be posted: %s", letter.to.name, fault)
        return ""


def _chaseable(now: datetime) -> list[Action]:
    """Unfinished actions that could have a step to fire, locked against another climb."""
    near = Q(due_on__lte=clock.day_of(now) + HORIZON)
    slipped = Q(told_slips__gte=SLIPS_FOR_THE_COMMANDER)
    actions = with_course(Action.objects.unfinished()).filter(near | slipped)
    return list(actions.order_by("due_on", "pk").select_for_update(of=("self",)))


def _fire(
    action: Action, now: datetime, contacts: Contacts, barred: Barred, letters: Letters
) -> list[tuple[Chase, Contact]]:
    """Put an action's due steps into the letters. Of several missed at once the last says it all."""
    fired = []
    for step in reversed(due(course_of(action, contacts), now)):
        people = _people(step, action, contacts, barred)
        if not people:
            continue
        letters.add_all(people, action, step.rung)
        fired.append((_chase(action, step, people, now), people[0][1]))
    if fired:
        chase, _ = fired[0]
        trail(action, to=_name_for_trail(fired[0][1]), step=fact(chase.step))
    return fired[::-1]


def _chase(action: Action, step: Step, people: list[tuple[str, Contact]], now: datetime) -> Chase:
    return Chase(
        record=action,
        step=step.key,
        rung=step.rung,
        planned_at=step.at,
        fired_at=now,
        to_name=people[0][1].name,
        copied=", ".join(contact.name for _, contact in people[1:]),
    )


def _name_for_trail(contact: Contact) -> fact:
    return fact(contact.name if contact.person_id else "somebody outside")


@verb("actions.nudge")
def nudge(action: Action) -> Chase:
    """Ask the owner by hand, now."""
    require_open(action)
    now = clock.now()
    contacts, barred = Contacts(action.office, now), Barred([action.pk])
    step = Step(f"nudge-{_count_nudges(action) + 1}", "nudge", now)
    people = _people(step, action, contacts, barred)
    if not people:
        raise NobodyToAsk("There is nobody to write to about this action.")
    to = people[0][1]
    letter = Letter(action.office, contacts.writer, to, now, [Item(action, "nudge", OWNER, now, to.stands_in)])
    chase = _chase(action, step, people, now)
    chase.delivery = post(letter)
    chase.save()
    trail(action, to=_name_for_trail(to))
    return chase


def _count_nudges(action: Action) -> int:
    return Chase.objects.filter(record_id=action.pk, rung="nudge").count()


@verb("actions.pause_chasing")
def pause_chasing(action: Action, *, until: date, reason: str) -> Pause:
    """Send nothing up to a day. On that day the ladder goes on; what fell in between is not sent late."""
    require_open(action)
    if until <= clock.today():
        raise NoDateLikeThat("Chasing is paused until a day after today")
    _end_pauses(action)
    pause = Pause.objects.create(
        record=action, until=until, reason=reason, paused_at=clock.now(), paused_by=scope.current().actor
    )
    trail(action, until=until, reason=reason)
    return pause


@verb("actions.resume_chasing")
def resume_chasing(action: Action) -> None:
    """Let the ladder go on from now."""
    if not _end_pauses(action):
        raise NotPaused("The chasing of this action goes on already.")
    trail(action)


def _end_pauses(action: Action) -> int:
    standing = Pause.objects.standing_on(clock.today()).filter(record_id=action.pk)
    return standing.update(resumed_at=clock.now())
