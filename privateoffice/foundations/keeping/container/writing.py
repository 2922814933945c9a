"""Writing a backup: parts one after another, none held in memory, digests last; it appears when whole."""

import gzip
import hashlib
import hmac
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from privateoffice.foundations.keeping.container.sealing import Lock, SealingFile

FORMAT = 1
HEADER, PARTS, SEAL = "private-office.json", "parts.sha256", "seal.json"
PACKED = 6
PIECE = 1 << 20


class Writing:
    """A backup that is being written."""

    def __init__(self, tar: tarfile.TarFile, listed: IO[bytes], key: bytes):
        self._tar, self._listed, self._key = tar, listed, key
        self._all = hashlib.sha256()

    def add(self, name: str, raw: bytes) -> str:
        """Add a part; returns its digest."""
        return self.add_file(name, io.BytesIO(raw), len(raw))

    def add_said(self, name: str, said: Any) -> str:
        return self.add(name, canonical(said))

    def add_file(self, name: str, file: IO[bytes], size: int) -> str:
        """Add a part of a known size from a file. Raises OSError where it ends too soon."""
        read = _Digesting(file)
        self._tar.addfile(_member(name, size), read)  # type: ignore[arg-type]
        line = f"{read.digest.hexdigest()}  {name}\n".encode()
        self._listed.write(line)
        self._all.update(line)
        return read.digest.hexdigest()

    def seal(self, said: dict[str, Any]) -> None:
        """Write the list of parts, and what the whole comes to, under the office's key."""
        size = self._listed.tell()
        self._listed.seek(0)
        self._tar.addfile(_member(PARTS, size), self._listed)  # type: ignore[arg-type]
        whole = {**said, "parts": self._all.hexdigest()}
        told = canonical({"whole": whole, "proof": proof_of(whole, self._key)})
        self._tar.addfile(_member(SEAL, len(told)), io.BytesIO(told))


class _Digesting:
    """A file that is read once, and known by its digest then."""

    def __init__(self, file: IO[bytes]):
        self._file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def writing(place: Path, *, key: bytes, lock: Lock | None = None) -> Iterator[Writing]:
    """Write a backup beside its place; at the end of the block it is whole on the disk, under its name."""
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            with ExitStack() as layers:
                yield _layered(layers, file, key, lock)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
        _sync(place.parent)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)


def _layered(layers: ExitStack, file: IO[bytes], key: bytes, lock: Lock | None) -> Writing:
    sealed = layers.enter_context(SealingFile(file, lock)) if lock else file
    packed = layers.enter_context(
        gzip.GzipFile(filename="", fileobj=sealed, mode="wb", compresslevel=PACKED, mtime=0)  # type: ignore[arg-type]
    )
    tar = layers.enter_context(
        tarfile.open(  # type: ignore[call-overload]  # noqa: SIM115
            fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=PIECE, copybufsize=PIECE
        )
    )
    listed = layers.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
    return Writing(tar, listed, key)


def canonical(said: Any) -> bytes:
    return json.dumps(said, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def proof_of(whole: dict[str, Any], key: bytes) -> str:
    return hmac.new(key, canonical(whole), hashlib.sha256).hexdigest()


def key_mark(key: bytes) -> str:
    """By what a key is known without telling anything of it."""
    return hmac.new(key, b"mark of the key", hashlib.sha256).hexdigest()[:16]


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
