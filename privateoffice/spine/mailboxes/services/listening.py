"""Listening for mail: one line to each IMAP mailbox on which its server says that something came.

News is a hint and no more: it brings the next reading forward. Reading on a schedule goes on, with it or without.
"""

import logging
import queue
import secrets as random
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections

from privateoffice.connectors.imap.idling import RENEW, Bell, CannotWait, Idle
from privateoffice.connectors.imap.session import Server
from privateoffice.connectors.ports.mailbox import NotLetIn, Trouble
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services.ends import imap_server

logger = logging.getLogger(__name__)

MOST = 20
"""Lines that one listener holds at once."""
LOOK = 15.0
"""Seconds after which it looks again at which mailboxes there are."""
LEASE = timedelta(minutes=1)
FIRST_PAUSE, LAST_PAUSE = 2.0, 300.0
CALM = 1.0
"""Seconds that it waits after news, so that ten mails at once are one piece of news."""
PARTING = 3.0


class Ear(threading.Thread):
    """One mailbox that is listened to. It touches no database: it only says when there is news."""

    def __init__(self, key: int, server: Server, bell: Bell, heard: "queue.Queue[int]", renew: float = RENEW):
        super().__init__(name=f"ear {key}", daemon=True)
        self.key, self.server, self.bell, self.heard, self.renew = key, server, bell, heard, renew
        self.is_refused = False

    def run(self) -> None:
        """Listen until told to stop, or until it makes no sense to go on."""
        try:
            self._go_on()
        finally:
            self.bell.take_down()

    def _go_on(self) -> None:
        """Listen; a line that was cut is taken up again after a pause, which grows while it is cut again."""
        pause, is_first = FIRST_PAUSE, True
        while self.bell.rests(0) and not self.is_refused:
            began = time.monotonic()
            try:
                self._listen(is_first)
            except (CannotWait, NotLetIn):
                self.is_refused = True
            except Trouble as fault:
                logger.info("Listening was cut off: %s", type(fault).__name__)
                is_first = False
                pause = FIRST_PAUSE if time.monotonic() - began > LAST_PAUSE else min(pause * 2, LAST_PAUSE)
                self.bell.rests(pause)

    def _listen(self, is_first: bool) -> None:
        idle = Idle(self.server)
        try:
            if not is_first:
                self.heard.put(self.key)  # Whatever came while the line was cut.
            while self.bell.rests(0):
                if idle.wait(self.bell, self.renew):
                    self.heard.put(self.key)
                    self.bell.rests(CALM)
        finally:
            idle.close()


class Listener:
    """All ears of one process. `tell` is given the mailbox of which there is news."""

    def __init__(self, tell: Callable[[Mailbox], None], *, most: int = MOST, renew: float = RENEW):
        self.name, self.tell, self.most, self.renew = random.token_hex(16), tell, most, renew
        self.heard: queue.Queue[int] = queue.Queue()
        self.ears: dict[int, Ear] = {}
        self._looked_at = 0.0

    def turn(self, seconds: float) -> int:
        """Look around where it is time to, wait so long for news, and tell what there is; returns of how many."""
        if time.monotonic() - self._looked_at >= LOOK or not self._looked_at:
            self._looked_at = time.monotonic()
            self.look()
        keys = self._news(seconds)
        if not keys:
            return 0
        with scope.acting_as_system("mailboxes"):
            found = Mailbox.objects.select_related("office").filter(pk__in=keys)
            told = [mailbox for mailbox in found if mailbox.pk in self.ears]
        for mailbox in told:
            self.tell(mailbox)
        return len(told)

    def _news(self, seconds: float) -> set[int]:
        keys: set[int] = set()
        try:
            keys.add(self.heard.get(timeout=seconds))
            while True:
                keys.add(self.heard.get_nowait())
        except queue.Empty:
            return keys

    def look(self) -> None:
        """Listen to what is to be listened to, and to nothing else; what another listener hears is left to it."""
        with scope.acting_as_system("mailboxes"):
            now = clock.now()
            wanted = list(Mailbox.objects.to_hear(now, self.name).order_by("pk")[: self.most])
            free = Mailbox.objects.to_hear(now, self.name)
            lease = {"heard_by": self.name, "heard_until": now + LEASE}
            mine = [one for one in wanted if free.filter(pk=one.pk).update(**lease)]
        servers = {one.pk: server for one in mine if (server := _server_of(one))}
        for key in self.ears.keys() - servers.keys():
            self._drop(key)
        for key, server in servers.items():
            self._hear(key, server)

    def _hear(self, key: int, server: Server) -> None:
        """Begin, or begin anew where the mailbox is reached otherwise now. One that was refused is left alone."""
        held = self.ears.get(key)
        if held and held.server == server and (held.is_alive() or held.is_refused):
            return
        if held:
            self._drop(key)
        self.ears[key] = Ear(key, server, Bell(), self.heard, self.renew)
        self.ears[key].start()

    def _drop(self, key: int) -> None:
        ear = self.ears.pop(key)
        ear.bell.ring()

    def end(self) -> None:
        """Hang up everywhere, and leave the mailboxes to others."""
        ears = list(self.ears.values())
        for key in list(self.ears):
            self._drop(key)
        until = time.monotonic() + PARTING
        for ear in ears:
            ear.join(max(0.0, until - time.monotonic()))
        with scope.acting_as_system("mailboxes"):
            Mailbox.objects.filter(heard_by=self.name).update(heard_by="", heard_until=None)


def _server_of(mailbox: Mailbox) -> Server | None:
    try:
        server: Server = imap_server(mailbox)
    except Locked:
        return None
    return server


def listen(stopping: threading.Event, tell: Callable[[Mailbox], None]) -> None:
    """Listen until told to stop."""
    listener = Listener(tell)
    try:
        while not stopping.is_set():
            close_old_connections()
            listener.turn(1.0)
    finally:
        listener.end()
