"""A life of one office in which everything is killed again and again, and the count at its end."""

import os
import random
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from privateoffice.foundations.jobs import announcing
from tests.crash import counting, far_side, tenant
from tests.crash.carrier import SmtpCarrier
from tests.crash.clerk import Clerk
from tests.crash.processes import CHILDREN, House, forked
from tests.crash.sabotage import SABOTAGE
from tests.crash.steps import Orders, all_steps

CLERKS = 2
CUTS = 0.06
"""How many messages the far side breaks off after the final dot, half of them taken."""

PARTS = (*CHILDREN, "supervisor")
WORKERS = ("worker", "second worker")
PATIENCE, FIRST_PATIENCE = 4.0, 60.0
"""Seconds for which a step is waited for, before something is killed at random instead; longer the first time."""

DRAIN = 180.0


@dataclass
class Life:
    """What is killed how often, where, and with which carrier."""

    carrier: str
    kills: int
    pauses: int = 2
    seed: int = 1
    sabotage: str = ""
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="crash-")))
    at_steps: dict[str, int] = field(default_factory=dict)
    at_random: dict[str, int] = field(default_factory=dict)
    paused: int = 0
    outlived: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.orders = Orders(self.folder)
        self.stop = self.folder / "stop"
        self.killed = 0

    def live(self) -> "counting.Count":
        """Open the office, kill until it is enough, let it finish what is owed, and count."""
        hurry()
        if self.sabotage:
            SABOTAGE[self.sabotage]()
        cookie, kind = furnish()
        with self._far_side(), bound() as listener:
            house = House(listener, self.orders)
            house.open()
            clerks = [self._clerk(listener.getsockname()[1], cookie, kind, place) for place in range(CLERKS)]
            try:
                self._kill_all(house)
            finally:
                self.stop.touch()
                for clerk in clerks:
                    os.waitpid(clerk, 0)
            left = finish(DRAIN)
            counted = counting.count(self.folder, self.carrier)
            while counting.decide(self.folder, self.carrier):  # what is sent again may be cut off again
                left += finish(DRAIN)
            counted.settled = counting.taken_once(self.folder, self.carrier)
            self.outlived += house.close()
            return counted.with_end(left, self)

    def _clerk(self, port: int, cookie: str, kind: int, place: int) -> int:
        first = place * 100_000
        clerk = Clerk(port, cookie, kind, first, self.folder, random.Random(self.seed + place))
        return forked(partial(clerk.work, self.stop))

    @contextmanager
    def _far_side(self) -> Iterator[None]:
        """The carrier of this life, and what it carries to."""
        if self.carrier == "maildir":
            yield
            return
        if self.carrier == "graph":
            with tenant.running(self.folder, cuts=CUTS, seed=self.seed):
                yield
            return
        from privateoffice.spine.deliveries.services import carriers

        with bound() as listener:
            carriers.register("mail", partial(SmtpCarrier, port=listener.getsockname()[1]))
            book = self.folder / "taken"
            server = forked(partial(far_side.serve, listener, book, cuts=CUTS, seed=self.seed))
            try:
                yield
            finally:
                os.kill(server, signal.SIGKILL)
                os.waitpid(server, 0)

    def _kill_all(self, house: House) -> None:
        """By turns at a named step and at random; now and then a part is only stopped for a while."""
        steps = all_steps(self.carrier, with_announcements=announcing.is_on())
        pauses = [(place + 1) * self.kills // (self.pauses + 1) for place in range(self.pauses)]
        turn = 0
        while self.killed < self.kills:
            if pauses and self.killed >= pauses[0] and house.pause(self.chance.choice(WORKERS), 2.5):
                pauses.pop(0)
                self.paused += 1
            if turn % 2 == 0:
                self._kill_at(steps[turn // 2 % len(steps)])
            else:
                self._kill_at_random(house)
            turn += 1

    def _kill_at(self, step: str) -> None:
        self.orders.give(step)
        end = time.monotonic() + (PATIENCE if step in self.at_steps else FIRST_PATIENCE)
        while not self.orders.is_carried_out() and time.monotonic() < end:
            time.sleep(0.005)
        if self.orders.is_carried_out() or not self.orders.take_back():
            self.at_steps[step] = self.at_steps.get(step, 0) + 1
            self.killed += 1

    def _kill_at_random(self, house: House) -> None:
        time.sleep(self.chance.uniform(0, 0.25))
        part = self.chance.choice(PARTS)
        if house.kill(part):
            self.at_random[part] = self.at_random.get(part, 0) + 1
            self.killed += 1
        if part == "supervisor":
            self.outlived += house.reopen()


def hurry() -> None:
    """Short pauses everywhere, so that many lives fit into a few minutes; what they decide stays as it is."""
    from datetime import timedelta

    from privateoffice.foundations.jobs import leases, worker
    from privateoffice.program import supervisor
    from privateoffice.spine.deliveries.services import approving, posting, recording
    from privateoffice.spine.mailboxes.services import by_graph, lines

    supervisor.LONGEST_PAUSE = 0.02
    worker.IDLE_PAUSE, worker.TROUBLE_PAUSE = 0.02, 0.2
    leases.PAUSES = (timedelta(seconds=0.2),) * len(leases.PAUSES)
    recording.PAUSES = (timedelta(seconds=0.2),) * len(recording.PAUSES)
    posting.UNDO = approving.UNDO = timedelta()
    by_graph.UNDER_WAY, lines.LEASE = timedelta(seconds=0.3), timedelta(seconds=1)


def furnish() -> tuple[str, int]:
    """Make the office, its cast and its PA's session; returns the cookie and the kind of an enquiry."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.urls import get_resolver

    from privateoffice.foundations.offices.tests.cast import make_cast
    from privateoffice.rooms.enquiries.models import EnquiryKind
    from tests.crash import work  # noqa: F401  (the workers find its tasks already read)

    call_command("migrate", verbosity=0)
    get_resolver().url_patterns  # noqa: B018
    client = Client()
    client.force_login(make_cast().pa)
    client.get("/homicide/enquiries/new/", headers={"Host": "localhost"})
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    kind = EnquiryKind.objects.get(slug="general").pk
    assert settings.CSRF_COOKIE_NAME in cookies
    return "; ".join(f"{name}={value}" for name, value in cookies.items()), kind


@contextmanager
def bound() -> Iterator[socket.socket]:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        yield listener


def finish(seconds: float) -> int:
    """Let the office do what it owes, ask for the outbox, try again what was set aside; returns what is left."""
    end = time.monotonic() + seconds
    while (left := counting.owed()) and time.monotonic() < end:
        counting.ask_for_the_outbox()
        counting.try_again_what_was_set_aside()
        time.sleep(0.3)
    return left
