"""One supervisor over web, worker and scheduler: starts them, keeps them alive, and leaves none behind.

The children are forked from a process that has read the whole program, so that one that died is back at once.
They die with the supervisor, however it ends.
"""

import contextlib
import ctypes
import logging
import os
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connections

logger = logging.getLogger(__name__)

GRACE = 10.0
"""Seconds that a child has to finish what it is doing when all is stopped."""

STEADY = 30.0
"""A child that lived for so many seconds is started again without a long pause."""

LONGEST_PAUSE = 30.0
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process of the office: what it is called, what it does, and since when."""

    name: str
    work: Callable[[], None]
    pid: int = 0
    started_at: float = 0.0
    falls: int = 0
    due_at: float = 0.0

    def fell(self) -> None:
        """It ended without being told to: start it again after a pause that grows while it keeps falling."""
        lived = time.monotonic() - self.started_at
        self.falls = 0 if lived > STEADY else self.falls + 1
        self.pid, self.due_at = 0, time.monotonic() + min(0.25 * 2**self.falls, LONGEST_PAUSE)


class Supervisor:
    """Starts children and watches over them until it is told to stop by SIGINT, SIGTERM or SIGHUP."""

    def __init__(self) -> None:
        self._children: list[Child] = []
        self._stops_asked = 0
        self._lifeline, self._life = os.pipe()  # The children see the far end close when the supervisor is gone.
        self._waker, self._wake = os.pipe()
        os.set_blocking(self._waker, False)
        os.set_blocking(self._wake, False)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Start a child and keep it alive from now on."""
        child = Child(name, work)
        self._children.append(child)
        self._fork(child)

    @contextlib.contextmanager
    def meanwhile(self, name: str, work: Callable[[], None]) -> Iterator[None]:
        """Have a child do something for as long as the block lasts."""
        self.start(name, work)
        try:
            yield
        finally:
            self.stop()

    def watch(self) -> None:
        """Keep the children alive until told to stop; then stop them all."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        while not self._stops_asked:
            self._rest(1.0)
            self._notice_the_fallen()
            self._raise_the_fallen()
        self.stop()

    def stop(self) -> None:
        """Stop every child, at first politely, and wait until all are gone. A second signal ends politeness."""
        for child in self._children:
            _send(child.pid, signal.SIGTERM)
        end = time.monotonic() + GRACE
        while any(child.pid for child in self._children):
            self._rest(0.2)
            self._notice_the_fallen(is_expected=True)
            if time.monotonic() > end or self._stops_asked > 1:
                for child in self._children:
                    _sweep(child.pid)
        self._children.clear()

    def _ask_to_stop(self, *_: object) -> None:
        self._stops_asked += 1

    def _rest(self, seconds: float) -> None:
        """Sleep until a signal comes, or for so long."""
        select.select([self._waker], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            os.read(self._waker, 4096)

    def _notice_the_fallen(self, *, is_expected: bool = False) -> None:
        for child in self._children:
            if not child.pid:
                continue
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if not pid:
                continue
            _sweep(pid)
            if not is_expected and not self._stops_asked:
                code = os.waitstatus_to_exitcode(status)
                logger.error("The %s ended (%s) and is started again.", child.name, code)
            child.fell()

    def _raise_the_fallen(self) -> None:
        for child in self._children:
            if not child.pid and child.due_at <= time.monotonic() and not self._stops_asked:
                self._fork(child)

    def _fork(self, child: Child) -> None:
        connections.close_all()  # A connection shared by two processes spoils both.
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        child.pid = os.fork()
        child.started_at = time.monotonic()
        if child.pid == 0:
            self._be_child(child, parent)

    def _be_child(self, child: Child, parent: int) -> None:
        code = 1
        try:
            self._take_leave(parent)
            child.work()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _take_leave(self, parent: int) -> None:
        """In the child: drop what was the supervisor's, and see to it that the child does not outlive it."""
        os.setpgid(0, 0)  # Ctrl-C reaches the supervisor alone, which then stops the children in order.
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        for end in (self._life, self._waker, self._wake):
            os.close(end)
        die_with(parent)
        threading.Thread(target=_watch_lifeline, args=(self._lifeline,), daemon=True).start()


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies. Elsewhere than on Linux the lifeline does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # It was gone before we could ask.
            os._exit(1)


def _watch_lifeline(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _send(pid: int, number: int) -> None:
    if pid:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def _sweep(pid: int) -> None:
    """Kill a child and whatever it started itself."""
    if pid:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
