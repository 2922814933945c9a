"""A real SMTP server for tests, with faults on demand: it answers as it is told."""

import asyncio
import datetime
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.dovecot import free_port

USER, PASSWORD = "office@homicide.example", "a word for sending"


@dataclass
class Taken:
    """One message that the server took: the envelope, and the bytes without the dots that the line adds."""

    sender: str
    recipients: list[str]
    raw: bytes


@dataclass
class Faults:
    """How the server answers: for a recipient, to the whole message, and where it cuts the line.

    `at_dot` are answers to whole messages in order; None takes it. `cut` is "before the dot", "after the dot"
    (taken, and no answer) or "refused after the dot" (not taken, and no answer).
    """

    recipients: dict[str, str] = field(default_factory=dict)
    at_dot: list[str | None] = field(default_factory=list)
    sender: str = ""
    cut: str = ""


class Handler:
    """Takes messages, or does what the faults say."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.faults = Faults()

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.faults.sender:
            return self.faults.sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if answer := self.faults.recipients.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.faults.at_dot.pop(0) if self.faults.at_dot else None
        if answer is None and self.faults.cut != "refused after the dot":
            self.taken.append(Taken(envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if self.faults.cut:
            server.transport.abort()
            await asyncio.sleep(0)
        return answer or "250 taken"


class _Cutting(SMTP):
    """Cuts the line as soon as the message begins to come, where it is told to."""

    async def smtp_DATA(self, arg):
        if self.event_handler.faults.cut == "before the dot":
            await self.push("354 go on")
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Server(Controller):
    """A server that wants STARTTLS and a password, where it has a certificate."""

    def __init__(self, certificate: "Certificate | None" = None):
        self.certificate = certificate
        super().__init__(Handler(), hostname="127.0.0.1", port=free_port())

    def factory(self):
        context = self.certificate.context if self.certificate else None
        return _Cutting(
            self.handler,
            tls_context=context,
            require_starttls=context is not None,
            auth_required=context is not None,
            authenticator=_is_let_in,
            hostname="localhost",
        )

    @property
    def place(self) -> dict[str, object]:
        """How the office is told where it is."""
        told = {
            "smtp_host": "localhost" if self.certificate else "127.0.0.1",
            "smtp_port": self.port,
            "user": USER,
        }
        if self.certificate:
            return told | {"smtp_security": "starttls", "authority": str(self.certificate.path)}
        return told | {"smtp_security": "none", "smtp_is_open": True}


def _is_let_in(server, session, envelope, mechanism, auth_data):
    sound = isinstance(auth_data, LoginPassword) and auth_data.password == PASSWORD.encode()
    return AuthResult(success=sound, handled=False)


@dataclass
class Certificate:
    """A certificate that vouches for itself, for localhost and nothing else."""

    path: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key)
        return context

    @classmethod
    def made(cls, folder: Path) -> "Certificate":
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
        built = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + datetime.timedelta(days=3650))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256())
        )
        made = cls(folder / "certificate.pem", folder / "key.pem")
        made.path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        made.key.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        )
        return made
