"""Who is acting, for which office, up to which marking. Without an open scope nothing can be read or written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.clearance import NOTHING, OFFICIAL, OFFICIAL_SENSITIVE
from privateoffice.foundations.offices.roles import CLEARANCE, Role

if TYPE_CHECKING:
    from privateoffice.foundations.offices.models import Cover, Office, Person


class NoScope(Exception):
    """Somebody tried to read or write a record without saying who is acting."""


class ScopeEnded(Exception):
    """The asker's role or cover ended before this was carried out."""


@dataclass(frozen=True)
class Scope:
    """One acting: a person in a role of an office, or a named part of the system.

    `sight` maps office ids to the highest marking seen there; `directory` holds the ids of the offices whose
    people are seen. `for_whom` is set under cover, `system` where no person acts.
    """

    person_id: int | None = None
    actor: str = ""
    office: "Office | None" = None
    roles: frozenset[str] = frozenset()
    sight: tuple[tuple[int, int], ...] = ()
    directory: tuple[int, ...] = ()
    for_whom: str = ""
    cover_id: int | None = None
    until: datetime | None = None
    system: str = ""
    sees_all_audiences: bool = False
    notes: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def office_ids(self) -> tuple[int, ...]:
        return tuple(office_id for office_id, _ in self.sight)

    @property
    def clearance(self) -> int:
        """The highest marking seen in the office at hand."""
        return dict(self.sight).get(self.office.pk if self.office else 0, NOTHING)

    @property
    def is_cover(self) -> bool:
        return self.cover_id is not None

    def reaches(self, office_id: int | None) -> bool:
        """Whether the people, roles and cover of an office are in reach; for the whole house, of every office."""
        is_of_house = self.office is None and Role.ADMINISTRATOR in self.roles
        return is_of_house or (office_id is not None and office_id in self.directory)

    def sees(self, office_id: int, marking: int) -> bool:
        return marking <= dict(self.sight).get(office_id, NOTHING)


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)


def current() -> Scope:
    """The scope that is open. Raises NoScope where none is."""
    scope = _current.get()
    if scope is None:
        raise NoScope
    return scope


def is_open() -> bool:
    return _current.get() is not None


@contextmanager
def opened(scope: Scope) -> Iterator[Scope]:
    token = _current.set(scope)
    try:
        yield scope
    finally:
        _current.reset(token)


@contextmanager
def acting(who: Any, *, office: "Office | None") -> Iterator[Scope]:
    """Act as a person (or the person of a user) in an office, with the roles or cover that stand now."""
    with opened(scope_of(getattr(who, "person", who), office)) as scope:
        yield scope


@contextmanager
def acting_as_system(name: str, *, office: "Office | None" = None) -> Iterator[Scope]:
    """Act as a named part of the system, for one office or for all. The trail shows the name."""
    with opened(_system_scope(name, office)) as scope:
        yield scope


@contextmanager
def publishing(name: str) -> Iterator[Scope]:
    """Read as a named part of the system what any office could be shown: OFFICIAL, and kept for nobody by name."""
    offices = _every_office()
    sight = tuple((office_id, OFFICIAL) for office_id in offices)
    with opened(Scope(actor=name, system=name, sight=sight, directory=offices)) as scope:
        yield scope


def scope_of(person: "Person | None", office: "Office | None") -> Scope:
    """What a person may see and do in an office at this moment; nothing where they hold no role and no cover."""
    if person is None or (person.left_on and person.left_on <= clock.today()):
        return Scope()
    now = clock.now()
    standing = person.holdings.standing(now).filter(office=office)
    roles = frozenset(standing.values_list("role", flat=True))
    if roles:
        return _held_scope(
            person, office, roles, min(filter(None, (held.ends_at for held in standing)), default=None)
        )
    covers = person.covers_given.standing(now).filter(office=office).select_related("covered", "office")
    cover = covers.order_by("-clearance", "starts_at", "pk").first()
    return _cover_scope(person, cover) if cover and office else Scope(person_id=person.pk, actor=person.name)


def under(cover: "Cover") -> Scope:
    """What a grant of cover opens, before its time as well: what is made for the coverer is made in it."""
    return _cover_scope(cover.coverer, cover)


def as_cover(office: "Office", clearance: int) -> Scope:
    """What anybody would see who covered for the PA of an office, up to a marking: nothing for named readers."""
    sight = ((office.pk, clearance),)
    return Scope(office=office, roles=frozenset({Role.PA}), sight=sight, directory=(office.pk,), cover_id=0)


def _held_scope(person: "Person", office: "Office | None", roles: frozenset[str], until: datetime | None) -> Scope:
    sees = max((CLEARANCE.get(Role(role), NOTHING) for role in roles), default=NOTHING)
    directory = (office.pk,) if office else _every_office() if Role.ADMINISTRATOR in roles else ()
    return Scope(
        person_id=person.pk,
        actor=person.name,
        office=office,
        roles=roles,
        sight=((office.pk, sees),) if office and sees else (),
        directory=directory,
        until=until,
    )


def _cover_scope(person: "Person", cover: "Cover") -> Scope:
    return Scope(
        person_id=person.pk,
        actor=person.name,
        office=cover.office,
        roles=frozenset({cover.role}),
        sight=((cover.office_id, cover.clearance),),
        directory=(cover.office_id,),
        for_whom=cover.covered.name,
        cover_id=cover.pk,
        until=cover.stops_at,
    )


def _system_scope(name: str, office: "Office | None") -> Scope:
    offices = (office.pk,) if office else _every_office()
    return Scope(
        actor=name,
        system=name,
        office=office,
        roles=frozenset(Role.values),
        sight=tuple((office_id, OFFICIAL_SENSITIVE) for office_id in offices),
        directory=offices,
        sees_all_audiences=True,
    )


def _every_office() -> tuple[int, ...]:
    return tuple(apps.get_model("offices", "Office").objects.order_by("pk").values_list("pk", flat=True))


def freeze(*, owed: bool = False) -> dict[str, Any]:
    """The open scope as plain data, for a job that acts later.

    What the office owes is done whatever becomes of the asker: its scope goes on after their role or cover ended.
    """
    scope = current()
    frozen = {
        "person": scope.person_id,
        "office": scope.office.pk if scope.office else None,
        "cover": scope.cover_id,
        "system": scope.system,
    }
    return {**frozen, "owed_as": sorted(scope.roles)} if owed else frozen


@contextmanager
def thawed(frozen: dict[str, Any]) -> Iterator[Scope]:
    """Open a frozen scope again as it stands now. Raises ScopeEnded where the role or cover has ended since."""
    office = _found("Office", frozen["office"])
    if frozen["system"]:
        scope = _system_scope(frozen["system"], office)
    else:
        scope = scope_of(_found("Person", frozen["person"]), office)
        if not scope.roles or scope.cover_id != frozen["cover"]:
            scope = _as_it_was(frozen, office)
    with opened(scope):
        yield scope


def _as_it_was(frozen: dict[str, Any], office: "Office | None") -> Scope:
    """The scope in which something was asked that the office owes. Raises ScopeEnded for what it does not."""
    person, cover = _found("Person", frozen["person"]), _found("Cover", frozen["cover"])
    roles = frozenset(frozen.get("owed_as", ()))
    if not roles or person is None or (frozen["cover"] and cover is None):
        raise ScopeEnded
    return _cover_scope(person, cover) if cover else _held_scope(person, office, roles, None)


def _found(model: str, pk: int | None) -> Any:
    return apps.get_model("offices", model)._base_manager.filter(pk=pk).first() if pk else None
