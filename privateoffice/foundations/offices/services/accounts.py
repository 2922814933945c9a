"""Accounts: made by an invitation, opened by a link that works once."""

import hashlib
import secrets
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Invitation, Office, Person, User
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.services.sessions import end_every_session
from privateoffice.foundations.offices.verbs import fact, trail, verb

GOOD_FOR = timedelta(days=3)
SAMPLE_PASSWORD = "sample office password"  # noqa: S105  (printed at every start; works on loopback only)


class LinkNotGood(Exception):
    """This link has been used, has run out, or was never made."""


@verb("offices.invite")
def invite(person: Person) -> str:
    """Make a link by which a person sets a password, once. Links made before are void."""
    Invitation.objects.open(clock.now()).filter(person=person).update(ends_at=clock.now())
    secret = secrets.token_urlsafe(32)
    Invitation.objects.create(person=person, digest=_digest(secret), ends_at=clock.now() + GOOD_FOR)
    trail(office_id=person.office_id or 0, person=fact(person.name))
    return f"/setup/{secret}/"


def invitation_of(secret: str) -> Invitation:
    """The open invitation behind a link. Raises LinkNotGood."""
    found = Invitation.objects.open(clock.now()).filter(digest=_digest(secret)).select_related("person").first()
    if found is None or found.person.has_left(clock.today()):
        raise LinkNotGood
    return found


@transaction.atomic
def redeem(secret: str, *, password: str, email: str = "") -> User:
    """Set the password of the invited person's account, and make the account where there is none.

    No verb: whoever holds the link acts for nobody yet.
    """
    invitation = invitation_of(secret)
    used = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=clock.now())
    if not used:
        raise LinkNotGood
    user = User.objects.filter(person=invitation.person).first() or User(person=invitation.person)
    user.email = (email or user.email or invitation.person.email).lower()
    user.set_password(password)
    user.is_active = True  # the link itself is an administrator's leave, also for somebody who came back
    user.save()
    end_every_session(user)
    return user


def first_administrator_link() -> str:
    """The link for the first administrator of an empty house."""
    with scope.acting_as_system("first start"), transaction.atomic():
        held = Holding.objects.filter(role=Role.ADMINISTRATOR).select_related("person").first()
        person = held.person if held else _first_administrator()
        return invite(person)


def _first_administrator() -> Person:
    person = Person.everyone.create(surname="Administrator", email="administrator@localhost.example")
    Holding.objects.create(person=person, role=Role.ADMINISTRATOR, starts_at=clock.now())
    return person


@verb("offices.reset_second_factor")
def reset_second_factor(person: Person) -> None:
    """Take a lost second factor away, so that the person can set up another."""
    Authenticator.objects.filter(user__person=person).delete()
    trail(office_id=person.office_id or 0, person=fact(person.name))


def sample_log_ins() -> list[tuple[str, str, str]]:
    """Address, password and post of those who can sign in to a sample office; none where there is a real one."""
    if not settings.ALLOWS_SAMPLE_SIGN_IN or Office.objects.filter(is_sample=False).exists():
        return []
    holders = Holding.objects.standing(clock.now()).filter(person__user__isnull=False)
    return [
        (held.person.user.email, SAMPLE_PASSWORD, _post(held))
        for held in holders.select_related("person__user", "office").order_by("office__name", "pk")
    ]


def _post(held: Holding) -> str:
    return f"{held.get_role_display()}, {held.office.short_name}" if held.office else held.get_role_display()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
