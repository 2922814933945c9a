"""Scenarios that only read, run one after another against a tenant: what works there as we take it to work."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from privateoffice.connectors.graph.mailbox import PAGE, TOLD, GraphMailbox, found
from privateoffice.connectors.graph.session import Session
from privateoffice.connectors.ports.mailbox import Folder, Trouble

PAGES = 3
"""Of a large Inbox no more pages than these are looked at."""


class NotAsTaken(Exception):
    """The service answers otherwise than we take it to. The text says how."""


class NothingThere(Exception):
    """There is nothing in the mailbox with which this could be tried."""


@dataclass
class Finding:
    """What was tried, whether it came out as we take it to, and in words how."""

    scenario: str
    outcome: str
    words: str = ""


@dataclass
class Look:
    """What earlier scenarios found for those that follow."""

    session: Session
    folders: dict[str, Folder] = field(default_factory=dict)
    message: dict[str, Any] = field(default_factory=dict)
    link: str = ""

    def one_message(self) -> dict[str, Any]:
        if not self.message:
            raise NothingThere("the Inbox is empty")
        return self.message


def folders_are_listed(look: Look) -> str:
    listed = GraphMailbox(look.session).folders()
    look.folders = {one.use: one for one in listed if one.use}
    missing = {"inbox", "sent", "drafts", "deleted"} - set(look.folders)
    if missing:
        raise NotAsTaken(f"no folder is told to be for {', '.join(sorted(missing))}")
    return f"{len(listed)} folders"


def delta_tells_the_inbox_in_pages(look: Look) -> str:
    inbox = look.folders.get("inbox")
    if inbox is None:
        raise NothingThere("no Inbox is known")
    pages = look.session.pages(f"/mailFolders/{inbox.key}/messages/delta", {"$select": TOLD}, PAGE)
    told = list(islice(pages, PAGES))
    look.message = next((one for page in told for one in page["value"] if "@removed" not in one), {})
    look.link = told[-1].get("@odata.deltaLink", "")
    unknown = set(TOLD.split(",")) - set(look.message) if look.message else set()
    if unknown:
        raise NotAsTaken(f"a message comes without {', '.join(sorted(unknown))}")
    count = sum(len(page["value"]) for page in told)
    return f"{count} messages on {len(told)} pages{'' if look.link else ', and more'}"


def delta_goes_on_from_its_link(look: Look) -> str:
    if not look.link:
        raise NothingThere("the Inbox is too large to be told to its end here")
    pages = list(look.session.pages(look.link, prefer=PAGE))
    if "@odata.deltaLink" not in pages[-1]:
        raise NotAsTaken("it does not end with a link to go on with")
    return f"{sum(len(page['value']) for page in pages)} changed meanwhile"


def a_message_is_found_by_its_lasting_id(look: Look) -> str:
    told = look.session.get(f"/messages/{look.one_message()['id']}", {"$select": "id,internetMessageId"})
    if told["id"] != look.message["id"]:
        raise NotAsTaken("it comes under another id")
    return ""


def a_message_is_found_by_its_message_id(look: Look) -> str:
    wanted = look.one_message()
    if wanted["id"] not in {one["id"] for one in found(look.session, wanted["internetMessageId"])}:
        raise NotAsTaken("it is not among what is found")
    return ""


def reading_leaves_no_mark(look: Look) -> str:
    path = f"/messages/{look.one_message()['id']}"
    before = look.session.get(path, {"$select": "isRead"})["isRead"]
    raw, _ = look.session.stream(f"{path}/$value", 1_000_000)
    if b":" not in raw[:1000]:
        raise NotAsTaken("what comes is no message in MIME")
    if look.session.get(path, {"$select": "isRead"})["isRead"] != before:
        raise NotAsTaken("it is marked as read now")
    return ""


SCENARIOS: tuple[Callable[[Look], str], ...] = (
    folders_are_listed,
    delta_tells_the_inbox_in_pages,
    delta_goes_on_from_its_link,
    a_message_is_found_by_its_lasting_id,
    a_message_is_found_by_its_message_id,
    reading_leaves_no_mark,
)
OK, FAULT, NOT_TRIED = "ok", "!!", "--"


def findings(session: Session) -> Iterator[Finding]:
    """Try one scenario after another. Each only reads."""
    look = Look(session)
    for scenario in SCENARIOS:
        name = scenario.__name__.replace("_", " ")
        try:
            yield Finding(name, OK, scenario(look))
        except NothingThere as nothing:
            yield Finding(name, NOT_TRIED, str(nothing))
        except (Trouble, NotAsTaken) as fault:
            yield Finding(name, FAULT, str(fault))
        except (KeyError, ValueError) as fault:
            yield Finding(name, FAULT, f"the answer has another shape: {fault}")
