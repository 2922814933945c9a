"""Waiting for news of a folder (IDLE, RFC 2177): the server says that something came, and nobody asks it."""

import imaplib
import select
import socket
import ssl
import time
from contextlib import suppress

from privateoffice.connectors.imap.session import QUIET, Server, Session, in_words
from privateoffice.connectors.ports.mailbox import Trouble

RENEW = 25 * 60.0
"""Seconds after which it is asked for anew: a server may end the line after 29 minutes of silence."""
NEWS = (b"EXISTS", b"EXPUNGE", b"FETCH", b"VANISHED")


class CannotWait(Trouble):
    """The server does not offer to say when mail comes."""


class Idle:
    """One line of its own to a server, on which news of the Inbox is waited for. Raises Trouble or CannotWait."""

    def __init__(self, server: Server, folder: str = "INBOX"):
        self.session = Session(server)
        try:
            if not self.session.has("IDLE"):
                raise CannotWait(str(CannotWait.__doc__))
            self.session.open(folder)
        except BaseException:
            self.session.close()
            raise

    def wait(self, stop: "Bell", seconds: float = RENEW) -> bool:
        """Wait until something came, and say so; or until `stop` rings or the seconds are over: False."""
        with in_words(self.session.server):
            tag = self._begin()
            try:
                return self._wait(stop, time.monotonic() + seconds)
            finally:
                self._end(tag)

    def close(self) -> None:
        self.session.close()

    def _begin(self) -> bytes:
        imap = self.session.imap
        tag = bytes(imap._new_tag())  # type: ignore[attr-defined]
        imap.send(tag + b" IDLE\r\n")
        while not (line := self._line()).startswith(b"+"):
            if line.startswith(tag):
                raise imaplib.IMAP4.error(line)
        return tag

    def _wait(self, stop: "Bell", until: float) -> bool:
        line = self.session.imap.sock
        while True:
            if not self._holds_more():
                left = until - time.monotonic()
                ready = select.select([line, stop.ear], [], [], max(0.0, left))[0]
                if line not in ready or stop.ear in ready:
                    return False
            if _is_news(self._line()):
                return True

    def _end(self, tag: bytes) -> None:
        """Say that we have heard enough, and read on to the end of the answer."""
        self.session.imap.send(b"DONE\r\n")
        while not self._line().startswith(tag):
            continue

    def _line(self) -> bytes:
        line = self.session.imap.readline()
        if not line:
            raise EOFError("the line ended")
        return line

    def _holds_more(self) -> bool:
        """Whether a line has been read from the wire already, where watching the wire would not show it."""
        imap = self.session.imap
        if hasattr(imap, "_readbuf"):  # Python 3.14 reads the wire by itself.
            return bool(imap._readbuf)
        file = vars(imap).get("_file") or vars(imap)["file"]  # Python 3.11 calls it by another name.
        imap.sock.settimeout(0)
        try:
            return bool(file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            imap.sock.settimeout(QUIET)


def _is_news(line: bytes) -> bool:
    return line.startswith(b"* ") and any(word in line[:40].upper() for word in NEWS)


class Bell:
    """What wakes everybody who waits, once and for all."""

    def __init__(self) -> None:
        self.ear, self._rope = socket.socketpair()

    def ring(self) -> None:
        with suppress(OSError):  # nobody listens any more
            self._rope.send(b"!")

    def rests(self, seconds: float) -> bool:
        """Wait so long, or until it rings; says whether it still rests."""
        return not select.select([self.ear], [], [], max(0.0, seconds))[0]

    def take_down(self) -> None:
        self.ear.close()
        self._rope.close()
