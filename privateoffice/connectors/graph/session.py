"""Calls to Microsoft Graph: signed, never beyond its own host, and every refusal turned into words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

from privateoffice.connectors.graph.tokens import QUIET, Application
from privateoffice.connectors.ports.mailbox import Gone, NotLetIn, Trouble

PREFERENCES = 'IdType="ImmutableId"'
"""On every call, so that the id of a message stays the same wherever it is moved in its mailbox."""

LONGEST_PAUSE = 24 * 3600.0
UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
"""Faults after which nothing has left."""


class Throttled(Trouble):
    """Asked to wait. Nothing was done."""


class Forgotten(Trouble):
    """The service has forgotten what it told us last: all of the folder has to be told again."""


class Refused(Trouble):
    """The service will not do that, whoever asks again. `code` is its word for why."""

    def __init__(self, words: str, code: str = ""):
        super().__init__(words)
        self.code = code


class Broken(Trouble):
    """The service failed, or was cut off: it may have done what was asked, or not."""


class Unreached(Trouble):
    """The service was not reached: nothing was asked."""


class Session:
    """A line to Graph for one mailbox. `token` gives the bearer's token whenever one is needed."""

    def __init__(self, application: Application, user: str, token: Callable[[], str]):
        self.base = f"{application.graph}/v1.0"
        self.host = urlsplit(application.graph).netloc
        self.of_user = f"/users/{quote(user, safe='@')}"
        self.token = token
        self._http = httpx.Client(verify=application.trust, timeout=QUIET, follow_redirects=False)

    def get(self, path: str, asked: dict[str, str] | None = None, prefer: str = "") -> dict[str, Any]:
        """One answer in JSON. `path` is of the mailbox, or a link that the service gave."""
        told: dict[str, Any] = self._sent("GET", path, params=asked, prefer=prefer).json()
        return told

    def pages(self, path: str, asked: dict[str, str] | None = None, prefer: str = "") -> Iterator[dict[str, Any]]:
        """Page after page, along the links that the service gives."""
        page = self.get(path, asked, prefer)
        yield page
        while link := page.get("@odata.nextLink"):
            page = self.get(link, prefer=prefer)
            yield page

    def do(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._sent(method, path, json=body) if body is not None else self._sent(method, path)
        told: dict[str, Any] = answer.json() if answer.content else {}
        return told

    def stream(self, path: str, at_most: int) -> tuple[bytes, int]:
        """The bytes behind a path, no more than some over `at_most`, and how many there are as far as is known."""
        raw = bytearray()
        url, headers = self._url(path), self._headers("")
        with in_words(self.host), self._http.stream("GET", url, headers=headers) as answer:
            if answer.is_error:
                answer.read()
                raise refusal_of(answer)
            for piece in answer.iter_bytes():
                raw += piece
                if len(raw) > at_most:
                    break
            length = answer.headers.get("Content-Length", "")
        return bytes(raw), max(len(raw), int(length) if length.isdigit() else 0)

    def put_range(self, url: str, piece: bytes, first: int, size: int) -> None:
        """One range of a file to the address of an upload, which is its own proof: no token goes there."""
        if urlsplit(url).scheme != "https":
            raise Refused("The service named an address for an upload that is not safe.")
        told = {
            "Content-Range": f"bytes {first}-{first + len(piece) - 1}/{size}",
            "Content-Type": "application/octet-stream",
        }
        with in_words(self.host):
            answer = self._http.put(url, content=piece, headers=told)
        if answer.is_error:
            raise refusal_of(answer)

    def close(self) -> None:
        self._http.close()

    def _sent(self, method: str, path: str, prefer: str = "", **more: Any) -> httpx.Response:
        with in_words(self.host):
            answer = self._http.request(method, self._url(path), headers=self._headers(prefer), **more)
        if answer.is_error:
            raise refusal_of(answer)
        return answer

    def _url(self, path: str) -> str:
        """The whole address. A link that leads away is not followed: our token would go with it."""
        if not path.startswith(("http:", "https:")):
            return f"{self.base}{self.of_user}{path}"
        if not path.startswith(f"{self.base}/"):
            raise Refused("The service gave a link that leads elsewhere. It was not followed.")
        return path

    def _headers(self, prefer: str) -> dict[str, str]:
        wanted = f"{PREFERENCES}, {prefer}" if prefer else PREFERENCES
        return {"Authorization": f"Bearer {self.token()}", "Prefer": wanted}


@contextmanager
def in_words(host: str) -> Iterator[None]:
    try:
        yield
    except UNSENT as fault:
        raise Unreached(f"{host} cannot be reached: {_said(fault)}.") from fault
    except httpx.HTTPError as fault:
        raise Broken(f"{host} broke off: {_said(fault)}.") from fault


def refusal_of(answer: httpx.Response) -> Trouble:
    """What an answer that is an error means for whoever asked."""
    code, words = _error_in(answer)
    said = f"Microsoft 365 says {answer.status_code} {code}: {words}".rstrip(": ")
    pause = pause_in(answer.headers.get("Retry-After", ""))
    if answer.status_code == 429:
        return Throttled(f"Microsoft 365 asks us to wait {_in_minutes(pause)}.", pause=pause)
    if answer.status_code >= 500:
        return Broken(said, pause=pause)
    if answer.status_code == 410 or code.lower() in {"syncstatenotfound", "resyncrequired"}:
        return Forgotten(said)
    if answer.status_code == 404:
        return Gone(said)
    if answer.status_code in {401, 403} and code != "ErrorSendAsDenied":
        return NotLetIn(said)
    return Refused(said, code)


def _error_in(answer: httpx.Response) -> tuple[str, str]:
    try:
        error = answer.json().get("error") or {}
        return str(error.get("code", "")), " ".join(str(error.get("message", "")).split())[:300]
    except (ValueError, AttributeError):
        return "", ""


def pause_in(told: str) -> float:
    """The seconds of a Retry-After, which is a number or a moment; nothing where it says nothing."""
    if told.strip().isdigit():
        return min(float(told), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return 0.0
    left = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(left, 0.0), LONGEST_PAUSE)


def _in_minutes(pause: float) -> str:
    if not pause:
        return "a while"
    return f"{pause:.0f} seconds" if pause < 120 else f"{pause / 60:.0f} minutes"


def _said(fault: Exception) -> str:
    words = re.sub(r"\[Errno -?\d+\] ", "", " ".join(str(fault).split()))
    return words[:200].rstrip(".") or type(fault).__name__
