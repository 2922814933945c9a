"""A ClamAV daemon, asked over its own protocol: the file goes to it in pieces, and one line comes back.

Our own, in one page: the clients that exist are under the GPL. The address is tcp://host:3310 or unix:///path.
Source: clamd(8), INSTREAM: each piece after its length in four bytes, big-endian; nought ends the file.
"""

import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from privateoffice.foundations.scanning.scanner import Answer, Unanswered

CONNECT = 3.0
"""Seconds in which it must take the connection."""

ANSWER = 60.0
"""Seconds in which the next word must come: a large archive takes clamd a while."""

PIECE = 1 << 16
LONGEST = 4096
TOO_LARGE = "size limit exceeded"
FOUND = " FOUND"


class Clamd:
    """One daemon at one address. Every question has a connection of its own."""

    def __init__(self, url: str):
        self.url = url

    def scan(self, pieces: Iterable[bytes]) -> Answer:
        """What it says of a file. Raises Unanswered."""
        with self._connected() as line:
            said = self._said_of(line, pieces)
        if said.endswith(FOUND):
            return Answer(finding=said.removeprefix("stream: ").removesuffix(FOUND)[:200])
        if said == "stream: OK":
            return Answer()
        if TOO_LARGE in said:
            return Answer(obstacle="It is larger than the scanner takes.")
        raise Unanswered(f"The virus scanner answered: {said[:200] or 'nothing'}.")

    def version(self) -> str:
        """Its version and that of its signatures. Raises Unanswered."""
        with self._connected() as line:
            line.sendall(b"zVERSION\0")
            return _line(line)

    def fault(self) -> str:
        """What is wrong with it, in words; nothing where it answers."""
        try:
            said = self.version()
        except Unanswered as fault:
            return str(fault)
        return "" if said.startswith("ClamAV") else f"it answers {said[:100]!r}"

    def _said_of(self, line: socket.socket, pieces: Iterable[bytes]) -> str:
        # It hangs up in the midst of a file that is too large, and what it said lies in the line already.
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(b"zINSTREAM\0")
            for piece in _cut(pieces):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        return _line(line)

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        try:
            line = self._connect()
        except OSError as fault:
            raise Unanswered(f"The virus scanner does not answer ({type(fault).__name__}).") from fault
        try:
            line.settimeout(ANSWER)
            yield line
        except OSError as fault:
            raise Unanswered(f"The virus scanner broke off ({type(fault).__name__}).") from fault
        finally:
            line.close()

    def _connect(self) -> socket.socket:
        parts = urlsplit(self.url)
        if parts.scheme != "unix":
            return socket.create_connection((parts.hostname or "", parts.port or 3310), CONNECT)
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(CONNECT)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line


def _cut(pieces: Iterable[bytes]) -> Iterator[memoryview]:
    for piece in pieces:
        for start in range(0, len(piece), PIECE):
            yield memoryview(piece)[start : start + PIECE]


def _line(line: socket.socket) -> str:
    said = b""
    while b"\0" not in said and len(said) < LONGEST:
        more = line.recv(LONGEST)
        if not more:
            break
        said += more
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()
