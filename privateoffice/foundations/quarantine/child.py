"""The child of `reader`: reads one item after another from its parent until the parent is gone."""

import base64
import json
import resource
import struct
import sys
from importlib import import_module
from typing import Any


def main(function: str, seconds: int, memory: int) -> None:
    """Serve the parent. Memory is limited once, processor time anew for each item."""
    module, name = function.split(":")
    read = getattr(import_module(module), name)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while header := sys.stdin.buffer.read(8):
        (length,) = struct.unpack(">Q", header)
        request = json.loads(sys.stdin.buffer.read(length))
        _allow(seconds)
        _answer(_outcome(read, request))


def _outcome(read: Any, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"result": read(base64.b64decode(request["raw"]), **request["options"])}
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
    body = json.dumps(message).encode("utf-8", "replace")
    sys.stdout.buffer.write(struct.pack(">Q", len(body)) + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
