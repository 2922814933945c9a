"""Signing in through the force's own provider (OpenID Connect, such as Entra ID): who comes in, by which proof.

Nobody signs up here. Who comes is matched to an account by the provider's own number for them, or, the first time,
by an address that the provider vouches for. A second factor is needed: the provider's, or one of ours.
"""

from hmac import compare_digest
from typing import Any, cast

from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from privateoffice.foundations.offices.factors import PROVED
from privateoffice.foundations.offices.models import SigningIn, User
from privateoffice.foundations.offices.signing_in import PROVIDER, note

PROOFS = frozenset({"mfa", "ngcmfa", "fido", "hwk", "otp"})
"""What a provider writes in `amr` where it asked for more than a password."""


class OutsideAccounts(DefaultSocialAccountAdapter):
    """Lets in who has an account here, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        request.session.pop(PROVED, None)
        claims = claims_of(sociallogin)
        if not _was_asked_for(sociallogin, claims):
            raise ImmediateHttpResponse(_turned_away(request, "fault"))
        if not sociallogin.is_existing:
            user = _vouched_for(claims)
            if user is None:
                raise ImmediateHttpResponse(_turned_away(request, "stranger"))
            sociallogin.connect(request, user)
        user = cast(User, sociallogin.user)
        if PROOFS & set(claims.get("amr") or ()):
            request.session[PROVED] = user.pk
        elif not is_mfa_enabled(user):
            raise ImmediateHttpResponse(_turned_away(request, "one_factor", user))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        raise ImmediateHttpResponse(_turned_away(request, "fault"))


class SecondFactorStage(AuthenticateStage):
    """Asks for our own second factor unless the provider has asked for one a moment ago."""

    def _should_handle(self, request: HttpRequest) -> bool:
        """What was proved for one account opens no other that is signed in to from the same browser."""
        if self.login.user and request.session.get(PROVED) == self.login.user.pk:
            return False
        return super()._should_handle(request)


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider says: the signed token's claims stand above what was asked for besides."""
    said = sociallogin.account.extra_data
    return {**said.get("userinfo", {}), **said.get("id_token", {})}


def _was_asked_for(sociallogin: SocialLogin, claims: dict[str, Any]) -> bool:
    """Whether the signed token carries the number that we sent along when this very sign-in was begun."""
    return compare_digest(str(claims.get("nonce") or ""), str(sociallogin.state.get("nonce") or "-"))


def _vouched_for(claims: dict[str, Any]) -> User | None:
    """The account with an address that the provider has verified, or whose domain the settings trust it with."""
    email = str(claims.get("email") or "").lower()
    domain = email.rpartition("@")[2]
    is_verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1")
    if not email or not (is_verified or domain in settings.OIDC_EMAIL_DOMAINS):
        return None
    return User.objects.filter(email__iexact=email, is_active=True).first()


def _turned_away(request: HttpRequest, why: str, user: User | None = None) -> HttpResponse:
    note(request, user, SigningIn.Outcome.TURNED_AWAY, PROVIDER)
    clear_login(request)
    return render(request, "account/turned_away.html", {"why": why}, status=403)
