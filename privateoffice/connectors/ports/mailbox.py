"""The port to a mailbox: its folders, what changed in each since a state, one message, acts that are asked for.

An end reads and never marks as read. What it gives comes in batches: whoever keeps a batch and the state that came
with it in one transaction can be cut off anywhere and goes on from there, with nothing lost and nothing twice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntFlag
from typing import Any, Protocol

State = dict[str, Any]
"""What an end needs to go on from; fit for JSON, and nobody else's business."""


class Flag(IntFlag):
    """What a mail program notes on a message."""

    SEEN = 1
    ANSWERED = 2
    FLAGGED = 4
    DRAFT = 8
    DELETED = 16


NO_FLAG = Flag(0)


class Trouble(Exception):
    """The mailbox could not be read or written. The text is fit to show; `pause` says for how many seconds."""

    def __init__(self, words: str, *, pause: float = 0.0):
        super().__init__(words)
        self.pause = pause


class NotLetIn(Trouble):
    """The server does not take this name and password, or consent was taken back. Trying again locks accounts."""


class Gone(Trouble):
    """The message or folder is not there any more."""


@dataclass(frozen=True)
class Folder:
    """One folder: the key by which the end knows it, how people call it, and what it is for.

    `use` is inbox, sent, drafts, junk, deleted, archive, or nothing.
    """

    key: str
    name: str
    use: str = ""


@dataclass(frozen=True)
class Arrival:
    """One message as it lies there. Of one that is too large `raw` is its header only, and `is_whole` is false."""

    key: str
    raw: bytes
    size: int
    flags: Flag = NO_FLAG
    arrived_at: datetime | None = None
    is_whole: bool = True


@dataclass
class Changes:
    """A batch of what changed in a folder, and the state to go on from once it is kept.

    `flags` are those of messages known before; `gone` are keys. `starts_over` says that keys known before mean
    nothing any more: all that lies there comes again, and is matched by its bytes.
    """

    state: State
    arrivals: list[Arrival] = field(default_factory=list)
    flags: dict[str, Flag] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    starts_over: bool = False


Held = Mapping[str, int]
"""The keys that are held of a folder, and the flags of each, as plain numbers."""


class Mailbox(Protocol):
    """One mailbox, open. Everything may raise Trouble."""

    def folders(self) -> list[Folder]:
        """All folders that hold mail."""

    def changes(self, folder: Folder, state: State, held: "HeldLater") -> Iterator[Changes]:
        """What changed in a folder since a state; an empty state asks for all of it."""

    def raw(self, folder: Folder, key: str) -> bytes:
        """One message, byte for byte. Raises Gone."""

    def find(self, folder: Folder, message_id: str) -> list[str]:
        """The keys of the messages in a folder that bear a Message-ID."""

    def append(self, folder: Folder, raw: bytes, flags: Flag) -> None:
        """Put a message into a folder."""

    def move(self, folder: Folder, key: str, to: Folder) -> None:
        """Move a message, because somebody asked for it."""

    def flag(self, folder: Folder, key: str, flags: Flag, *, on: bool) -> None:
        """Set or take away flags, because somebody asked for it."""

    def close(self) -> None:
        """Let go of the mailbox. Never raises."""


class HeldLater(Protocol):
    """Asks for what is held only where the server cannot say what changed."""

    def __call__(self) -> Held: ...


MESSAGES_AT_ONCE = 500
BYTES_AT_ONCE = 16 * 1024 * 1024
LARGEST = 50 * 1024 * 1024
"""What is larger is left where it lies; its header is read."""


def in_batches(sized: list[tuple[str, int]]) -> Iterator[list[str]]:
    """Keys in order, in batches that are neither too many nor too large."""
    batch: list[str] = []
    size = 0
    for key, its_size in sized:
        if batch and (len(batch) >= MESSAGES_AT_ONCE or size + its_size > BYTES_AT_ONCE):
            yield batch
            batch, size = [], 0
        batch.append(key)
        size += its_size
    if batch:
        yield batch
