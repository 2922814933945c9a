"""Granting cover from a minute to a minute, and ending it."""

from datetime import datetime

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.clearance import OFFICIAL
from privateoffice.foundations.offices.models import Cover, Office, Person
from privateoffice.foundations.offices.roles import CLEARANCE, Role
from privateoffice.foundations.offices.verbs import fact, trail, verb


class CoverTooWide(Exception):
    """Nobody can open more to another than they see themselves."""


class CoverOver(Exception):
    """Cover must end in the time to come."""


class CoverFromWithin(Exception):
    """Whoever sits in the office already, or has left, cannot cover it from outside."""


class CoverOnCover(policy.Refused):
    """Whoever is here under cover cannot let another in."""


@verb("offices.grant_cover")
def grant_cover(
    *,
    office: Office,
    coverer: Person,
    covered: Person,
    starts_at: datetime,
    ends_at: datetime,
    role: str = Role.PA,
    clearance: int = OFFICIAL,
    reason: str = "",
) -> Cover:
    """Let a person of another office act for a role of this one, from a minute to a minute."""
    policy.require_reach("offices.grant_cover", office.pk)
    if scope.current().is_cover:
        raise CoverOnCover("offices.grant_cover", CoverOnCover.__doc__ or "")
    if ends_at <= clock.now():
        raise CoverOver
    if coverer.has_left(clock.today()) or coverer.holdings.standing(clock.now()).filter(office=office).exists():
        raise CoverFromWithin
    if clearance > max(scope.current().clearance, OFFICIAL) or clearance > CLEARANCE[Role(role)]:
        raise CoverTooWide
    granted = Cover(
        office=office,
        role=role,
        coverer=coverer,
        covered=covered,
        clearance=clearance,
        starts_at=_to_the_minute(starts_at),
        ends_at=_to_the_minute(ends_at),
        reason=reason,
    )
    granted.full_clean()
    granted.save()
    trail(
        office_id=office.pk,
        coverer=fact(coverer.name),
        covered=fact(covered.name),
        starts=granted.starts_at,
        ends=granted.ends_at,
        clearance=clearance,
    )
    return granted


@verb("offices.end_cover")
def end_cover(cover: Cover) -> Cover:
    """End cover now. Everything that it opened closes with it."""
    if cover.ended_at is None:
        cover.ended_at = clock.now()
        cover.save(update_fields=["ended_at"])
        trail(office_id=cover.office_id, coverer=fact(cover.coverer.name))
    return cover


def _to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
