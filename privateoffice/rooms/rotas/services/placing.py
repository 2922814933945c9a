"""Putting people on duties and taking them off, each as a change that can be seen and undone."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Change, Duty, Period, SwapSide
from privateoffice.rooms.rotas.services.faults import NothingChanged, NothingToUndo, NotInside

Placing = tuple[Duty, Person | None]


@verb("rotas.place")
def place(period: Period, placings: Iterable[Placing], *, words: str, reason: str = "", **proof: Any) -> Change:
    """Put people on duties in the draft (nobody leaves a gap), and keep it as one change."""
    return record(period, placings, words=words, reason=reason, proof=proof)


def record(
    period: Period,
    placings: Iterable[Placing],
    *,
    words: str,
    reason: str = "",
    proof: dict[str, Any] | None = None,
    undoes: Change | None = None,
) -> Change:
    """Write a change and what it does. What is as it was before is left out."""
    lines = []
    for duty, person in locked(period, placings):
        if duty.person_id == (person.pk if person else None):
            continue
        lines.append(line_of(duty, person))
        duty.person = person
        duty.save(update_fields=["person"])
    if not lines:
        raise NothingChanged
    change = Change.objects.create(
        period=period,
        number=next_number(period),
        words=words[:300],
        reason=reason[:300],
        lines=lines,
        proof=proof or {},
        undoes=undoes,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )
    trail(period, what=fact(words[:200]), reason=reason, duties=len(lines))
    return change


def locked(period: Period, placings: Iterable[Placing]) -> list[Placing]:
    """The duties as they are now, held against anybody else until this is done."""
    wanted = {duty.pk: person for duty, person in placings}
    rows = Duty.objects.filter(period=period, pk__in=wanted).select_for_update(of=("self",)).order_by("pk")
    held = {duty.pk: duty for duty in rows.select_related("duty_type", "person", "published")}
    for duty in held.values():
        duty.period = period
    return [(held[pk], person) for pk, person in wanted.items() if pk in held]


def next_number(period: Period) -> int:
    """The next number of a change: two at once wait for each other here."""
    Period.objects.filter(pk=period.pk).update(last_change=F("last_change") + 1)
    period.last_change = Period.objects.values_list("last_change", flat=True).get(pk=period.pk)
    return period.last_change


def line_of(duty: Duty, person: Person | None) -> dict[str, Any]:
    """One line of a change, in words that are still true when everything else has moved on."""
    return {
        "duty": duty.pk,
        "type": duty.duty_type.name,
        "letter": duty.duty_type.letter,
        "first_on": duty.first_on.isoformat(),
        "last_on": duty.last_on.isoformat(),
        "before": duty.person_id,
        "before_name": duty.person.ranked_name if duty.person else "",
        "after": person.pk if person else None,
        "after_name": person.ranked_name if person else "",
    }


@verb("rotas.pin")
def pin(duty: Duty, *, is_pinned: bool) -> Duty:
    """Hold somebody on a duty, so that filling never moves them; or let go."""
    duty.is_pinned = is_pinned
    duty.save(update_fields=["is_pinned"])
    trail(duty.period, duty=fact(str(duty)), is_pinned=is_pinned)
    return duty


@verb("rotas.split_duty")
def split_duty(duty: Duty, *, on: date) -> Duty:
    """Cut a duty in two before a day. Both halves keep their person and their swap; nobody's time changes."""
    if not duty.first_on < on <= duty.last_on:
        raise NotInside(str(NotInside.__doc__))
    return cut_at(duty, duty.duty_type.span(on, on)[0])


@verb("rotas.split_duty")
def cut_at(duty: Duty, at: datetime) -> Duty:
    """Cut a duty in two at a moment inside it; returns the second part."""
    if not duty.starts_at < at < duty.ends_at:
        raise NotInside(str(NotInside.__doc__))
    on = clock.day_of(at)
    kept = ("period", "duty_type", "person", "published", "is_pinned")
    second = Duty(**{name: getattr(duty, name) for name in kept})
    second.first_on, second.last_on = on, max(on, duty.last_on)
    second.starts_at, second.ends_at = at, duty.ends_at
    duty.last_on = max(duty.first_on, on - timedelta(days=1))
    duty.ends_at = min(at, duty.duty_type.span(duty.first_on, duty.last_on)[1]) if at == _begin(second) else at
    duty.save()
    second.save()
    for side in SwapSide.objects.filter(duty=duty, ending=None):
        SwapSide.objects.create(
            period=duty.period, swap=side.swap, duty=second, giver=side.giver, taker=side.taker
        )
    trail(duty.period, duty=fact(duty.duty_type.name), on=on)
    return second


def _begin(duty: Duty) -> datetime:
    """The hour at which a duty of its day begins: cut there, the first part ends at its own hour."""
    return duty.duty_type.span(duty.first_on, duty.last_on)[0]


@verb("rotas.undo")
def undo(period: Period) -> Change:
    """Take the last change of the draft back. What has been published stays, and is changed by another change."""
    last = Change.objects.filter(period=period, number__gt=period.published_change).undoable().first()
    if last is None:
        raise NothingToUndo
    people = Person.everyone.in_bulk([line["before"] for line in last.lines if line["before"]])
    duties = Duty.objects.in_bulk([line["duty"] for line in last.lines])
    back = [
        (duties[line["duty"]], people.get(line["before"]))
        for line in last.lines
        if line["duty"] in duties and duties[line["duty"]].person_id == line["after"]
    ]
    return record(period, back, words=f"Undid: {last.words}", undoes=last)
