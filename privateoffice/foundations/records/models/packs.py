"""Packs: many originals in one file, so that a pull of ten thousand messages is not ten thousand files.

A pack is written whole, brought to the disk, and never added to. What is forgotten is written over with noughts
where it lies, and the file goes when nothing in it is spoken of any more.
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

MEGABYTE = 1024 * 1024


FOLDER = "packs"


def place_of(office_id: int, name: str) -> Path:
    return settings.FILES_DIR / name_of(office_id, name)


def name_of(office_id: int, name: str) -> str:
    """The name of a pack on the shelf."""
    return f"{office_id}/{FOLDER}/{name}"


def write(office_id: int, raws: Sequence[bytes]) -> tuple[str, list[int]]:
    """Write a new pack; returns its name and where each begins. All of it is on the disk when this returns."""
    name = f"{secrets.token_hex(16)}.pack"
    place = place_of(office_id, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(".half")
    offsets, end = [], 0
    with half.open("xb") as file:
        for raw in raws:
            offsets.append(end)
            end += file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    os.replace(half, place)
    _settle(place.parent)
    return name, offsets


def read(place: Path, offset: int, size: int) -> bytes:
    with place.open("rb") as file:
        return os.pread(file.fileno(), size, offset)


def forget(place: Path, offset: int, size: int) -> None:
    """Write noughts over a piece of a pack. A pack that is gone already has nothing left to forget."""
    try:
        file = place.open("r+b")
    except FileNotFoundError:
        return
    with file:
        file.seek(offset)
        left = size
        while left:
            left -= file.write(bytes(min(left, MEGABYTE)))
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
