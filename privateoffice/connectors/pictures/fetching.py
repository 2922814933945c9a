"""Fetching what stands at addresses on the web: no cookies, no referrer, no proxy, and a ceiling on everything.

What comes is bytes of a stranger and nothing more: whether they are a picture is judged elsewhere, in a child.
"""

import ssl
import time
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

import httpcore
import httpx

from privateoffice.connectors.pictures.guard import LATE, Guard, NotFetched, left
from privateoffice.foundations.quarantine.limits import MEGABYTE

BYTES = 5 * MEGABYTE
SECONDS = 12.0
"""For all of one message together."""
LEAPS = 3
AT_ONCE = 6
LONGEST_ADDRESS = 4_000
HEADERS: dict[str | bytes, str | bytes] = {
    "Accept": "image/*",
    "Accept-Encoding": "identity",
    "User-Agent": "Mozilla/5.0",
    "Connection": "close",
}
"""Nothing that names the office, its program or its reader."""
_LEADS_ON = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class Fetched:
    """What stood at an address, or why nothing was fetched from there."""

    address: str
    raw: bytes = b""
    fault: str = ""


def fetch_all(
    addresses: Sequence[str], *, beside: Collection[str] = (), seconds: float = SECONDS
) -> list[Fetched]:
    """What stands at each address, in order. Never raises, and takes no longer than `seconds`."""
    until = time.monotonic() + seconds
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        asked = [pool.submit(_fetched, address, until, beside) for address in addresses]
        wait(asked, timeout=seconds + 1)
        return [_outcome(address, one) for address, one in zip(addresses, asked, strict=True)]
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _outcome(address: str, asked: Future[bytes]) -> Fetched:
    if not asked.done():
        return Fetched(address, fault=LATE)
    fault = asked.exception()
    if fault is None:
        return Fetched(address, asked.result())
    return Fetched(address, fault=_words(fault))


def _words(fault: BaseException) -> str:
    if isinstance(fault, NotFetched):
        return str(fault)
    return LATE if isinstance(fault, httpcore.TimeoutException) else "Its machine did not answer."


def _fetched(address: str, until: float, beside: Collection[str]) -> bytes:
    """Follow an address to its end. Every leap is judged anew."""
    url = _sound(address)
    for _ in range(LEAPS + 1):
        answer = _asked(url, until, beside)
        if isinstance(answer, bytes):
            return answer
        url = answer
    raise NotFetched("It leads on and on.")


def _sound(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise NotFetched("Its address makes no sense.") from None
    if url.scheme not in ("http", "https") or not url.host or len(address) > LONGEST_ADDRESS or url.userinfo:
        raise NotFetched("Its address is not one of the web.")
    return url


def _asked(url: httpx.URL, until: float, beside: Collection[str]) -> bytes | httpx.URL:
    """What stands there, or where it leads on to."""
    left(until)
    place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
    with (
        httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=Guard(until, beside)
        ) as web,
        web.stream("GET", place, headers={"Host": url.netloc.decode("ascii"), **HEADERS}) as answer,
    ):
        told = {name.lower(): value for name, value in answer.headers}
        if answer.status in _LEADS_ON:
            return _leap(url, told.get(b"location", b""))
        if answer.status != 200:
            raise NotFetched("It is no longer there.")
        if int(told.get(b"content-length", b"0") or 0) > BYTES:
            raise NotFetched("It is too large.")
        return _body(answer)


def _leap(url: httpx.URL, location: bytes) -> httpx.URL:
    try:
        return _sound(str(url.join(location.decode("ascii"))))
    except (httpx.InvalidURL, UnicodeDecodeError):
        raise NotFetched("It leads nowhere.") from None


def _body(answer: httpcore.Response) -> bytes:
    raw = bytearray()
    for piece in answer.iter_stream():
        raw += piece
        if len(raw) > BYTES:
            raise NotFetched("It is too large.")
    return bytes(raw)
