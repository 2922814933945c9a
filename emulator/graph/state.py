"""What the emulated tenant holds: applications, people and their rights, mailboxes with a log of what changed."""

import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

WELL_KNOWN = {
    "inbox": "Inbox",
    "drafts": "Drafts",
    "sentitems": "Sent Items",
    "deleteditems": "Deleted Items",
    "junkemail": "Junk Email",
    "archive": "Archive",
    "outbox": "Outbox",
}


class NotThere(Exception):
    """No such thing, as far as the caller may know."""


@dataclass
class Folder:
    """One folder of a mailbox."""

    id: str
    name: str
    parent: str = ""
    well_known: str = ""


@dataclass
class Attachment:
    """One file of a message."""

    id: str
    name: str
    content_type: str
    content: bytes


@dataclass
class Message:
    """One message. What lies there as it came has its bytes; a draft is written out when it is asked for."""

    id: str
    number: int
    folder: str
    told: dict[str, Any]
    raw: bytes | None = None
    attachments: list[Attachment] = field(default_factory=list)
    answers: str = ""
    change: int = 0
    seen_from: float = 0.0

    @property
    def is_draft(self) -> bool:
        return bool(self.told.get("isDraft"))


class Box:
    """One mailbox: folders, messages, and a log from which delta tells what changed."""

    def __init__(self, address: str):
        self.address = address
        self.folders: dict[str, Folder] = {}
        self.messages: dict[str, Message] = {}
        self.log: list[tuple[int, str, str]] = []
        self.forgotten = 0
        for well_known, name in WELL_KNOWN.items():
            self.add_folder(name, well_known=well_known)

    @property
    def version(self) -> int:
        return self.log[-1][0] if self.log else 0

    def add_folder(self, name: str, parent: str = "", well_known: str = "") -> Folder:
        made = Folder(f"AQ{secrets.token_hex(12)}", name, parent, well_known)
        self.folders[made.id] = made
        return made

    def folder(self, asked: str) -> Folder:
        """A folder by its id or its well-known name."""
        found = self.folders.get(asked) or self.well_known(asked)
        if found is None:
            raise NotThere(asked)
        return found

    def well_known(self, name: str) -> Folder | None:
        return next((each for each in self.folders.values() if name and each.well_known == name.lower()), None)

    def children(self, parent: str) -> list[Folder]:
        return [each for each in self.folders.values() if each.parent == parent]

    def add(self, folder: str, told: dict[str, Any], **more: Any) -> Message:
        number = max((each.number for each in self.messages.values()), default=0) + 1
        made = Message(f"AAkAL{secrets.token_hex(16)}", number, self.folder(folder).id, told, **more)
        self.messages[made.id] = made
        self.touch(made)
        return made

    def touch(self, message: Message) -> None:
        """Write into the log that a message changed where it lies."""
        message.change = self._write(message.id, message.folder)
        message.told["lastModifiedDateTime"] = moment()

    def _write(self, message_id: str, folder_id: str) -> int:
        number = self.version + 1
        self.log.append((number, message_id, folder_id))
        return number

    def move(self, message: Message, to: str) -> None:
        self._write(message.id, message.folder)
        message.folder = self.folder(to).id
        self.touch(message)

    def settle(self, now: float) -> None:
        """Put what has left into Sent Items, once it is to be seen there."""
        outbox, sent = self.folder("outbox").id, self.folder("sentitems").id
        for message in [
            each for each in self.messages.values() if each.folder == outbox and each.seen_from <= now
        ]:
            self.move(message, sent)

    def remove(self, message: Message) -> None:
        del self.messages[message.id]
        self._write(message.id, message.folder)

    def lying(self, folder_id: str, now: float) -> list[Message]:
        found = [each for each in self.messages.values() if each.folder == folder_id and each.seen_from <= now]
        return sorted(found, key=lambda each: each.number)

    def changed(self, folder_id: str, since: int, upto: int) -> Iterator[tuple[int, str]]:
        """The last change of each message of a folder between two versions, in order."""
        last = {one: number for number, one, where in self.log if where == folder_id and since < number <= upto}
        yield from sorted((number, one) for one, number in last.items())


@dataclass
class Application:
    """An application of the tenant: its secret, its rights, and the mailboxes that these are held to."""

    id: str
    secret: str
    rights: frozenset[str] = frozenset({"Mail.ReadWrite", "Mail.Send"})
    held_to: frozenset[str] | None = None

    def reaches(self, address: str) -> bool:
        return self.held_to is None or address in self.held_to


@dataclass
class Person:
    """Somebody who can sign in: the mailboxes that they open, and in whose name they may send there."""

    address: str
    name: str
    opens: set[str] = field(default_factory=set)
    sends_as: set[str] = field(default_factory=set)
    sends_for: set[str] = field(default_factory=set)


@dataclass
class Token:
    """What a bearer may do: as an application, or as a person."""

    application: Application
    person: Person | None
    ends_at: float


@dataclass
class Subscription:
    """Somebody who wants to be told of changes."""

    id: str
    told: dict[str, Any]


class Tenant:
    """Everything that the emulator knows, behind one lock."""

    def __init__(self, name: str = "force.example"):
        self.name = name
        self.id = "11111111-2222-4333-8444-555555555555"
        self.lock = threading.RLock()
        self.boxes: dict[str, Box] = {}
        self.applications: dict[str, Application] = {}
        self.people: dict[str, Person] = {}
        self.tokens: dict[str, Token] = {}
        self.refreshers: dict[str, Token] = {}
        self.codes: dict[str, dict[str, Any]] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.outside: list[tuple[str, list[str], bytes]] = []

    def box(self, address: str) -> Box:
        found = self.boxes.get(address.lower())
        if found is None:
            raise NotThere(address)
        return found

    def add_box(self, address: str, name: str = "") -> Box:
        address = address.lower()
        self.boxes[address] = Box(address)
        self.people[address] = Person(address, name or address.split("@")[0], {address}, {address})
        return self.boxes[address]

    def add_application(self, id: str, secret: str, held_to: set[str] | None = None) -> Application:
        scope = None if held_to is None else frozenset(each.lower() for each in held_to)
        self.applications[id] = Application(id, secret, held_to=scope)
        return self.applications[id]


def moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
