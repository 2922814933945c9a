"""Who holds which role: appointed from a moment, relieved at a moment."""

from datetime import datetime
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.services.staff import enter_person
from privateoffice.foundations.offices.verbs import fact, trail, verb


class AlreadyHeld(Exception):
    """This person holds the role already at that time."""


@verb("offices.appoint")
def appoint(
    person: Person,
    *,
    role: str,
    office: Office | None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Holding:
    """Give a person a role in an office; an administrator's is the whole house."""
    held = Holding(person=person, office=office, role=role, starts_at=starts_at or clock.now(), ends_at=ends_at)
    if _overlapping(held).exists():
        raise AlreadyHeld
    held.full_clean()
    held.save()
    trail(
        office_id=office.pk if office else 0, person=fact(person.name), role=fact(Role(role).label), until=ends_at
    )
    return held


def _overlapping(held: Holding) -> Any:
    others = Holding.objects.filter(person=held.person, office=held.office, role=held.role)
    others = others.exclude(ends_at__lte=held.starts_at)
    return others.filter(starts_at__lt=held.ends_at) if held.ends_at else others


@verb("offices.appoint")
def appoint_newcomer(
    *,
    role: str,
    office: Office | None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    **details: Any,
) -> Holding:
    """Enter somebody in the directory and give them a role at once."""
    person = enter_person(office=office, **details)
    return appoint(person, role=role, office=office, starts_at=starts_at, ends_at=ends_at)


@verb("offices.relieve")
def relieve(held: Holding, *, at: datetime | None = None) -> Holding:
    """End a person's time in a role."""
    held.ends_at = max(at or clock.now(), held.starts_at)
    if held.ends_at == held.starts_at:
        held.delete()
    else:
        held.save(update_fields=["ends_at"])
    trail(office_id=held.office_id or 0, person=fact(held.person.name), role=fact(held.get_role_display()))
    return held
