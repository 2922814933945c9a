"""Reading a mailbox in from Dovecot on loopback: ours beside mbsync, offlineimap and the bare protocol.

    python benchmarks/mail_sync.py [--messages 10000] [--json]

Three cases, one after another on the same box, all clients in each: `full` (into nothing), `no_change`, `new_20`
(after twenty more were delivered). Processor time is that of the client with all of its children. What is not
installed is left out with a word. `lost` and `doubled` count our ledger against the server, by content.
"""

import argparse
import hashlib
import imaplib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from letters_made import letter_number
from measuring import show_object, show_table
from temporary import ROOT, house

CASES = ("full", "no_change", "new_20")
NEW = 20
PATIENCE = 1800

MBSYNC = """
IMAPAccount there
Host 127.0.0.1
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account there

MaildirStore near
Path {home}/mail/
Inbox {home}/mail/INBOX
SubFolders Verbatim

Channel box
Far :far:
Near :near:
Patterns INBOX
Create Near
SyncState *
"""

OFFLINEIMAP = """
[general]
accounts = box
metadata = {home}/state
ui = quiet
[Account box]
localrepository = near
remoterepository = far
[Repository near]
type = Maildir
localfolders = {home}/mail
[Repository far]
type = IMAP
remotehost = 127.0.0.1
remoteport = {port}
remoteuser = {user}
remotepass = {password}
ssl = no
starttls = no
readonly = True
folderfilter = lambda name: name == 'INBOX'
"""


class Box:
    """The mailbox on the server, and a way to deliver into it."""

    def __init__(self, server, count: int):
        from tests.servers.dovecot import PASSWORD, USER

        self.server, self.user, self.password = server, USER, PASSWORD
        self.count = 0
        self.place = server.maildir() / "cur"
        self.place.mkdir(parents=True)
        for part in ("new", "tmp"):
            (self.place.parent / part).mkdir()
        self.deliver(count)

    def deliver(self, count: int) -> None:
        for number in range(self.count, self.count + count):
            (self.place / f"{1_700_000_000 + number}.M{number}.bench:2,").write_bytes(letter_number(number))
        self.count += count
        self.server.own()
        with self.signed_in() as imap:  # the server's own index is made before anybody's time is taken
            imap.select("INBOX", readonly=True)
            imap.uid("FETCH", "1:*", "(UID FLAGS RFC822.SIZE)")

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        imap = imaplib.IMAP4("127.0.0.1", self.server.port)
        imap.login(self.user, self.password)
        yield imap
        imap.logout()

    def digests(self) -> Counter:
        with self.signed_in() as imap:
            imap.select("INBOX", readonly=True)
            _, data = imap.uid("FETCH", "1:*", "(BODY.PEEK[])")
        return Counter(hashlib.sha256(one[1]).hexdigest() for one in data if isinstance(one, tuple))


class Floor:
    """The bare protocol: everything fetched and dropped; then only what is new."""

    name = "floor"

    def __init__(self, box: Box):
        self.box, self.held = box, 0

    def run(self) -> None:
        with self.box.signed_in() as imap:
            _, data = imap.select("INBOX", readonly=True)
            there = int(data[0])
            for first in range(self.held + 1, there + 1, 500):
                imap.fetch(f"{first}:{min(first + 499, there)}", "(UID BODY.PEEK[])")
            imap.fetch("1:*", "(UID FLAGS)")
            self.held = there


class Peer:
    """Another client, as a process of its own."""

    def __init__(self, box: Box, home: Path, name: str, config: str, command: list[str]):
        self.name, self.command = name, command
        (home / "mail").mkdir(parents=True)
        file = home / "config"
        file.write_text(config.format(port=box.server.port, user=box.user, password=box.password, home=home))
        file.chmod(0o600)
        self.command = [word.replace("CONFIG", str(file)) for word in command]

    def run(self) -> None:
        subprocess.run(self.command, check=True, capture_output=True, timeout=PATIENCE)


class Ours:
    """Our ledger, in this process. Conversations are made by a job of their own, as they are in the office."""

    name = "ours"

    def __init__(self, box: Box):
        from privateoffice.foundations.offices import scope
        from privateoffice.foundations.offices.models import Office
        from privateoffice.spine.mailboxes import services

        self.office = Office.objects.create(slug="homicide", code="HOM", name="Homicide", short_name="Homicide")
        with scope.acting_as_system("benchmark", office=self.office):
            self.mailbox = services.add(
                self.office,
                slug="pa",
                kind="imap",
                name="The PA's mailbox",
                address="pa@homicide.example",
                place=box.server.place,
                words={"password": box.password},
            )

    def run(self) -> None:
        from privateoffice.foundations.offices import scope
        from privateoffice.spine.mailboxes import services
        from privateoffice.spine.mailboxes.models import Mailbox

        with scope.acting_as_system("benchmark", office=self.office):
            services.pull(Mailbox.objects.select_related("office").get(pk=self.mailbox.pk))

    def digests(self) -> Counter:
        from privateoffice.foundations.offices import scope
        from privateoffice.spine.mailboxes.models import Placement

        with scope.acting_as_system("benchmark", office=self.office):
            lying = Placement.objects.lying().select_related("original")
            return Counter(hashlib.sha256(one.original.read()).hexdigest() for one in lying)


def seconds(act: Callable[[], None]) -> tuple[float, float]:
    """On the clock, and of the processor for this process and its children."""
    before, wall = _processor(), time.perf_counter()
    act()
    return time.perf_counter() - wall, _processor() - before


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peers(box: Box, home: Path) -> Iterator[Peer]:
    for name, config, command in (
        ("mbsync", MBSYNC, ["mbsync", "-q", "-c", "CONFIG", "box"]),
        ("offlineimap", OFFLINEIMAP, ["offlineimap", "-o", "-c", "CONFIG"]),
    ):
        if shutil.which(command[0]):
            yield Peer(box, home / name, name, config, command)
        else:
            print(f"{name} is not installed, and is left out.")


def measured(box: Box, home: Path) -> dict[str, dict[str, float]]:
    clients = [Floor(box), Ours(box), *peers(box, home)]
    cases: dict[str, dict[str, float]] = {}
    for case in CASES:
        if case == "new_20":
            box.deliver(NEW)
        cases[case] = {}
        for client in clients:
            wall, cpu = seconds(client.run)
            cases[case] |= {f"{client.name}_wall": round(wall, 3), f"{client.name}_cpu": round(cpu, 3)}
    there, here = box.digests(), clients[1].digests()
    cases["lost"], cases["doubled"] = sum((there - here).values()), sum((here - there).values())
    return cases


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--messages", type=int, default=10_000)
    asked.add_argument("--json", action="store_true")
    wish = asked.parse_args()
    sys.path.insert(0, str(ROOT))
    from tests.servers import dovecot

    home = Path(tempfile.mkdtemp(prefix="private-office-mail-"))
    server = dovecot.start()
    try:
        with house("sqlite"):
            cases = measured(Box(server, wish.messages), home)
    finally:
        dovecot.stop(server)
        shutil.rmtree(home)
    names = [name.removesuffix("_wall") for name in cases["full"] if name.endswith("_wall")]
    lines = [
        [case, *(f"{cases[case][f'{name}_wall']:.2f} / {cases[case][f'{name}_cpu']:.2f}" for name in names)]
        for case in CASES
    ]
    print(f"{wish.messages:,} messages on loopback; seconds on the clock / of the processor.")
    show_table(["case", *names], lines)
    print(f"lost {cases['lost']}, doubled {cases['doubled']}; load {os.getloadavg()[0]:.1f}")
    if wish.json:
        show_object(cases)


if __name__ == "__main__":
    main()
