"""A mail server of its own, in a process of its own: it writes down what it took, and breaks off when it likes.

After the final dot it may answer, take the message and break off, or break off without having taken it. Nobody
but its own list knows which.
"""

import asyncio
import random
import re
import socket
from collections import Counter
from pathlib import Path

from aiosmtpd.smtp import SMTP

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)


class Taking:
    """Takes messages; one in so many is cut off after the final dot, taken or not."""

    def __init__(self, book: Path, *, cuts: float, seed: int):
        self.book, self.cuts, self.chance = book, cuts, random.Random(seed)

    async def handle_DATA(self, server, session, envelope):
        fate = self.chance.random()
        if fate >= self.cuts / 2:
            self._write_down(envelope.content)
        if fate < self.cuts:
            server.transport.abort()
        return "250 Taken"

    def _write_down(self, content: bytes) -> None:
        found = MESSAGE_ID.search(content)
        with self.book.open("ab", buffering=0) as book:
            book.write((found[1] if found else b"?") + b"\n")


def serve(listener: socket.socket, book: Path, *, cuts: float, seed: int) -> None:
    """Take mail until killed."""

    async def go() -> None:
        taking = Taking(book, cuts=cuts, seed=seed)
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(taking, hostname="far.example", loop=loop), sock=listener)
        await server.serve_forever()

    asyncio.run(go())


def taken_in_book(book: Path) -> Counter[str]:
    """How often each message was taken, by its Message-ID."""
    return Counter(book.read_text().split()) if book.exists() else Counter()


def taken_in_maildir(folder: Path) -> Counter[str]:
    """The same of a Maildir, from the messages themselves and not from the names of their files."""
    files = [file for part in ("new", "cur") for file in (folder / part).glob("*")]
    found = [MESSAGE_ID.search(file.read_bytes()) for file in files]
    return Counter(match[1].decode() if match else "?" for match in found)
