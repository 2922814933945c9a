"""A real Dovecot for tests, started from a config file in a folder of its own, on a free port of loopback."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

USER = "pa"
PASSWORD = "test"

CONFIG = """
base_dir = {top}/run
state_dir = {top}/state
log_path = {top}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{top}/mail/%n/Maildir
{plugins}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
  mailbox Drafts {{
    special_use = \\Drafts
    auto = create
  }}
  mailbox Trash {{
    special_use = \\Trash
    auto = create
  }}
  mailbox Junk {{
    special_use = \\Junk
    auto = create
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={top}/mail/%n
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  client_limit = 100
}}
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def mail_user() -> tuple[int, int]:
    """A user that is not root and owns the mail; made where there is none."""
    for name in ("vmailt", "vmail", "mail"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return found.pw_uid, found.pw_gid
    return pwd.getpwnam("nobody").pw_uid, grp.getgrgid(pwd.getpwnam("nobody").pw_gid).gr_gid


@dataclass
class Dovecot:
    """One running server. Every user name is let in with one password and has a mailbox of its own."""

    top: Path
    port: int
    uid: int
    gid: int
    process: subprocess.Popen

    def maildir(self, user: str = USER) -> Path:
        return self.top / "mail" / user / "Maildir"

    def put(self, raw: bytes, name: str, *, folder: str = "", flags: str = "", user: str = USER) -> Path:
        """Lay a message into a folder as its owner's delivery would."""
        place = self.maildir(user) / (f".{folder}" if folder else "")
        for part in ("", "tmp", "new", "cur"):
            (place / part).mkdir(parents=True, exist_ok=True)
        target = place / "cur" / f"{name}:2,{flags}"
        target.write_bytes(raw)
        self.own()
        return target

    def own(self) -> None:
        subprocess.run(["chown", "-R", f"{self.uid}:{self.gid}", self.top / "mail"], check=True)

    @property
    def place(self) -> dict[str, object]:
        """How the office is told where it is."""
        return {"imap_host": "127.0.0.1", "imap_port": self.port, "imap_security": "none", "user": USER}


def start(*, capability: str = "") -> Dovecot:
    """Start a server. `capability` is what it says that it can do, where it is to say less than it can."""
    if not shutil.which("dovecot"):
        pytest.skip("Dovecot is not installed.")
    if os.geteuid() != 0:
        pytest.skip("Dovecot is started as root.")
    top = Path(tempfile.mkdtemp(prefix="po-imap-"))
    top.chmod(0o755)
    (top / "mail").mkdir()
    uid, gid = mail_user()
    port = free_port()
    plugins = f"imap_capability = {capability}" if capability else ""
    config = top / "dovecot.conf"
    config.write_text(CONFIG.format(top=top, port=port, uid=uid, gid=gid, plugins=plugins, password=PASSWORD))
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(["dovecot", "-F", "-c", config], **quiet)
    server = Dovecot(top, port, uid, gid, process)
    server.own()
    _wait_for(port)
    return server


def stop(server: Dovecot) -> None:
    server.process.terminate()
    server.process.wait(timeout=60)
    shutil.rmtree(server.top, ignore_errors=True)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("Dovecot did not open its port.")


@pytest.fixture(scope="module")
def dovecot():
    """A server for the tests of one module, with everything that Dovecot can do."""
    server = start()
    yield server
    stop(server)


PLAIN = "IMAP4rev1 LITERAL+ SASL-IR LOGIN-REFERRALS ID"


@pytest.fixture(scope="module")
def plain_dovecot():
    """A server that says of itself what a plain one of thirty years ago could."""
    server = start(capability=PLAIN)
    yield server
    stop(server)
