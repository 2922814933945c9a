"""What every server of the tests needs: a free port, and patience with an end."""

import socket
import time
from collections.abc import Callable


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(fact: Callable[[], object], seconds: float = 60, words: str = "it did not come to be in time"):
    """Wait until something is so, and return it; fails where it does not come to be in time."""
    end = time.monotonic() + seconds
    while not (found := fact()):
        assert time.monotonic() < end, words
        time.sleep(0.05)
    return found
