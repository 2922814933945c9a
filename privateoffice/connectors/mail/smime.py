"""The text inside an opaque signature (CMS SignedData), found without checking the signature."""

from collections.abc import Iterator

_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_DATA = bytes.fromhex("2a864886f70d010701")
_DEEPEST = 12


class _Odd(Exception):
    pass


def content_of(raw: bytes) -> bytes | None:
    """The signed bytes, or None if this is no such signature (an envelope, or damaged)."""
    try:
        outer = list(_items(raw, 0, len(raw)))
        info = list(_inside(raw, outer[0]))
        if _bytes(raw, info[0]) != _SIGNED_DATA:
            return None
        signed = next(iter(_inside(raw, info[1])))
        held = list(_inside(raw, list(_inside(raw, signed))[2]))
        if _bytes(raw, held[0]) != _DATA or len(held) < 2:
            return None
        return b"".join(_pieces(raw, next(iter(_inside(raw, held[1]))), 0))
    except (_Odd, IndexError, StopIteration):
        return None


_Item = tuple[int, int, int]  # tag, start and end of the content


def _items(raw: bytes, place: int, end: int, depth: int = 0) -> Iterator[_Item]:
    """The items that stand in a row; one of indefinite length ends with two zeros."""
    while place < end:
        tag, start, stop, place = _item(raw, place, end, depth)
        if tag == 0 and start == stop:
            return
        yield tag, start, stop


def _item(raw: bytes, place: int, end: int, depth: int) -> tuple[int, int, int, int]:
    if place + 2 > end or depth > _DEEPEST:
        raise _Odd
    tag, size, start = raw[place], raw[place + 1], place + 2
    if size == 0x80:
        inner = start
        while raw[inner : inner + 2] != b"\x00\x00":
            inner = _item(raw, inner, end, depth + 1)[3]
        return tag, start, inner, inner + 2
    if size > 0x80:
        count = size & 0x7F
        size, start = int.from_bytes(raw[start : start + count], "big"), start + count
    if start + size > end:
        raise _Odd
    return tag, start, start + size, start + size


def _inside(raw: bytes, item: _Item) -> Iterator[_Item]:
    return _items(raw, item[1], item[2])


def _bytes(raw: bytes, item: _Item) -> bytes:
    return raw[item[1] : item[2]]


def _pieces(raw: bytes, item: _Item, depth: int) -> Iterator[bytes]:
    """An octet string comes whole or in pieces."""
    if depth > _DEEPEST:
        raise _Odd
    if not item[0] & 0x20:
        yield _bytes(raw, item)
        return
    for one in _inside(raw, item):
        yield from _pieces(raw, one, depth + 1)
