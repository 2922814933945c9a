"""Delegating the Commander's leave to approve, for a time, and taking it back."""

from collections.abc import Sequence
from datetime import datetime

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.spine.approvals.models import CLASSES, Delegation, Revocation


class NotDelegable(ValueError):
    """This class of item is not delegated, or not to this person."""


@verb("approvals.delegate")
def delegate(
    to_person: Person, *, item_classes: Sequence[str], starts_at: datetime, ends_at: datetime
) -> Delegation:
    """Let a person approve some classes of item from a moment to a moment."""
    acting = scope.current()
    if not item_classes or any(code not in CLASSES or not CLASSES[code].delegates for code in item_classes):
        raise NotDelegable("Say which kinds of item. Certificates are for the Commander alone.")
    if acting.person_id in {None, to_person.pk} or acting.is_cover:
        raise NotDelegable("A delegation is given by the Commander, to somebody else.")
    if acting.office is None:
        raise scope.NoScope
    if ends_at <= starts_at:
        raise NotDelegable("It must end after it starts.")
    given = Delegation.objects.create(
        office=acting.office,
        delegate=to_person,
        item_classes=sorted(set(item_classes)),
        starts_at=starts_at,
        ends_at=ends_at,
        given_by_id=acting.person_id,
        given_at=clock.now(),
    )
    trail(given, person=fact(to_person.name), classes=fact(given.words), starts=starts_at, ends=ends_at)
    return given


@verb("approvals.revoke")
def revoke_delegation(delegation: Delegation) -> Revocation:
    """Take a delegation back from this moment. Twice is once."""
    given = Delegation.objects.select_related("delegate").get(pk=delegation.pk)
    revocation, is_new = Revocation.objects.get_or_create(
        delegation=given,
        office=given.office,
        defaults={"revoked_at": clock.now(), "revoked_by": scope.current().actor},
    )
    if is_new:
        trail(given, person=fact(given.delegate.name), classes=fact(given.words))
    return revocation
