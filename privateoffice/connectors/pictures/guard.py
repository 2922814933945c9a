"""The guard of every connection to a stranger's machine: public addresses and the two ports of the web only.

A name is resolved once, every address that it has is judged, and the connection goes to the very address that was
judged, so that a name which means something else a moment later leads nowhere.
"""

import ipaddress
import socket
import time
from collections.abc import Collection, Iterable
from typing import Any

import httpcore

PORTS = (80, 443)
QUIET = 5.0
"""Seconds in which the next piece must come."""
LATE = "It took too long."
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class NotFetched(Exception):
    """It was not fetched. The text says why and is fit to show."""


class Guard(httpcore.NetworkBackend):
    """Opens connections for one picture, until a moment of the monotonic clock.

    `beside` names places as host:port that may be asked whatever they are: those of a trial on this machine.
    """

    def __init__(self, until: float, beside: Collection[str] = ()):
        self.until, self.beside = until, beside
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = judged(host, port, self.beside)
        return Hurried(self._real.connect_tcp(address, port, timeout=left(self.until)), self.until)

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        raise NotFetched("It lies on no machine of the web.")


class Hurried(httpcore.NetworkStream):
    """A connection that ends at its moment, however slowly the far side drips."""

    def __init__(self, stream: httpcore.NetworkStream, until: float):
        self._stream, self.until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, left(self.until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, left(self.until))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Hurried(self._stream.start_tls(ssl_context, server_hostname, left(self.until)), self.until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def left(until: float) -> float:
    """The seconds that the next step may take."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise NotFetched(LATE)
    return min(seconds, QUIET)


def judged(host: str, port: int, beside: Collection[str] = ()) -> str:
    """The address to connect to. Raises NotFetched where any address of the name is not a public one."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFetched("Its machine is not known.") from None
    addresses = [str(one[4][0]) for one in found]
    if f"{host}:{port}" in beside:
        return addresses[0]
    if port not in PORTS or not addresses or not all(is_public(address) for address in addresses):
        raise NotFetched("It lies on a machine that is not asked.")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an address is one of the open web: no loopback, no network of ours, none that hides another."""
    try:
        one = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(one, ipaddress.IPv6Address):
        if one.ipv4_mapped:
            return is_public(str(one.ipv4_mapped))
        if one.sixtofour or one.teredo or one in _TRANSLATED:
            return False
    return one.is_global and not (one.is_multicast or one.is_reserved or one.is_unspecified)
