"""Where somebody is signed in: listed, ended one by one, or all at once."""

from allauth.usersessions.models import UserSession
from django.db.models import F

from privateoffice.foundations.offices.models import User


def sessions_of(user: User) -> list[UserSession]:
    """Those that still open something, the last used first. Any that have run out are forgotten."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda one: one.last_seen_at, reverse=True)


def end_session(user: User, number: int) -> bool:
    """End one session of somebody's own; False where they have no such session."""
    found = UserSession.objects.filter(user=user, pk=number).first()
    if found is None:
        return False
    found.end()
    return True


def end_every_session(user: User) -> None:
    """End every session of an account, on every machine, also those that were never listed.

    No verb: whoever signs out acts for themselves alone.
    """
    User.objects.filter(pk=user.pk).update(session_round=F("session_round") + 1)
    for one in UserSession.objects.filter(user=user):
        one.end()
