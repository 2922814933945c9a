"""Setting a rota up: its duties, its people, their skills, its rules and the rate of its allowance."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.text import slugify

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import FIRST_RATES, DutyType, Member, Rate, Rota, Rule, Skill
from privateoffice.rooms.rotas.solver.rules import BY_THE_DAY, ONLY_BY_BLOCKS, RULES

LONG_AGO = date(2000, 1, 1)
RANKS_WITH_A_ROSTER = ["PC", "DC", "PS", "DS"]
"""The ranks for whom a roster is published, as the directory writes them."""


class NameTaken(ValueError):
    """There is a rota of this name already."""


def office_at_hand() -> Office:
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    return office


@verb("rotas.set_up")
def set_up(*, name: str, duties: tuple[dict[str, Any], ...] = (), by_the_day: bool = False, **said: Any) -> Rota:
    """Begin a rota with its duties and the rules of the catalogue, which the unit changes from here on.

    Where its people have several duties of a day each, the rules about days are kept, and those about blocks not.
    """
    office = office_at_hand()
    slug = slugify(name)[:40]
    if slug in RESERVED or Rota.objects.filter(office=office, slug=slug).exists():
        raise NameTaken
    rota = Rota.objects.create(office=office, slug=slug, name=name, **said)
    for place, duty in enumerate(duties, start=1):
        DutyType.objects.create(office=office, rota=rota, **({"order": place * 10} | duty))
    Rule.objects.bulk_create(_first_rules(rota, by_the_day=by_the_day))
    _first_rates(office)
    trail(rota, office_id=office.pk, name=fact(name))
    return rota


RESERVED = frozenset({"new", "on-now", "away", "skills", "rates", "feeds", "mine", ""})
"""Slugs that are pages of the room."""


def _first_rules(rota: Rota, *, by_the_day: bool) -> list[Rule]:
    left_out = ONLY_BY_BLOCKS if by_the_day else {rule.key for rule in BY_THE_DAY}
    return [
        Rule(
            office=rota.office,
            rota=rota,
            key=rule.key,
            kind=rule.kind,
            name=rule.name,
            source=rule.source,
            numbers=dict(rule.numbers),
            words=RANKS_WITH_A_ROSTER if rule.key == "publication" else list(rule.words),
            waiver=rule.waiver,
            is_kept=rule.key not in left_out,
            starts_on=rule.valid_from or LONG_AGO,
            ends_on=rule.valid_until,
            set_by="The catalogue",
            order=place,
        )
        for place, rule in enumerate((*RULES, *BY_THE_DAY), start=1)
    ]


def _first_rates(office: Office) -> None:
    if not Rate.objects.filter(office=office).exists():
        rows = sorted((date.fromisoformat(day), amount, source) for day, amount, source in FIRST_RATES)
        for day, amount, source in rows:
            _set_rate(office, amount, source, day)


@verb("rotas.revise")
def revise(rota: Rota, **changes: Any) -> Rota:
    """Change who approves swaps, when it is published, or who gets the look-ahead."""
    for name, value in changes.items():
        setattr(rota, name, value)
    rota.save(update_fields=list(changes))
    trail(rota, office_id=rota.office_id, name=fact(rota.name), **changes)
    return rota


@verb("rotas.add_duty")
def add_duty(rota: Rota, **said: Any) -> DutyType:
    """Add a duty that the rota fills from its next period on."""
    duty = DutyType.objects.create(office=rota.office, rota=rota, **said)
    trail(rota, office_id=rota.office_id, duty=fact(duty.name), rota=fact(rota.name))
    return duty


@verb("rotas.revise_duty")
def revise_duty(duty: DutyType, **changes: Any) -> DutyType:
    """Change a duty. Periods that are made already keep their blocks and hours."""
    for name, value in changes.items():
        setattr(duty, name, value)
    duty.save(update_fields=list(changes))
    trail(duty, office_id=duty.office_id, duty=fact(duty.name), rota=fact(duty.rota.name))
    return duty


@verb("rotas.enrol")
def enrol(rota: Rota, *, person: Person, duty_types: list[DutyType], starts_on: date, **said: Any) -> Member:
    """Put a person on the rota for these duties from a day on; somebody on it already gets the new terms."""
    member, _ = Member.objects.update_or_create(
        rota=rota,
        person=person,
        ends_on=None,
        defaults={"office": rota.office, "starts_on": starts_on, **said},
    )
    member.duty_types.set(duty_types)
    names = ", ".join(duty.name for duty in duty_types)
    trail(rota, office_id=rota.office_id, person=fact(person.name), rota=fact(rota.name), duties=fact(names))
    return member


@verb("rotas.release")
def release(member: Member, *, ends_on: date) -> Member:
    """Take a person off the rota after a day."""
    if ends_on < member.starts_on:
        raise ValueError("The last day is before the first")
    member.ends_on = ends_on
    member.save(update_fields=["ends_on"])
    trail(member.rota, office_id=member.office_id, person=fact(member.person.name), rota=fact(member.rota.name))
    return member


@verb("rotas.certify")
def certify(person: Person, *, name: str, starts_on: date, ends_on: date | None = None) -> Skill:
    """Record that a person holds a skill from a day to a day. A row of the same start is put right."""
    skill, _ = Skill.objects.update_or_create(
        office=office_at_hand(), person=person, name=name, starts_on=starts_on, defaults={"ends_on": ends_on}
    )
    trail(office_id=skill.office_id, person=fact(person.name), skill=fact(name), until=ends_on)
    return skill


@verb("rotas.set_rule")
def set_rule(rule: Rule, **changes: Any) -> Rule:
    """Change a rule from today on: the old row is ended and kept, so that what was made under it can be judged."""
    today = clock.today()
    said = {"numbers": rule.numbers, "is_kept": rule.is_kept, "source": rule.source, "waiver": rule.waiver}
    said |= changes
    fresh = rule
    if rule.starts_on < today:
        rule.ends_on = today - timedelta(days=1)
        rule.save(update_fields=["ends_on"])
        fresh = Rule.objects.get(pk=rule.pk)
        fresh.pk, fresh.ends_on, fresh.starts_on = None, None, today
    fresh.set_by = scope.current().actor
    for name, value in said.items():
        setattr(fresh, name, value)
    fresh.save()
    trail(
        rule.rota, office_id=rule.office_id, rule=fact(rule.name), rota=fact(rule.rota.name), reason=fresh.source
    )
    return fresh


@verb("rotas.set_rate")
def set_rate(*, amount: Decimal, source: str, starts_on: date) -> Rate:
    """Set what a day on call is paid from a day on. Days before it keep their own rate."""
    office = office_at_hand()
    rate = _set_rate(office, amount, source, starts_on)
    trail(office_id=office.pk, amount=fact(f"£{amount}"), starts_on=starts_on)
    return rate


def _set_rate(office: Office, amount: Decimal, source: str, starts_on: date) -> Rate:
    """Write the row, and end the one before it on the day before."""
    later = Rate.objects.filter(office=office, starts_on__gt=starts_on).order_by("starts_on").first()
    Rate.objects.filter(office=office, starts_on__lt=starts_on).between(starts_on, starts_on).update(
        ends_on=starts_on - timedelta(days=1)
    )
    ends_on = later.starts_on - timedelta(days=1) if later else None
    rate, _ = Rate.objects.update_or_create(
        office=office, starts_on=starts_on, defaults={"amount": amount, "source": source, "ends_on": ends_on}
    )
    return rate
