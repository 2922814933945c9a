"""A real ClamAV daemon for tests: its own config, socket and port, and one signature, EICAR's."""

import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.servers.waiting import free_port, wait_for

# In two pieces, so that no scanner takes this file for the test file itself.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
NAME = "Eicar-Local.UNOFFICIAL"
LARGEST = 3 * 1024 * 1024

CONFIG = """
Foreground yes
LogFile {top}/clamd.log
DatabaseDirectory {top}/signatures
LocalSocket {top}/clamd.sock
TCPAddr 127.0.0.1
TCPSocket {port}
StreamMaxLength {largest}
AlertExceedsMax yes
MaxThreads 4
"""


@dataclass
class Clamd:
    """One running daemon."""

    top: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"unix://{self.top}/clamd.sock"

    def start(self) -> None:
        signatures = self.top / "signatures"
        signatures.mkdir(exist_ok=True)
        (signatures / "local.ndb").write_text(f"{NAME.partition('.')[0]}:0:*:{EICAR.hex()}\n")
        config = self.top / "clamd.conf"
        config.write_text(CONFIG.format(top=self.top, port=self.port, largest=LARGEST))
        self.process = subprocess.Popen(
            [shutil.which("clamd") or "clamd", "--config-file", str(config)], stdout=subprocess.DEVNULL
        )
        wait_for(self._answers, 60)

    def learn(self, name: str, raw: bytes) -> None:
        """Have it find this from now on, as when new signatures come."""
        (self.top / "signatures" / f"{name}.ndb").write_text(f"{name}:0:*:{raw.hex()}\n")
        self._reload()

    def forget(self, name: str) -> None:
        (self.top / "signatures" / f"{name}.ndb").unlink()
        self._reload()

    def _reload(self) -> None:
        done = (self.top / "clamd.log").read_text().count("Database correctly reloaded")
        with socket.create_connection(("127.0.0.1", self.port), 5) as line:
            line.sendall(b"zRELOAD\0")
            line.recv(40)
        said = self.top / "clamd.log"
        wait_for(lambda: said.read_text().count("Database correctly reloaded") > done, 60)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def frozen(self) -> Iterator[None]:
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.top / "clamd.log").read_text()
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                line.sendall(b"zPING\0")
                return line.recv(20).startswith(b"PONG")
        except OSError:
            return False


@contextmanager
def running(top: Path) -> Iterator[Clamd]:
    if not shutil.which("clamd"):
        pytest.skip("no clamd here")
    started = Clamd(top, free_port())
    started.start()
    try:
        yield started
    finally:
        started.stop()
