"""Hands one message to an SMTP server, and tells apart what was taken, refused, put off, and not answered."""

import re
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

QUIET = 60.0
"""Seconds without a word after which the server is taken for gone."""

ACCEPTED, REFUSED, LATER = "accepted", "refused", "later"


class NotTaken(Exception):
    """The server took nothing, and may take it later. The text is fit to show."""


class CutOff(Exception):
    """The line was cut between the final dot and the server's answer: only the server knows whether it has it."""


@dataclass(frozen=True)
class Server:
    """Where a server is. `security` is tls, starttls or none; without a user nobody signs in."""

    host: str
    port: int
    security: str = "starttls"
    user: str = ""
    password: str = ""
    authority: str = ""


@dataclass(frozen=True)
class Said:
    """What the server said of one recipient: accepted, refused or later, and its words."""

    outcome: str
    words: str = ""


def send(server: Server, sender: str, recipients: Sequence[str], raw: bytes) -> dict[str, Said]:
    """Hand a message over for some recipients. Raises NotTaken where nothing left, CutOff where nobody knows."""
    with _connected(server) as smtp:
        refused = _begin(smtp, sender, raw)
        if refused:
            return dict.fromkeys(recipients, refused)
        said = {each: _said(*_asked(smtp, lambda each=each: smtp.rcpt(each))) for each in recipients}
        taken = [each for each, one in said.items() if one.outcome == ACCEPTED]
        if taken:
            answer = _hand_over(smtp, raw)
            said |= dict.fromkeys(taken, answer)
        return said


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection, made safe and signed in as told; let go of quietly, whatever happened."""
    try:
        smtp = _opened(server)
    except smtplib.SMTPAuthenticationError as fault:
        raise NotTaken(f"{server.host} does not let {server.user} in: {_words(fault.smtp_error)}") from fault
    except ssl.SSLError as fault:
        raise NotTaken(f"{server.host} cannot prove who it is: {fault.reason or fault}.") from fault
    except (smtplib.SMTPException, OSError) as fault:
        raise NotTaken(f"{server.host} cannot be reached: {_first(fault)}") from fault
    try:
        yield smtp
    finally:
        with suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _opened(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context(cafile=server.authority or None)
    if server.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=QUIET, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=QUIET)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _begin(smtp: smtplib.SMTP, sender: str, raw: bytes) -> Said | None:
    """Name the sender; says so where the server will not have the message at all."""
    largest = smtp.esmtp_features.get("size", "")
    if largest.isdigit() and 0 < int(largest) < len(raw):
        return Said(REFUSED, f"It is larger than the server takes ({int(largest) // 1_000_000} MB).")
    options = [f"size={len(raw)}"] if smtp.has_extn("size") else []
    options += ["body=8bitmime"] if smtp.has_extn("8bitmime") and not raw.isascii() else []
    one = _said(*_asked(smtp, lambda: smtp.mail(sender, options)))
    if one.outcome == LATER:
        raise NotTaken(one.words)
    return one if one.outcome == REFUSED else None


def _asked(smtp: smtplib.SMTP, ask) -> tuple[int, bytes]:  # type: ignore[no-untyped-def]
    """Ask before the message is handed over: a cut here means that nothing left."""
    try:
        code, words = ask()
    except (smtplib.SMTPException, OSError) as fault:
        raise NotTaken(f"The mail server broke off: {_first(fault)}") from fault
    if code == 421:
        raise NotTaken(_words(words))
    return code, words


def _hand_over(smtp: smtplib.SMTP, raw: bytes) -> Said:
    """The message, then the final dot by itself: a cut before the dot means that it was not taken."""
    code, words = _asked(smtp, lambda: smtp.docmd("DATA"))
    if code != 354:
        return _said(code, words)
    try:
        smtp.send(_stuffed(raw))
    except (smtplib.SMTPException, OSError) as fault:
        raise NotTaken(f"The mail server broke off while it took the message: {_first(fault)}") from fault
    try:
        smtp.send(b".\r\n")
        code, words = smtp.getreply()
    except (smtplib.SMTPException, OSError) as fault:
        raise CutOff("The mail server was cut off before it said whether it took the message.") from fault
    if code == -1:
        raise CutOff("The mail server was cut off before it said whether it took the message.")
    return _said(code, words)


def _stuffed(raw: bytes) -> bytes:
    """Every line ended with CRLF, and a dot put before each that begins with one."""
    raw = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    raw = re.sub(rb"(?m)^\.", b"..", raw)
    return raw if raw.endswith(b"\r\n") else raw + b"\r\n"


def _said(code: int, words: bytes) -> Said:
    if 200 <= code < 300:
        return Said(ACCEPTED, "")
    return Said(REFUSED if 500 <= code < 600 else LATER, f"{code} {_words(words)}")


def _words(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:300]


def _first(fault: Exception) -> str:
    text = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
    return _words(text) or type(fault).__name__
