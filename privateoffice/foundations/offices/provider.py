"""The force's own OpenID Connect provider: believed in what it has signed, for us and for this sign-in."""

import secrets
from typing import Any

import jwt
from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from privateoffice.foundations.offices.views import outside

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a public key. Never `none`, and never one by a secret that is shared."""

NEEDED = ("iss", "aud", "exp", "iat", "sub")
SKEW = 60
"""Seconds by which the clocks of the two may differ."""


class ForceAdapter(OpenIDConnectOAuth2Adapter):
    """Takes an ID token only by its signature, from the issuer that the settings name."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **said: Any) -> Any:
        if not said["response"].get("id_token"):
            raise OAuth2Error("the provider gave no ID token")
        return super().complete_login(request, app, token, **said)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        issuer = self.openid_config["issuer"]
        if issuer.rstrip("/") != settings.OIDC_ISSUER.rstrip("/"):
            raise OAuth2Error("the provider calls itself by another name than the settings do")
        try:
            return jwt.decode(
                id_token,
                self._key_of(id_token),
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=issuer,
                leeway=SKEW,
                options={"require": list(NEEDED)},
            )
        except (jwt.PyJWTError, KeyError, ValueError) as fault:
            raise OAuth2Error("the ID token is not one that the provider signed for us") from fault

    def _key_of(self, id_token: str) -> jwt.PyJWK:
        """The provider's key by which the token says that it is signed; a provider of one key need not say."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")]
        name = jwt.get_unverified_header(id_token).get("kid")
        fitting = [key for key in keys if key.key_id == name] if name else keys
        if len(fitting) != 1:
            raise OAuth2Error("the ID token names no key of the provider")
        return fitting[0]


class ForceProvider(OpenIDConnectProvider):
    """Sends a number along that is used once: the answer must carry it, so that no other answer fits."""

    oauth2_adapter_class = ForceAdapter

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **said: Any
    ) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(24)
        said["auth_params"] = {**(said.get("auth_params") or self.get_auth_params()), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **said)


@outside("whoever comes back from the provider acts for nobody yet; what it has signed is the proof")
@login_not_required
def callback(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Where the provider sends people back to. allauth's own view would take its own adapter."""
    try:
        return OAuth2CallbackView.adapter_view(ForceAdapter(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None


provider_classes = [ForceProvider]
"""allauth asks each installed app for its `provider`: ours takes the place of the one of the same name."""
