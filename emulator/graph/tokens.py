"""The sign-in side of the emulated tenant, as msal asks for it: discovery, tokens, and a page of consent."""

import base64
import hashlib
import json
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from werkzeug import Request, Response

from emulator.graph.state import Application, Person, Tenant, Token

LIVES = 3600.0


class TokenDesk:
    """Answers what lies under /TENANT/."""

    def __init__(self, tenant: Tenant):
        self.tenant = tenant

    def answer(self, request: Request) -> Response:
        tenant, _, rest = request.path.strip("/").partition("/")
        if tenant not in {self.tenant.id, self.tenant.name, "organizations"}:
            return _refusal("invalid_tenant", f"AADSTS90002: Tenant '{tenant}' not found.")
        base = f"{request.host_url}{tenant}"
        if rest.endswith(".well-known/openid-configuration"):
            return _json(_discovery(base))
        if rest == "oauth2/v2.0/authorize":
            return self._consent(request)
        if rest == "oauth2/v2.0/token":
            return self._token(request)
        return Response("", 404)

    def _consent(self, request: Request) -> Response:
        """Whoever is named in login_hint signs in at once; there is nobody here to type a password."""
        asked = request.args
        code = secrets.token_urlsafe(16)
        self.tenant.codes[code] = {**asked.to_dict(), "person": asked.get("login_hint", "").lower()}
        told = urlencode({"code": code, "state": asked.get("state", ""), "session_state": "x"})
        return Response("", 302, {"Location": f"{asked['redirect_uri']}?{told}"})

    def _token(self, request: Request) -> Response:
        form = request.form
        application = self.tenant.applications.get(form.get("client_id", ""))
        if application is None:
            return _refusal("unauthorized_client", "AADSTS700016: Application was not found in the directory.")
        if form.get("client_secret") != application.secret:
            return _refusal("invalid_client", "AADSTS7000215: Invalid client secret provided.", 401)
        kind = form.get("grant_type")
        if kind == "client_credentials":
            return _json(self._given(application, None, form.get("scope", "")))
        if kind == "authorization_code":
            return self._by_code(application, form)
        if kind == "refresh_token":
            return self._by_refresher(application, form)
        return _refusal("unsupported_grant_type", f"AADSTS70003: {kind} is not supported.")

    def _by_code(self, application: Application, form: Any) -> Response:
        asked = self.tenant.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return _refusal(
                "invalid_grant", "AADSTS70000: The code is expired, used, or meant for another address."
            )
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked.get("code_challenge"):
            return _refusal("invalid_grant", "AADSTS501481: The code verifier does not match the challenge.")
        person = self.tenant.people.get(asked["person"])
        if person is None:
            return _refusal("invalid_grant", "AADSTS50034: The user account does not exist.")
        return _json(self._given(application, person, asked.get("scope", ""), nonce=asked.get("nonce", "")))

    def _by_refresher(self, application: Application, form: Any) -> Response:
        held = self.tenant.refreshers.pop(form.get("refresh_token", ""), None)
        if held is None or held.application is not application or held.person is None:
            return _refusal("invalid_grant", "AADSTS700082: The refresh token has expired or was revoked.")
        return _json(self._given(application, held.person, form.get("scope", "")))

    def _given(
        self, application: Application, person: Person | None, scope: str, nonce: str = ""
    ) -> dict[str, Any]:
        word = f"token-{secrets.token_urlsafe(24)}"
        token = Token(application, person, time.time() + LIVES)
        self.tenant.tokens[word] = token
        told = {
            "token_type": "Bearer",
            "expires_in": int(LIVES),
            "ext_expires_in": int(LIVES),
            "access_token": word,
        }
        if person is None:
            return told
        refresher = f"refresh-{secrets.token_urlsafe(24)}"
        self.tenant.refreshers[refresher] = token
        wanted = [each for each in scope.split() if each not in {"openid", "profile", "offline_access"}]
        return told | {
            "scope": " ".join(wanted),
            "refresh_token": refresher,
            "id_token": self._id_token(application, person, nonce),
            "client_info": _coded({"uid": person.address, "utid": self.tenant.id}),
        }

    def _id_token(self, application: Application, person: Person, nonce: str) -> str:
        now = int(time.time())
        told = {
            "iss": f"https://login.emulator/{self.tenant.id}/v2.0",
            "aud": application.id,
            "iat": now,
            "nbf": now,
            "exp": now + int(LIVES),
            "name": person.name,
            "preferred_username": person.address,
            "oid": hashlib.sha256(person.address.encode()).hexdigest()[:32],
            "sub": person.address,
            "tid": self.tenant.id,
            **({"nonce": nonce} if nonce else {}),
        }
        return f"{_coded({'alg': 'none', 'typ': 'JWT'})}.{_coded(told)}."


def _discovery(base: str) -> dict[str, Any]:
    return {
        "issuer": f"{base}/v2.0",
        "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
        "token_endpoint": f"{base}/oauth2/v2.0/token",
        "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        "response_modes_supported": ["query", "fragment", "form_post"],
    }


def _coded(told: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()


def _json(told: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(told), status, content_type="application/json")


def _refusal(error: str, words: str, status: int = 400) -> Response:
    return _json({"error": error, "error_description": words, "error_codes": []}, status)
