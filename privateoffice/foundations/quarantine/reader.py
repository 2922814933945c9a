"""Runs a reading function on foreign bytes in a child process, so that no file can hurt the office.

    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        for path in paths:
            result = reader.read(path.read_bytes())

The function takes bytes (and JSON-able keyword arguments) and returns something JSON can carry, or that with
bytes in it.
One child serves many items; a child that dies, hangs or eats too much is ended and replaced,
and only the item that did it fails.
"""

import contextlib
import os
import select
import subprocess
import sys
import time
from types import TracebackType
from typing import Any

from privateoffice.foundations.quarantine.limits import PARSE_BYTES, PARSE_SECONDS
from privateoffice.foundations.quarantine.parcels import packed, unpacked


class Unreadable(Exception):
    """The bytes could not be read within the ceilings. The text is fit to show."""


class Reader:
    """A child process that reads foreign bytes, one item at a time.

    `function` is "package.module:name". `seconds` is processor time for one item (the wall clock gets three
    times that), `memory` bytes of address space for the child.
    """

    def __init__(self, function: str, *, seconds: int = PARSE_SECONDS, memory: int = PARSE_BYTES):
        self.function, self.seconds, self.memory = function, seconds, memory
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Reader":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def read(self, raw: bytes, /, *, by: str = "", **options: Any) -> Any:
        """What the function makes of the bytes; raises Unreadable with a reason fit to show.

        `by` is another function for this one item, in the same child.
        """
        child = self._running_child()
        try:
            _send(child, {"function": by or self.function, "raw": raw, "options": options})
            answer = _receive(child, time.monotonic() + self.seconds * 3)
        except (OSError, EOFError, TimeoutError) as fault:
            reason = "it took too long" if isinstance(fault, TimeoutError) else self._cause_of_death()
            self.end()
            raise Unreadable(f"This could not be read: {reason}.") from fault
        if "refused" in answer:
            raise Unreadable(answer["refused"])
        return answer["result"]

    def end(self) -> None:
        """End the child, if one is running."""
        if self._child:
            with contextlib.suppress(OSError):
                self._child.kill()
            self._child.communicate()
            self._child = None

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self.end()
            command = [sys.executable, "-m", "privateoffice.foundations.quarantine.child"]
            self._child = subprocess.Popen(  # noqa: S603  (our own module, no shell)
                [*command, str(self.seconds), str(self.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
        return self._child

    def _cause_of_death(self) -> str:
        assert self._child is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(timeout=2)
        return {-24: "it took too long", -9: "it needed too much memory"}.get(
            self._child.returncode or 0, "it broke the program that reads such files"
        )


def read_once(function: str, raw: bytes, **options: Any) -> Any:
    """Read one item in a child of its own. Raises Unreadable."""
    with Reader(function) as reader:
        return reader.read(raw, **options)


def _send(child: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    assert child.stdin is not None
    for piece in packed(message):
        child.stdin.write(piece)
    child.stdin.flush()


def _receive(child: subprocess.Popen[bytes], deadline: float) -> dict[str, Any]:
    answer: dict[str, Any] = unpacked(lambda count: _exactly(child, count, deadline))
    return answer


def _exactly(child: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
    assert child.stdout is not None
    held = bytearray()
    while len(held) < count:
        wait = deadline - time.monotonic()
        if wait <= 0 or not select.select([child.stdout], [], [], wait)[0]:
            raise TimeoutError
        piece = os.read(child.stdout.fileno(), min(count - len(held), 1 << 20))
        if not piece:
            raise EOFError
        held += piece
    return bytes(held)
