"""One connection to an IMAP server: signed in, its powers known, its faults turned into words."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from privateoffice.connectors.imap import names
from privateoffice.connectors.ports.mailbox import NotLetIn, Trouble

imaplib._MAXLINE = max(imaplib._MAXLINE, 10_000_000)  # type: ignore[attr-defined]  # long sets of numbers
for _word in ("ENABLE", "IDLE", "MOVE", "UNSELECT"):
    imaplib.Commands.setdefault(_word, ("AUTH", "SELECTED"))  # type: ignore[attr-defined]

QUIET = 60.0
"""Seconds of silence after which the server is taken for gone."""


@dataclass(frozen=True)
class Server:
    """Where a server is. `security` is tls, starttls or none; `authority` is a file of certificates to trust."""

    host: str
    port: int
    security: str = "tls"
    user: str = ""
    password: str = ""
    authority: str = ""


def tls(server: Server) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=server.authority or None)


class Session:
    """A connection that is signed in. `has` tells what the server can do."""

    def __init__(self, server: Server):
        self.server = server
        with in_words(server):
            self.imap = _connected(server)
        try:
            self._sign_in(server)
            self.powers = frozenset(self._ask_powers())
            if "QRESYNC" in self.powers and "ENABLE" in self.powers:
                self.command("ENABLE", "QRESYNC")
        except BaseException:
            self.imap.shutdown()
            raise

    def _sign_in(self, server: Server) -> None:
        try:
            self.imap.login(server.user, server.password)
        except imaplib.IMAP4.abort as fault:
            raise Trouble(f"{server.host} broke the connection off: {_said(fault)}.") from fault
        except imaplib.IMAP4.error as fault:
            raise NotLetIn(f"{server.host} does not let {server.user} in: {_said(fault)}.") from fault
        except OSError as fault:
            raise Trouble(f"{server.host} cannot be reached: {_said(fault)}.") from fault

    def has(self, power: str) -> bool:
        return power in self.powers

    def _ask_powers(self) -> list[str]:
        data = self.command("CAPABILITY", answer="CAPABILITY")
        powers = b" ".join(one for one in data if one).decode("ascii", "replace").upper().split()
        self.imap.capabilities = tuple(powers)
        return powers

    def command(self, name: str, *words: str, answer: str = "") -> list[Any]:
        """Send a command; returns what the server said under a name. Raises Trouble."""
        with in_words(self.server):
            state, data = self.imap._simple_command(name, *words)  # type: ignore[attr-defined]
            if state != "OK":
                raise Trouble(f"The mail server refused {name}: {_text(data)}.")
            return self._answers(answer or name)

    def uid(self, name: str, *words: str) -> list[Any]:
        with in_words(self.server):
            state, data = self.imap._simple_command("UID", name, *words)  # type: ignore[attr-defined]
            if state != "OK":
                raise Trouble(f"The mail server refused {name}: {_text(data)}.")
            return self._answers(name)

    def open(self, folder: str, *how: str, to_write: bool = False) -> dict[str, int]:
        """Open a folder, only to read unless told; returns UIDVALIDITY, UIDNEXT, HIGHESTMODSEQ and EXISTS."""
        with in_words(self.server):
            self.imap.untagged_responses = {}
            self.imap.is_readonly = not to_write
            order = "SELECT" if to_write else "EXAMINE"
            state, data = self.imap._simple_command(order, names.quoted(folder), *how)  # type: ignore[attr-defined]
            if state != "OK":
                raise Trouble(f"The folder {names.shown(folder)} cannot be opened: {_text(data)}.")
            self.imap.state = "SELECTED"
            return {word: self._number(word) for word in ("UIDVALIDITY", "UIDNEXT", "HIGHESTMODSEQ", "EXISTS")}

    def taken(self, name: str) -> list[Any]:
        """What came unasked under a name since the last command that read it."""
        return self._answers(name)

    def close(self) -> None:
        try:
            self.imap.logout()
        except (imaplib.IMAP4.error, OSError):
            self.imap.shutdown()

    def _answers(self, name: str) -> list[Any]:
        return [one for one in self.imap.untagged_responses.pop(name, []) if one is not None]

    def _number(self, word: str) -> int:
        found = bytes(self.imap.untagged_responses.pop(word, [b"0"])[-1] or b"0")  # type: ignore[arg-type]
        digits = found.split()[0] if found.split() else b"0"
        return int(digits) if digits.isdigit() else 0


def _connected(server: Server) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=tls(server), timeout=QUIET)
    imap = imaplib.IMAP4(server.host, server.port, timeout=QUIET)
    if server.security == "starttls":
        imap.starttls(tls(server))
    return imap


@contextmanager
def in_words(server: Server) -> Iterator[None]:
    """Turns the faults of the line and of the server into Trouble."""
    try:
        yield
    except ssl.SSLError as fault:
        raise Trouble(f"{server.host} cannot prove who it is: {_said(fault)}.") from fault
    except (imaplib.IMAP4.error, OSError, EOFError) as fault:
        raise Trouble(f"{server.host} cannot be reached, or broke off: {_said(fault)}.") from fault


def _said(fault: Exception) -> str:
    first = fault.args[0] if fault.args else ""
    words = fault.strerror if isinstance(fault, OSError) and fault.strerror else first
    words = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return " ".join(words.split())[:200].rstrip(".") or type(fault).__name__


def _text(data: Any) -> str:
    pieces = [one.decode("utf-8", "replace") for one in data or [] if isinstance(one, bytes)]
    return " ".join(" ".join(pieces).split())[:200].rstrip(".")
