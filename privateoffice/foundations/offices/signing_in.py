"""Listens to allauth, and notes every try to sign in: by what means, from where, and how it ended."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import user_logged_in
from allauth.core import context
from allauth.mfa.signals import authentication_failed
from django.dispatch import receiver
from django.http import HttpRequest

from privateoffice.foundations.offices.devices import device_of
from privateoffice.foundations.offices.models import SigningIn, User
from privateoffice.foundations.offices.services.signing_in import note_sign_in

PASSWORD, PROVIDER = "password", "force account"
MEANS = {
    "password": PASSWORD,
    "totp": "code from an app",
    "webauthn": "passkey",
    "recovery_codes": "recovery code",
    "socialaccount": PROVIDER,
}


def note(request: HttpRequest, user: User | None, outcome: SigningIn.Outcome, means: str) -> None:
    """Note one try, with the place and device that the request tells of."""
    device = device_of(request.headers.get("User-Agent", ""))
    note_sign_in(user, outcome, means=means, place=get_adapter().get_client_ip(request), device=device)


@receiver(user_logged_in)
def note_success(request: HttpRequest, user: User, **said: Any) -> None:
    note(request, user, SigningIn.Outcome.IN, means_of(request, user))


@receiver(authentication_failed)
def note_wrong_code(user: User, authenticator: Any, request: HttpRequest | None = None, **said: Any) -> None:
    """A code from an app, a recovery code or a passkey that did not fit."""
    asked = request or context.request
    note(asked, user, SigningIn.Outcome.WRONG_CODE, MEANS.get(authenticator.type, authenticator.type))


def means_of(request: HttpRequest, user: User) -> str:
    """What was shown to come in, in its order: "password and passkey"."""
    records = get_authentication_records(request, user) if hasattr(request, "session") else []
    shown = [record.get("type") or record["method"] for record in records]
    words = dict.fromkeys(MEANS.get(each, each) for each in shown)
    return " and ".join(words) or "link"
