"""The staff directory: entering people, correcting them, moving them, recording who leaves."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.models import Office, Person, Unit, User
from privateoffice.foundations.offices.services.access import close_account, end_posts, void_links
from privateoffice.foundations.offices.services.sessions import end_every_session
from privateoffice.foundations.offices.verbs import fact, trail, verb

NUMBERS = ("warrant_number", "pay_number")
TAKEN = "Somebody else in the house has this number."


@verb("offices.enter_person")
def enter_person(*, office: Office | None, surname: str, unit_name: str = "", **details: Any) -> Person:
    """Enter somebody in the directory."""
    policy.require_reach("offices.enter_person", office.pk if office else None)
    person = Person(office=office, surname=surname, unit=_unit(office, unit_name), **details)
    _check(person)
    person.save(force_insert=True)
    trail(office_id=office.pk if office else 0, person=fact(person.name))
    return person


@verb("offices.correct_person")
def correct_person(person: Person, *, unit_name: str | None = None, **changes: Any) -> Person:
    """Correct what the directory says of somebody."""
    if unit_name is not None:
        person.unit = _unit(person.office, unit_name)
    for name, value in changes.items():
        setattr(person, name, value)
    _check(person)
    person.save()
    trail(office_id=person.office_id or 0, person=fact(person.name), changed=sorted(changes))
    return person


def _check(person: Person) -> None:
    """Refuse what the directory cannot keep. A number is looked for in every office: the house has one of each."""
    person.full_clean(exclude=["line_manager"])
    if not person.mark:
        raise ValidationError("Give a warrant number, a pay number or an email address, so that one can be told.")
    others = Person.everyone.exclude(pk=person.pk)
    taken = [name for name in NUMBERS if (said := getattr(person, name)) and _has(others, name, said)]
    if taken:
        raise ValidationError(dict.fromkeys(taken, TAKEN))


def _has(people: Any, name: str, said: str) -> bool:
    return people.filter(**{f"{name}__iexact": said}).exists()


def _unit(office: Office | None, name: str) -> Unit | None:
    return Unit.objects.get_or_create(office=office, name=name.strip())[0] if name.strip() else None


@verb("offices.move_person")
def move_person(person: Person, *, office: Office) -> Person:
    """Move somebody to another office. What they were in the old one, and their cover, ends; their work stays."""
    before, now = person.office, clock.now()
    end_posts(person, now)
    person.office, person.unit, person.line_manager = office, None, None
    person.save(update_fields=["office", "unit", "line_manager"])
    for user in User.objects.filter(person=person):
        end_every_session(user)
    for place in filter(None, (before, office)):
        trail(office_id=place.pk, person=fact(person.name), office=fact(office.name))
    return person


@verb("offices.record_leaving")
def record_leaving(person: Person, *, left_on: date) -> Person:
    """Record that somebody leaves. Roles, cover, links and the account end with the day; their work stays."""
    person.left_on = left_on
    person.save(update_fields=["left_on"])
    end_posts(person, clock.moment(left_on))
    void_links(person)
    if left_on <= clock.today():
        close_account(person)
    trail(office_id=person.office_id or 0, person=fact(person.name), left_on=left_on)
    return person
