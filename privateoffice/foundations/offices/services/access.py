"""Ending all that lets somebody in, in one step: roles, cover, links, sessions, passkeys, codes."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Cover, Holding, Invitation, Person, User
from privateoffice.foundations.offices.services.sessions import end_every_session
from privateoffice.foundations.offices.verbs import fact, trail, verb


@verb("offices.end_access")
def end_access(person: Person) -> Person:
    """End every access of somebody now, as on suspension. Their work stays; a new sign-in link lets them back."""
    end_posts(person, clock.now())
    close_account(person)
    trail(office_id=person.office_id or 0, person=fact(person.name))
    return person


def end_posts(person: Person, ends_at: datetime) -> None:
    """End what a person holds and covers at a moment; what would begin later never does."""
    for held in Holding.objects.filter(person=person).exclude(ends_at__lte=ends_at):
        if held.starts_at >= clock.now():
            held.delete()
        else:
            held.ends_at = max(ends_at, held.starts_at + timedelta(seconds=1))
            held.save(update_fields=["ends_at"])
    running = Cover.objects.filter(coverer=person, ends_at__gt=ends_at)
    running.exclude(ended_at__lte=ends_at).update(ended_at=ends_at)


def close_account(person: Person) -> None:
    """Close the account with every key to it. Nothing is left that would open it again by itself."""
    void_links(person)
    for user in User.objects.filter(person=person):
        Authenticator.objects.filter(user=user).delete()
        SocialAccount.objects.filter(user=user).delete()
        user.is_active = False
        user.set_unusable_password()
        user.save(update_fields=["is_active", "password"])
        end_every_session(user)


def void_links(person: Person) -> None:
    Invitation.objects.open(clock.now()).filter(person=person).update(ends_at=clock.now())
