"""How accounts sign in: by password and second factor, and nobody signs up by themselves."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from privateoffice.foundations import seal
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Office, SigningIn, User
from privateoffice.foundations.offices.outside_accounts import SecondFactorStage
from privateoffice.foundations.offices.services import guesses
from privateoffice.foundations.offices.services.sessions import end_every_session
from privateoffice.foundations.offices.signing_in import PASSWORD, means_of, note

SECOND_FACTORS = "second factors"
SAMPLE_DOMAIN = "@specialist-crime.example"
"""The addresses of sample accounts. They open on loopback only, and no more once a real office is made."""


class SignIn(DefaultAccountAdapter):
    """Accounts are made by an administrator, never by whoever finds the address."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many tries. Wait a quarter of an hour, or use a passkey if you have one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_stages(self) -> list[str]:
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        theirs = "allauth.mfa.stages.AuthenticateStage"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever guesses waits, before any password is looked at."""
        if guesses.must_wait(credentials.get("email", ""), credentials.get("password", "")):
            note(request, _called(credentials.get("email", "")), SigningIn.Outcome.SLOWED, PASSWORD)
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        place = self.get_client_ip(request)
        guesses.note(credentials.get("email", ""), credentials.get("password", ""), place)
        note(request, _called(credentials.get("email", "")), SigningIn.Outcome.WRONG_PASSWORD, PASSWORD)

    def pre_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse | None:
        """Asked however somebody signs in, also by passkey and through the force's own provider."""
        if not Accounts().user_can_authenticate(user) or not may_come_from_here(request, user):
            note(request, user, SigningIn.Outcome.CLOSED, means_of(request, user))
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **said)

    def post_login(self, request: HttpRequest, user: User, **said: Any) -> HttpResponse:
        """Tell whoever is in now of what was tried with their name since."""
        tries, last = guesses.untold(user)
        if tries and last:
            often = "A wrong password was" if tries == 1 else f"{tries} wrong passwords were"
            warning = f"{often} tried with your name, last at {words.hour(last)} on {words.day(last)}."
            messages.warning(request, f"{warning} If that was not you, tell your administrator.")
            guesses.have_told(user)
        return super().post_login(request, user, **said)

    def logout(self, request: HttpRequest) -> None:
        """Signing out ends every session of the account, on this machine and any other."""
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            end_every_session(user)


class SecondFactor(DefaultMFAAdapter):
    """Second factors are stored under the office's key, which is not in the database."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey is bound to the address in the settings, whatever a request calls us."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": "Private Office"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {held + 1}"

    def encrypt(self, text: str) -> str:
        return seal.sealed(text, SECOND_FACTORS)

    def decrypt(self, encrypted_text: str) -> str:
        return seal.opened(encrypted_text, SECOND_FACTORS)


class Accounts(AuthenticationBackend):
    """Password sign-in; sample accounts only where sample accounts may be used."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        return user if user and may_come_from_here(request, user) else None

    def user_can_authenticate(self, user: User) -> bool:
        """Asked at sign-in and at every request: nobody whose leaving day has come goes on."""
        return super().user_can_authenticate(user) and not _has_left(user)


def _called(name: str) -> User | None:
    """Whose account a name is; nothing for a name that nobody has, which may be a password in the wrong field."""
    return User.objects.filter(email__iexact=name).first()


def _has_left(user: User) -> bool:
    return user.person is not None and user.person.has_left(clock.today())


def may_come_from_here(request: HttpRequest, user: User) -> bool:
    return not user.email.endswith(SAMPLE_DOMAIN) or takes_sample_accounts(request)


def takes_sample_accounts(request: HttpRequest | None) -> bool:
    """Whether the sample's well-known password opens anything here: on loopback, and while all is sample."""
    if not settings.ALLOWS_SAMPLE_SIGN_IN or Office.objects.filter(is_sample=False).exists():
        return False
    return request is None or _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
