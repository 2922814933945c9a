"""Where the settings ask for it, nobody goes on without a second factor: whoever has none sets one up first."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from privateoffice.foundations.offices.door import go_to
from privateoffice.foundations.offices.models import User

PROVED = "outside_second_factor"
"""Of a session: the account for which the force's own provider asked for more than a password."""

WAY_IN = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "account_logout",
        "account_reauthenticate",
        "account_login",
    }
)
"""What somebody without a second factor can reach: setting one up, showing their password, signing out."""


class FactorMiddleware:
    """Leads whoever has no second factor to where one is set up, and nowhere else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not settings.NEEDS_SECOND_FACTOR or not isinstance(request.user, User):
            return None
        if not getattr(view, "login_required", True) or has_factor(request, request.user):
            return None
        request.wants_factor = True  # type: ignore[attr-defined]
        name = request.resolver_match.url_name if request.resolver_match else ""
        return None if name in WAY_IN else go_to(request, reverse("mfa_index"))


def has_factor(request: HttpRequest, user: User) -> bool:
    """Whether somebody shows more than a password: here, or to the force's own provider for this session."""
    if request.session.get(PROVED) == user.pk:
        return True
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return Authenticator.objects.filter(user=user, type__in=kinds).exists()
