"""Reading a backup: every part in order with its digest, and at the end whether all is as it was."""

import gzip
import hashlib
import hmac
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from privateoffice.foundations.keeping.container.faults import Altered, Cut, Foreign, Newer, OtherKey
from privateoffice.foundations.keeping.container.sealing import Lock, OpenedFile, is_sealed
from privateoffice.foundations.keeping.container.writing import (
    FORMAT,
    HEADER,
    PARTS,
    PIECE,
    SEAL,
    key_mark,
    proof_of,
)

GZIP = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"
LARGEST_SAID = 64 << 20
"""Bytes of a part that is read whole into memory: our own parts of rows are far below this."""


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Whatever a broken file does to the readers below, as a refusal."""
    try:
        yield
    except EOFError as fault:
        raise Cut("The backup is cut short: its end is missing.") from fault
    except tarfile.ReadError as fault:
        raise Cut("The backup is cut short, or it was altered.") from fault
    except (zlib.error, gzip.BadGzipFile, tarfile.TarError, ValueError, KeyError, TypeError) as fault:
        raise Altered("The backup was altered, or the disk that it lay on damaged it.") from fault


@dataclass(frozen=True)
class Part:
    """One part of a backup, to be read before the next is asked for."""

    name: str
    size: int
    file: IO[bytes]

    def read(self) -> bytes:
        if self.size > LARGEST_SAID:
            raise Altered(f"The part {self.name} is larger than any that we write.")
        return self.file.read()


class Reading:
    """A backup that is being read. `header` is there at once; `whole` once `parts` came to their end."""

    def __init__(self, tar: tarfile.TarFile, key: bytes):
        self._tar, self._key = tar, key
        self._all = hashlib.sha256()
        self.whole: dict[str, Any] = {}
        self.header = self._read_header()

    def parts(self) -> Iterator[Part]:
        """Every part. Ends only where all were there and unaltered; else raises NotGood."""
        while member := self._next():
            if member.name == PARTS:
                return self._finish(member)
            yield from self._part(member)
        raise Cut("The backup is cut short: its end is missing.")

    def _read_header(self) -> dict[str, Any]:
        member = self._next()
        if member is None or member.name != HEADER:
            raise Foreign("This is no backup of Private Office.")
        with _said_plainly():
            for part in self._part(member):  # the one; its digest is taken when the loop goes on
                header = dict(json.loads(part.read()))
        if header.get("format", 0) > FORMAT:
            raise Newer("The backup was made by a newer version of Private Office: restore it with that version.")
        if header.get("key") != key_mark(self._key):
            raise OtherKey(
                "The backup is of an office with another key: put that office's key file in its place, or name it "
                "in PRIVATE_OFFICE_KEY_FILE."
            )
        return header

    def _next(self) -> tarfile.TarInfo | None:
        with _said_plainly():
            member = self._tar.next()
        if member and not member.isreg():
            raise Altered(f"{member.name} is no file of a backup.")
        return member

    def _part(self, member: tarfile.TarInfo) -> Iterator[Part]:
        file = self._tar.extractfile(member)
        assert file is not None
        read = _Digested(file)
        yield Part(member.name, member.size, read)  # type: ignore[arg-type]
        while read.read(PIECE):  # whatever the reader left
            pass
        self._all.update(f"{read.digest.hexdigest()}  {member.name}\n".encode())

    @_said_plainly()
    def _finish(self, member: tarfile.TarInfo) -> None:
        listed = hashlib.sha256()
        file = self._tar.extractfile(member)
        while file and (piece := file.read(PIECE)):
            listed.update(piece)
        last = self._next()
        sealed = self._tar.extractfile(last) if last and last.name == SEAL else None
        if sealed is None:
            raise Cut("The backup is cut short: its end is missing.")
        said = json.loads(sealed.read(LARGEST_SAID))
        whole, proof = said["whole"], said["proof"]
        if not hmac.compare_digest(proof, proof_of(whole, self._key)) or self._next():
            raise Altered("The backup was altered: its seal is broken.")
        if whole["parts"] != self._all.hexdigest() or listed.hexdigest() != self._all.hexdigest():
            raise Altered("The backup was altered: a part of it is not what was written.")
        self.whole = whole


class _Digested:
    def __init__(self, file: IO[bytes]):
        self._file, self.digest = file, hashlib.sha256()

    @_said_plainly()
    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece

    def __iter__(self) -> Iterator[bytes]:
        return iter(io.BufferedReader(_Raw(self), PIECE))  # type: ignore[arg-type]


class _Raw(io.RawIOBase):
    """Lines need a buffer, and a buffer needs this."""

    def __init__(self, read: _Digested):
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._read.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


@contextmanager
def reading(file: IO[bytes], *, key: bytes, lock: Lock | None = None) -> Iterator[Reading]:
    """Read a backup from its beginning. Whatever is wrong with it is raised as NotGood."""
    file.seek(0)
    with _said_plainly():
        packed = gzip.GzipFile(fileobj=_unsealed(file, lock), mode="rb")  # type: ignore[arg-type]
        tar = tarfile.open(fileobj=packed, mode="r|", bufsize=PIECE)  # noqa: SIM115
    with tar:
        one = Reading(tar, key)
        yield one
        if one.whole:
            _see_that_nothing_follows(packed)


def check(place: Path, *, key: bytes, lock: Lock | None = None) -> Reading:
    """Read all of a backup and prove it. Raises NotGood."""
    with place.open("rb") as file, reading(file, key=key, lock=lock) as one:
        for _ in one.parts():
            pass
    return one


def _unsealed(file: IO[bytes], lock: Lock | None) -> IO[bytes]:
    beginning = file.read(32)
    file.seek(0)
    if is_sealed(beginning):
        return io.BufferedReader(OpenedFile(file, lock), PIECE)  # type: ignore[return-value]
    if not beginning:
        raise Cut("The backup is empty.")
    if not beginning.startswith(GZIP[: len(beginning)]):
        raise Foreign("This is no backup of Private Office.")
    return file


@_said_plainly()
def _see_that_nothing_follows(packed: gzip.GzipFile) -> None:
    """Reads to the end, where the checksum of the packing is."""
    while piece := packed.read(PIECE):
        if piece.strip(b"\0"):
            raise Altered("The backup was altered: something was written behind it.")
