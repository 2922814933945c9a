"""Which roles may do which verb with the offices themselves, and the question that every verb asks."""

from typing import Any

from django.core.exceptions import PermissionDenied

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover, Holding, Office, Person
from privateoffice.foundations.offices.roles import OFFICE_ROLES, Role
from privateoffice.foundations.registry import house

ROLES = {
    "offices.administer": (Role.ADMINISTRATOR,),
    "offices.add": (Role.ADMINISTRATOR,),
    "offices.settle": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER, Role.COMMANDER),
    "offices.appoint": (Role.ADMINISTRATOR,),
    "offices.relieve": (Role.ADMINISTRATOR,),
    "offices.grant_cover": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER, Role.COMMANDER),
    "offices.end_cover": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER, Role.COMMANDER),
    "offices.invite": (Role.ADMINISTRATOR,),
    "offices.reset_second_factor": (Role.ADMINISTRATOR,),
    "offices.end_access": (Role.ADMINISTRATOR,),
    "offices.enter_person": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
    "offices.correct_person": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
    "offices.import_staff": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
    "offices.record_leaving": (Role.ADMINISTRATOR, Role.PA, Role.STAFF_OFFICER),
    "offices.move_person": (Role.ADMINISTRATOR,),
    "offices.standing.view": OFFICE_ROLES,
    "offices.cover.view": (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER, Role.ADMINISTRATOR),
    "offices.directory.view": (
        Role.PA,
        Role.STAFF_OFFICER,
        Role.COMMANDER,
        Role.SLT_MEMBER,
        Role.ADMINISTRATOR,
    ),
}

PHRASES = {
    "offices.administer": "opened administration",
    "offices.add": "added the office {name}",
    "offices.settle": "changed the office's settings",
    "offices.appoint": "appointed {person} as {role}",
    "offices.relieve": "ended {person}'s time as {role}",
    "offices.grant_cover": "granted cover to {coverer} for {covered}, {starts} to {ends}",
    "offices.end_cover": "ended cover by {coverer}",
    "offices.invite": "made a sign-in link for {person}",
    "offices.reset_second_factor": "reset the second factor of {person}",
    "offices.end_access": "ended every access of {person}",
    "offices.slow_sign_in": "slowed signing in for {person}, after too many wrong passwords",
    "offices.enter_person": "entered {person} in the directory",
    "offices.correct_person": "corrected the directory's entry for {person}",
    "offices.import_staff": "imported a staff list: {new} new, {changed} changed, {unchanged} unchanged",
    "offices.record_leaving": "recorded that {person} left",
    "offices.move_person": "moved {person} to {office}",
}


class Refused(PermissionDenied):
    """The person acting may not do this. Carries the verb, for the trail."""

    def __init__(self, verb: str, reason: str):
        super().__init__(reason)
        self.verb = verb


def allows(verb: str) -> bool:
    """Whether a role of the person acting may do the verb."""
    acting = scope.current()
    return bool(acting.system) or bool(acting.roles & frozenset(house.roles_for(verb)))


def require(verb: str, subject: Any = None) -> None:
    """Refuse unless the verb is granted to a role of the person acting and its subject is in scope."""
    if not allows(verb):
        raise Refused(verb, "Your role does not include this.")
    if isinstance(subject, Office):
        require_reach(verb, subject.pk)
    elif isinstance(subject, Cover | Holding | Person):
        require_reach(verb, subject.office_id)
    elif hasattr(subject, "marking") and not scope.current().sees(subject.office_id, subject.marking):
        raise Refused(verb, "This is outside the offices and markings that you may see.")


def require_reach(verb: str, office_id: int | None) -> None:
    """Refuse where the people and roles of an office are not in reach of the person acting."""
    if not scope.current().reaches(office_id):
        raise Refused(verb, "This belongs to another office.")
