"""The processes of one office under the harness: forked from one that has read everything, and killed at will."""

import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import connections

from privateoffice.program import run
from privateoffice.program.supervisor import Supervisor
from tests.crash.steps import Orders

CHILDREN = ("web", "worker", "scheduler", "second worker")


def forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own; returns its number."""
    connections.close_all()
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class Watched(Supervisor):
    """The supervisor of the product, whose children say who they are and obey the orders of the harness."""

    def __init__(self, orders: Orders):
        super().__init__()
        self._orders = orders

    def start(self, name: str, work: Callable[[], None]) -> None:
        super().start(name, partial(self._announced, name, work))

    def _announced(self, name: str, work: Callable[[], None]) -> None:
        (self._orders.folder / name).write_text(str(os.getpid()))
        self._orders.obey()
        work()


@dataclass
class House:
    """One open office: the supervisor and its children."""

    listener: socket.socket
    orders: Orders
    supervisor: int = 0

    def open(self) -> None:
        self.supervisor = forked(self._be_supervisor)

    def _be_supervisor(self) -> None:
        from privateoffice.foundations.jobs.worker import Worker

        supervisor = Watched(self.orders)
        run.staff(supervisor, self.listener)
        supervisor.start("second worker", lambda: Worker().run())
        supervisor.watch()

    def close(self) -> list[int]:
        """Close the office; returns what was left behind."""
        family = self.children()
        os.kill(self.supervisor, signal.SIGTERM)
        os.waitpid(self.supervisor, 0)
        return left_behind(family)

    def kill(self, name: str) -> bool:
        """Kill one part; false where it was not there to be killed."""
        pid = self.supervisor if name == "supervisor" else self._pid(name)
        if not pid or not is_alive(pid):
            return False
        os.kill(pid, signal.SIGKILL)
        return True

    def pause(self, name: str, seconds: float) -> bool:
        """Stop one part for a while, as a laptop does whose lid is closed."""
        pid = self._pid(name)
        if not pid or not is_alive(pid):
            return False
        os.kill(pid, signal.SIGSTOP)
        time.sleep(seconds)
        if is_alive(pid):
            os.kill(pid, signal.SIGCONT)
        return True

    def reopen(self) -> list[int]:
        """After its supervisor was killed: see that nothing outlived it, and open again."""
        family = self.children()
        os.waitpid(self.supervisor, 0)
        remained = left_behind(family)
        self.open()
        return remained

    def children(self) -> list[int]:
        return [pid for pid in map(self._pid, CHILDREN) if pid]

    def _pid(self, name: str) -> int:
        file = self.orders.folder / name
        text = file.read_text() if file.exists() else ""
        return int(text) if text else 0


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def left_behind(pids: list[int], seconds: float = 10) -> list[int]:
    """Those that still live after a while in which they should have gone."""
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.01)
    return [pid for pid in pids if is_alive(pid)]
