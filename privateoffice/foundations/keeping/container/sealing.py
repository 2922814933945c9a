"""Sealing: the backup in pieces of AES-256-GCM, each at its place, the last marked, so that no cut goes unseen.

A sealed file is the line MAGIC, a line of JSON that says how the key is found, and the pieces. Each has a key
of its own, made from a salt and the office's key or a passphrase (scrypt), so that a count can be the nonce.
"""

import hashlib
import hmac
import io
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privateoffice.foundations.keeping.container.faults import Cut, Foreign, Sealed, WrongKey

MAGIC = b"PRIVATE-OFFICE-SEALED 1\n"
PIECE = 1 << 16
TAG = 16
LONGEST_LINE = 500
SCRYPT = {"n": 1 << 15, "r": 8, "p": 1}


@dataclass(frozen=True)
class Lock:
    """How a file is sealed: by what, and how a key comes from a salt."""

    by: str
    key_for: Callable[[bytes], bytes]


def by_key(master: bytes) -> Lock:
    """Sealed with a key of the office."""
    return Lock("key", lambda salt: hmac.new(master, b"seal" + salt, hashlib.sha256).digest())


def by_passphrase(words: str) -> Lock:
    """Sealed with a passphrase. Each guess takes a tenth of a second and 32 MB."""
    secret = words.strip().encode()
    return Lock("passphrase", lambda salt: hashlib.scrypt(secret, salt=salt, dklen=32, maxmem=1 << 26, **SCRYPT))


class SealingFile(io.RawIOBase):
    """Write plain bytes to it; sealed pieces go to the file behind. `close` seals the last one."""

    def __init__(self, file: IO[bytes], lock: Lock):
        salt = secrets.token_bytes(16)
        self._file, self._cipher = file, AESGCM(lock.key_for(salt))
        self._head = MAGIC + json.dumps({"by": lock.by, "salt": salt.hex()}).encode() + b"\n"
        self._waiting, self._count = bytearray(), 0
        file.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._count, is_last), piece, self._head))
        self._count += 1


class OpenedFile(io.RawIOBase):
    """Read plain bytes from it. Raises Cut, WrongKey or Foreign."""

    def __init__(self, file: IO[bytes], lock: Lock | None):
        self._file = file
        self._head, by, salt = _head_of(file)
        if lock is None or lock.by != by:
            wanted = "--passphrase-file" if by == "passphrase" else "the office's key file"
            raise Sealed(f"The backup is sealed with a {by}: it opens with {wanted}.")
        self._cipher, self._count = AESGCM(lock.key_for(salt)), 0
        self._ahead, self._plain, self._is_over = file.read(PIECE + TAG), b"", False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._plain and not self._is_over:
            self._plain = self._open_next()
        taken = min(len(buffer), len(self._plain))
        buffer[:taken], self._plain = self._plain[:taken], self._plain[taken:]
        return taken

    def _open_next(self) -> bytes:
        piece, self._ahead = self._ahead, self._file.read(PIECE + TAG)
        self._is_over = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._count, self._is_over), piece, self._head)
        except InvalidTag as fault:
            raise self._why_not(piece) from fault
        self._count += 1
        return plain

    def _why_not(self, piece: bytes) -> Exception:
        if self._is_over and self._opens_as_middle(piece):
            return Cut("The backup is cut short: its end is missing.")
        if self._count == 0:
            return WrongKey("The backup does not open with this key or passphrase, or its beginning was altered.")
        if self._is_over:
            return Cut("The backup is cut short or its end was altered.")
        return WrongKey("The backup was altered after it was sealed.")

    def _opens_as_middle(self, piece: bytes) -> bool:
        try:
            self._cipher.decrypt(_nonce(self._count, False), piece, self._head)
        except InvalidTag:
            return False
        return True


def is_sealed(beginning: bytes) -> bool:
    return beginning.startswith(MAGIC[:21])


def _head_of(file: IO[bytes]) -> tuple[bytes, str, bytes]:
    magic, line = file.read(len(MAGIC)), file.readline(LONGEST_LINE)
    try:
        said = json.loads(line)
        by, salt = said["by"], bytes.fromhex(said["salt"])
    except (ValueError, KeyError, TypeError) as fault:
        raise Foreign("The beginning of the sealed backup was cut or altered.") from fault
    if magic != MAGIC or by not in {"key", "passphrase"}:
        raise Foreign("The backup is sealed in a way that this version does not know.")
    return magic + line, by, salt


def _nonce(count: int, is_last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([is_last])
