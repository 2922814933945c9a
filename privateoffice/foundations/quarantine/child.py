"""The child of `reader`: reads one item after another from its parent until the parent is gone."""

import resource
import sys
from importlib import import_module
from typing import Any

from privateoffice.foundations.quarantine.parcels import packed, unpacked


def main(seconds: int, memory: int) -> None:
    """Serve the parent. Memory is limited once, processor time anew for each item."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open(sys.stdin.fileno(), "rb") as pipe:
        while pipe.peek(1):
            request = unpacked(pipe.read)
            _allow(seconds)
            _answer(_outcome(request))


def _outcome(request: dict[str, Any]) -> dict[str, Any]:
    module, name = request["function"].split(":")
    try:
        read = getattr(import_module(module), name)
        return {"result": read(request["raw"], **request["options"])}
    except MemoryError:
        return {"refused": "This could not be read: it needed too much memory."}
    except RecursionError:
        return {"refused": "This could not be read: it is nested too deeply."}
    except Exception as fault:  # a parser may raise anything at all: the item is refused, the child lives
        said = getattr(fault, "sentence", "")
        return {"refused": said or f"This could not be read: {type(fault).__name__}."}


def _allow(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def _answer(message: dict[str, Any]) -> None:
    for piece in packed(message):
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
