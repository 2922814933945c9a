"""What parent and child hand each other: JSON in front, and behind it the bytes that it speaks of, as they are."""

import json
import struct
from collections.abc import Callable
from typing import Any

HEAD = struct.Struct(">QQ")
BYTES = "\x00bytes"


def packed(message: Any) -> tuple[bytes, bytes, bytearray]:
    """The pieces of a message, in order. Bytes in it travel unchanged, wherever they are."""
    carried = bytearray()
    told = json.dumps(message, default=lambda value: _left_out(value, carried)).encode("utf-8", "replace")
    return HEAD.pack(len(told), len(carried)), told, carried


def unpacked(exactly: Callable[[int], bytes]) -> Any:
    """The next message of a pipe, of which `exactly` reads so many bytes."""
    length, carried = HEAD.unpack(exactly(HEAD.size))
    told, rest = exactly(length), memoryview(exactly(carried))
    return json.loads(told, object_hook=lambda found: _put_back(found, rest))


def _left_out(value: Any, carried: bytearray) -> dict[str, list[int]]:
    if not isinstance(value, bytes):
        raise TypeError(f"A parcel carries no {type(value).__name__}.")
    carried += value
    return {BYTES: [len(carried) - len(value), len(carried)]}


def _put_back(found: dict[str, Any], rest: memoryview) -> Any:
    if set(found) != {BYTES}:
        return found
    begin, end = found[BYTES]
    return bytes(rest[begin:end])
