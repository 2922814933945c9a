"""The solver's own process: started, spoken to in lines of JSON, kept warm for the next question, killed."""

import atexit
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[4]
BY_BLOCKS, BY_THE_DAY = "worker", "rosterer"
KERNELS = "PRIVATE_OFFICE_KERNELS"
"""The variable that names the folder of compiled kernels."""


class Child:
    """One solver process, of this module, and the lines that it says."""

    def __init__(self, module: str = BY_BLOCKS, **told: str) -> None:
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", f"{__package__}.{module}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1", **told},
        )
        self.lines: queue.Queue[str | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.put(line)
        self.lines.put(None)

    def tell(self, said: Any) -> None:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(said) + "\n")
            self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if end:
                    end.close()

    @property
    def lives(self) -> bool:
        return self._process.poll() is None


_spare: list[Child] = []
_lock = threading.Lock()


def borrow() -> Child:
    with _lock:
        while _spare:
            child = _spare.pop()
            if child.lives:
                return child
            child.kill()
    return Child()


def give_back(child: Child) -> None:
    with _lock:
        if child.lives and not _spare:
            _spare.append(child)
            return
    child.kill()


def warm_up() -> None:
    """Have a solver loaded before the first question comes."""
    give_back(borrow())


def spare_pid() -> int:
    """The process that waits for the next question (0: none)."""
    with _lock:
        return _spare[0].pid if _spare else 0


def close() -> None:
    """End the spare process."""
    with _lock:
        while _spare:
            _spare.pop().kill()


atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_spare.clear)  # a forked job process must not read the same lines
