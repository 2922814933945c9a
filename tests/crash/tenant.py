"""Microsoft 365 as the far side: the emulator in a process of its own, and the office's mailbox in it.

It writes down what it let out. Now and then it cuts the line while something is told to leave: having let it out,
or not.
"""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from emulator.graph.app import Emulator
from emulator.graph.serving import server
from emulator.graph.state import Tenant
from tests.crash.processes import forked

USER, CLIENT, SECRET = "office@homicide.example", "the-office", "a word of the application"


class Book(list):
    """What has left the tenant, written down at once where the harness counts it."""

    def __init__(self, file: Path):
        super().__init__()
        self.file = file

    def append(self, left) -> None:  # type: ignore[no-untyped-def]
        with self.file.open("ab", buffering=0) as book:
            book.write(left[0].encode() + b"\n")


@contextmanager
def running(folder: Path, *, cuts: float, seed: int) -> Iterator[None]:
    """The tenant, serving for as long as the block lasts, and the office's mailbox set up to send by it."""
    emulator = Emulator(Tenant(), checks=False)
    emulator.tenant.outside = Book(folder / "taken")
    emulator.tenant.add_box(USER)
    emulator.tenant.add_application(CLIENT, SECRET, held_to={USER})
    emulator.faults.cuts = cuts
    emulator.faults.chance.seed(seed)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = server(emulator, folder / "tenant", listener=listener)
        child = forked(serving.serve_forever)
        _set_up(listener.getsockname()[1], str(folder / "tenant" / "certificate.pem"))
        try:
            yield
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            serving.server_close()


def _set_up(port: int, authority: str) -> None:
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office, User
    from privateoffice.spine.mailboxes import services

    url = f"https://localhost:{port}"
    office = Office.objects.get(slug="homicide")
    Office.objects.filter(pk=office.pk).update(email=USER)
    place = {
        "tenant": "force.example",
        "client": CLIENT,
        "login_url": url,
        "graph_url": url,
        "authority": authority,
    }
    with scope.acting(User.objects.get(email__startswith="ada"), office=None):
        services.add(
            office,
            slug="office",
            kind="graph",
            name="The office",
            address=USER,
            place=place,
            words={"password": SECRET},
        )
