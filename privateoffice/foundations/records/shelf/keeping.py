"""What is kept: one file for each content and office, named by its digest and never changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from privateoffice.foundations.records.shelf.shelves import PIECE, Away, Shelf, shelf


class Damaged(Exception):
    """The kept bytes are missing or are no longer the ones that were kept."""


def name_of(office_id: int, digest: str) -> str:
    """The name of kept bytes on the shelf. It holds the office's key, which never changes; its slug may."""
    return f"{office_id}/{digest[:2]}/{digest}"


def place_of(office_id: int, digest: str) -> Path:
    """Where kept bytes lie on this machine."""
    return Path(settings.FILES_DIR) / name_of(office_id, digest)


def digest_of(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def keep(office_id: int, raw: bytes) -> str:
    """Keep bytes and return their SHA-256. What lies there altered is made whole again."""
    digest = digest_of(raw)
    if digest_now(office_id, digest) != digest:
        name = name_of(office_id, digest)
        shelf().put([raw], lambda: name, near=name.rpartition("/")[0])
    return digest


def keep_in_pieces(office_id: int, pieces: Iterable[bytes]) -> tuple[str, int]:
    """The same for what is too large to be held in memory; returns its digest and size."""
    digest, sizes = hashlib.sha256(), []

    def read() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            sizes.append(len(piece))
            yield piece

    shelf().put(read(), lambda: name_of(office_id, digest.hexdigest()), near=str(office_id))
    return digest.hexdigest(), sum(sizes)


def read(office_id: int, digest: str) -> bytes:
    """The bytes, proved to be the ones that were kept. Raises Damaged, or Away where nothing can be known."""
    try:
        with open_kept(office_id, digest) as file:
            raw = file.read()
    except Away:
        raise
    except OSError as fault:
        raise Damaged(_said(digest, fault)) from fault
    if digest_of(raw) != digest:
        raise Damaged(f"The file behind {digest[:12]} was altered.")
    return raw


def digest_now(office_id: int, digest: str) -> str:
    """The digest of the bytes that lie there now under a name; nothing where they are gone. Raises Away."""
    return digest_on(shelf(), name_of(office_id, digest))


def digest_on(place: Shelf, name: str) -> str:
    """The same for any name on any shelf."""
    try:
        with place.open(name) as file:
            now = hashlib.sha256()
            while piece := file.read(PIECE):
                now.update(piece)
            return now.hexdigest()
    except Away:
        raise
    except OSError:
        return ""


def open_kept(office_id: int, digest: str) -> IO[bytes]:
    return shelf().open(name_of(office_id, digest))


def remove(office_id: int, digest: str) -> None:
    shelf().remove(name_of(office_id, digest))


def kept(office_id: int) -> Iterator[str]:
    """The digests of all that lies on the shelf for an office, whether a row speaks of it or not."""
    for name in shelf().names(str(office_id)):
        yield name.rpartition("/")[2]


def _said(digest: str, fault: OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return f"The file behind {digest[:12]} is missing."
    return f"The file behind {digest[:12]} cannot be read: {fault.strerror or fault}."
