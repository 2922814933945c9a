"""Tokens by msal: of the application for what goes on by itself, and of a person for what a person sends."""

import re
import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
import msal

from privateoffice.connectors.ports.mailbox import NotLetIn, Trouble

QUIET = 60.0
"""Seconds of silence after which the service is taken for gone."""

LOGIN, GRAPH = "https://login.microsoftonline.com", "https://graph.microsoft.com"
OF_A_PERSON = ("Mail.ReadWrite.Shared", "Mail.Send.Shared")
NOBODY = "Nobody has signed in, or it was long ago. Sign in again."
RAN_OUT = ("invalid_grant", "interaction_required")
TRY_AGAIN = {"temporarily_unavailable", "server_error", "slow_down"}


class SignInAgain(NotLetIn):
    """Whoever signed in has to do so again."""


@dataclass(frozen=True)
class Application:
    """The application in the tenant, and where the services are. `authority` is a file to trust."""

    tenant: str
    client: str
    secret: str = field(repr=False)
    login: str = LOGIN
    graph: str = GRAPH
    authority: str = ""

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.authority or None)


@dataclass
class Cache:
    """What msal remembers, as text, and whether it has changed since it was opened."""

    text: str = field(default="", repr=False)
    is_changed: bool = False


class Tokens:
    """Gives bearer tokens, from memory where one still holds."""

    def __init__(self, application: Application, cache: Cache):
        self.told, self.cache = application, cache
        self._memory = msal.SerializableTokenCache()
        if cache.text:
            self._memory.deserialize(cache.text)
        self._http = httpx.Client(verify=application.trust, timeout=QUIET, follow_redirects=False)
        self._made: msal.ConfidentialClientApplication | None = None

    def for_application(self) -> str:
        """A token of the application itself. Raises Trouble."""
        return self._asked(lambda made: made.acquire_token_for_client([f"{self.told.graph}/.default"]))

    def for_person(self, account: str) -> str:
        """A token of somebody who signed in before. Raises SignInAgain where they have to."""

        def ask(made: msal.ConfidentialClientApplication) -> dict[str, Any] | None:
            known = made.get_accounts(account)
            return made.acquire_token_silent_with_error(self._scopes, account=known[0]) if known else None

        return self._asked(ask)

    def begin_sign_in(self, back_to: str, hint: str) -> dict[str, Any]:
        """Begin the signing in of a person. What is returned belongs into their session; they go to `auth_uri`.

        The answer comes back as a question in the address: a form posted from another site would come without the
        session's cookie. The code in it is worth nothing without the verifier that stays here.
        """
        made = self._application()
        with _in_words(self.told), warnings.catch_warnings():
            warnings.filterwarnings("ignore", "response_mode='form_post' is recommended", UserWarning)
            flow: dict[str, Any] = made.initiate_auth_code_flow(
                self._scopes, redirect_uri=back_to, login_hint=hint or None
            )
        return flow

    def finish_sign_in(self, flow: dict[str, Any], answer: dict[str, str]) -> str:
        """Finish it with what came back; returns the account's name. Raises Trouble."""
        account = ""

        def ask(made: msal.ConfidentialClientApplication) -> dict[str, Any]:
            nonlocal account
            try:
                got: dict[str, Any] = made.acquire_token_by_auth_code_flow(flow, answer)
            except ValueError as fault:
                raise NotLetIn("The answer does not belong to this sign-in. Begin again.") from fault
            account = str((got.get("id_token_claims") or {}).get("preferred_username", ""))
            return got

        self._asked(ask)
        return account

    def close(self) -> None:
        self._http.close()

    @property
    def _scopes(self) -> list[str]:
        return [f"{self.told.graph}/{each}" for each in OF_A_PERSON]

    def _application(self) -> msal.ConfidentialClientApplication:
        if self._made is None:
            with _in_words(self.told):
                self._made = msal.ConfidentialClientApplication(
                    self.told.client,
                    authority=f"{self.told.login}/{self.told.tenant}",
                    client_credential=self.told.secret,
                    token_cache=self._memory,
                    http_client=self._http,
                    instance_discovery=False,
                )
        return self._made

    def _asked(self, ask: Callable[[msal.ConfidentialClientApplication], dict[str, Any] | None]) -> str:
        made = self._application()
        with _in_words(self.told):
            got = ask(made)
        if self._memory.has_state_changed:
            self.cache.text, self.cache.is_changed = self._memory.serialize(), True
        if got and "access_token" in got:
            return str(got["access_token"])
        raise _refusal(got or {"error": "interaction_required", "error_description": NOBODY})


def _refusal(got: dict[str, Any]) -> Trouble:
    words = " ".join(str(got.get("error_description") or got.get("error") or "No token was given.").split())
    error = got.get("error", "")
    is_plain = isinstance(error, str) and error not in TRY_AGAIN  # else it is an error of the service, not of ours
    kind = SignInAgain if error in RAN_OUT else NotLetIn if is_plain else Trouble
    return kind(f"Microsoft 365 gives no token: {words[:300]}")


class _in_words:
    """Turns the faults of the line and of msal into Trouble."""

    def __init__(self, told: Application):
        self.host = urlsplit(told.login).netloc

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, fault: BaseException | None, trace: Any) -> None:
        if isinstance(fault, httpx.HTTPError | OSError):
            raise Trouble(f"{self.host} cannot be reached, or broke off: {_said(fault)}.") from fault
        if isinstance(fault, ValueError):
            raise NotLetIn(f"{self.host} does not know this tenant, or its address is wrong.") from fault


def _said(fault: BaseException) -> str:
    words = re.sub(r"\[Errno -?\d+\] ", "", " ".join(str(fault).split()))
    return words[:200].rstrip(".") or type(fault).__name__
