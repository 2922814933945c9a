"""A mailbox that needs no server: a Maildir on this machine, with the folders that lie beside it (Maildir++)."""

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from privateoffice.connectors.mail import maildir
from privateoffice.connectors.mail.charsets import clean_line
from privateoffice.connectors.ports.mailbox import (
    LARGEST,
    Arrival,
    Changes,
    Flag,
    Folder,
    Gone,
    HeldLater,
    State,
    Trouble,
    in_batches,
)

USES = {
    "Sent": "sent",
    "Drafts": "drafts",
    "Junk": "junk",
    "Trash": "deleted",
    "Deleted Items": "deleted",
    "Archive": "archive",
}
LETTERS = {"S": Flag.SEEN, "R": Flag.ANSWERED, "F": Flag.FLAGGED, "D": Flag.DRAFT, "T": Flag.DELETED}
HEADER_BYTES = 256 * 1024
_ID = re.compile(rb"(?im)^message-id[ \t]*:[ \t\r\n]*(<[^<>\r\n]*>)")


class MaildirMailbox:
    """A Maildir. It is made with its Sent folder where it is not there yet."""

    def __init__(self, top: Path):
        self.top = top
        try:
            for folder in (top, top / ".Sent"):
                maildir.make(folder)
        except OSError as fault:
            raise Trouble(f"The folder of the mailbox cannot be used: {fault.strerror}.") from fault

    def folders(self) -> list[Folder]:
        names = sorted(
            each.name for each in self.top.iterdir() if each.name.startswith(".") and (each / "cur").is_dir()
        )
        beside = [Folder(name, clean_line(name[1:].replace(".", "/")), USES.get(name[1:], "")) for name in names]
        return [Folder("INBOX", "Inbox", "inbox"), *beside]

    def changes(self, folder: Folder, state: State, held: HeldLater) -> Iterator[Changes]:
        """What lies there is compared with what is held: a folder on the disk tells no more."""
        lying, known = self._lying(folder), held()
        flags = {key: Flag(_flags(path)) for key, path in lying.items()}
        yield Changes(
            state={"seen": True},
            flags={key: flags[key] for key in lying if key in known and known[key] != flags[key]},
            gone=set(known) - set(lying),
        )
        new = sorted(key for key in lying if key not in known)
        for batch in in_batches([(key, _size(lying[key])) for key in new]):
            arrivals = [one for key in batch if (one := _arrival(key, lying[key], flags[key]))]
            yield Changes(state={"seen": True}, arrivals=arrivals)

    def raw(self, folder: Folder, key: str) -> bytes:
        return self._path(folder, key).read_bytes()

    def find(self, folder: Folder, message_id: str) -> list[str]:
        wanted = message_id.encode("utf-8", "replace")
        found = ((key, _ID.search(_top(path))) for key, path in self._lying(folder).items())
        return [key for key, one in found if one and one[1] == wanted]

    def append(self, folder: Folder, raw: bytes, flags: Flag) -> None:
        name = maildir.deliver(self._folder(folder), raw, key=os.urandom(16).hex())
        self.flag(folder, name, flags, on=True)

    def move(self, folder: Folder, key: str, to: Folder) -> None:
        path = self._path(folder, key)
        target = self._folder(to)
        maildir.make(target)
        os.rename(path, target / "cur" / (path.name if ":2," in path.name else f"{path.name}:2,"))

    def flag(self, folder: Folder, key: str, flags: Flag, *, on: bool) -> None:
        path = self._path(folder, key)
        now = _flags(path) | flags if on else _flags(path) & ~flags
        letters = "".join(sorted(letter for letter, flag in LETTERS.items() if flag & now))
        os.rename(path, self._folder(folder) / "cur" / f"{key}:2,{letters}")

    def close(self) -> None:
        """Nothing is held open."""

    def _folder(self, folder: Folder) -> Path:
        return self.top if folder.key == "INBOX" else self.top / folder.key

    def _lying(self, folder: Folder) -> dict[str, Path]:
        """Each message's key, which is its name without the flags, and where it is."""
        found = {}
        try:
            for part in ("new", "cur"):
                with os.scandir(self._folder(folder) / part) as entries:
                    for entry in entries:
                        if entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
                            key = os.fsencode(entry.name.partition(":2,")[0]).decode("utf-8", "replace")
                            found[key] = Path(entry.path)
        except OSError as fault:
            raise Trouble(f"The folder {folder.name} cannot be read: {fault.strerror}.") from fault
        return found

    def _path(self, folder: Folder, key: str) -> Path:
        try:
            return self._lying(folder)[key]
        except KeyError:
            raise Gone("The message is not there any more.") from None


def _arrival(key: str, path: Path, flags: Flag) -> Arrival | None:
    """The message, or nothing where it went between the look and the reading: the next look says so."""
    try:
        told = path.stat()
        is_whole = told.st_size <= LARGEST
        raw = path.read_bytes() if is_whole else _top(path)
    except FileNotFoundError:
        return None
    return Arrival(key, raw, told.st_size, flags, datetime.fromtimestamp(told.st_mtime, UTC), is_whole)


def _top(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEADER_BYTES)


def _size(path: Path) -> int:
    try:
        return min(path.stat().st_size, LARGEST)
    except FileNotFoundError:
        return 0


def _flags(path: Path) -> Flag:
    flags = Flag(0)
    for letter in path.name.partition(":2,")[2]:
        flags |= LETTERS.get(letter, Flag(0))
    return flags
