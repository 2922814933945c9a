"""The log of signing in: each try is noted, seen by whoever it is about and by administrators, and forgotten."""

from datetime import timedelta

from django.conf import settings

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import SigningIn, User

TOGETHER = timedelta(minutes=10)
"""The very same failure within this time is one line with a count: whoever guesses cannot fill the disk."""


def note_sign_in(
    user: User | None, outcome: SigningIn.Outcome, *, means: str, place: str | None, device: str
) -> None:
    """Note one try to sign in.

    No verb: whoever tries to come in acts for nobody yet.
    """
    now = clock.now()
    said = {"user": user, "outcome": outcome, "means": means, "place": place, "device": device[:60]}
    is_failure = outcome != SigningIn.Outcome.IN
    if is_failure and SigningIn.objects.note_again(now - TOGETHER, now, **said):
        return
    SigningIn.objects.create(**said, begun_at=now, at=now)


def forget_signings_in() -> int:
    """Forget what is older than the settings keep; returns how many lines."""
    before = clock.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS)
    return SigningIn.objects.filter(at__lt=before).delete()[0]
