"""Whose an action is and may become, and who may speak for an owner."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Holding, Person, User
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact
from privateoffice.spine.actions.models import Action
from privateoffice.spine.actions.policy import OFFICE

CLERKS = frozenset({Role.PA, Role.STAFF_OFFICER})
"""The roles that write down what an owner without an account says."""


OWNING_ROLES = OFFICE
"""The roles that can owe something as such: one person holds each."""


class OwnerUnclear(ValueError):
    """An action has one owner: a role of the office, a person of the directory, or a name with an address."""


class NotOpen(Exception):
    """The action is closed. Open it again first."""


def owner_fields(
    *, owner_role: str = "", owner: Person | None = None, owner_name: str = "", owner_email: str = ""
) -> dict[str, Any]:
    """The fields that say whose an action is. Raises OwnerUnclear unless exactly one owner is given."""
    owner_name, owner_email = owner_name.strip(), owner_email.strip()
    given = [bool(owner_role), owner is not None, bool(owner_name)]
    if sum(given) != 1:
        raise OwnerUnclear("Choose one owner: a role, a person, or somebody outside.")
    if owner_role and owner_role not in OWNING_ROLES:
        raise OwnerUnclear("There is no such role in this office.")
    if owner_name and not owner_email:
        raise OwnerUnclear("Give an email address for somebody outside, so that they can be chased.")
    if owner_name and not _is_address(owner_email):
        raise OwnerUnclear("Give an email address in the correct format, like name@example.com")
    if owner and owner.left_on and owner.left_on <= clock.today():
        raise OwnerUnclear(f"{owner.ranked_name} has left. Choose somebody else.")
    return {
        "owner_role": owner_role,
        "owner": owner,
        "owner_name": owner_name,
        "owner_email": owner_email if owner_name else "",
    }


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def owner_for_trail(action: Action) -> fact:
    """The owner as the trail may name them for ever: a role or one of the staff, and nobody outside by name."""
    return fact("somebody outside" if action.owner_name else action.owner_words)


def setter_fields(setter_role: str = "") -> dict[str, Any]:
    """Who sets an action now. Under cover, and where the system sets it, only the role counts."""
    acting = scope.current()
    own = next((role for role in OFFICE if role in acting.roles), Role.PA)
    person = acting.person_id if not acting.is_cover else None
    return {"setter_role": setter_role or (Role.PA if acting.system else own), "setter_id": person}


def require_open(action: Action) -> None:
    if action.closing is not None:
        raise NotOpen("This action is closed. Open it again first.")


def require_say(verb: str, action: Action) -> None:
    """Refuse anyone but the office itself and the owner."""
    acting = scope.current()
    if acting.system or acting.roles & frozenset(OFFICE) or action.is_owned_by(acting):
        return
    raise policy.Refused(verb, "This action is somebody else’s.")


def require_owner_or_clerk(verb: str, action: Action) -> None:
    """Refuse anyone but the owner, and the PA or Staff Officer where the owner has no account to say it with."""
    acting = scope.current()
    if acting.system or action.is_owned_by(acting):
        return
    if acting.roles & CLERKS and not can_sign_in(action):
        return
    raise policy.Refused(verb, "Only the owner says that an action is done.")


def require_setter(verb: str, action: Action) -> None:
    """Refuse anyone but who set the action, by name or by role."""
    acting = scope.current()
    if not acting.system and not action.is_set_by(acting):
        raise policy.Refused(verb, "Only who set the action accepts it or sends it back.")


def can_sign_in(action: Action) -> bool:
    """Whether the owner can say things here: a role that is held, or a person with an account and a role."""
    standing = Holding.objects.standing(clock.now()).filter(office_id=action.office_id)
    holders = (
        standing.filter(role=action.owner_role)
        if action.owner_role
        else standing.filter(person_id=action.owner_id)
    )
    accounts = User.objects.filter(is_active=True, person_id__in=holders.values("person_id"))
    return accounts.exists()
