"""Named steps: the moments at which a crash would matter most, said aloud for whoever listens.

Nobody listens in a running office, and a step costs one look at a variable. The crash harness listens, and kills
the process that reached the step it waits for.
"""

from collections.abc import Callable

_listener: Callable[[str], None] | None = None


def reached(name: str) -> None:
    """Say that a step was reached: what stands above it is done, what stands below it is not."""
    if _listener is not None:
        _listener(name)


def listen(listener: Callable[[str], None] | None) -> None:
    """Have every step of this process told to one listener, or to nobody."""
    global _listener
    _listener = listener
