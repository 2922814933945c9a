"""A mailbox of Microsoft 365: told of changes by folder, read without a mark, gone on with after any cut."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any
from urllib.parse import quote

from privateoffice.connectors.graph.session import Forgotten, Refused, Session
from privateoffice.connectors.ports import mailbox as port
from privateoffice.connectors.ports.mailbox import Arrival, Changes, Flag, Folder, Gone, HeldLater, State

USES = {
    "inbox": "inbox",
    "sentitems": "sent",
    "drafts": "drafts",
    "junkemail": "junk",
    "deleteditems": "deleted",
    "archive": "archive",
}
TOLD = "id,internetMessageId,isRead,isDraft,flag,receivedDateTime"
PAGE = "odata.maxpagesize=200"
AT_A_TIME = 20
"""Messages that are fetched before it is looked how large they were."""

HEADER_BYTES = 256 * 1024


class GraphMailbox:
    """One mailbox. `lines` is how many calls it may have going on at once."""

    def __init__(self, session: Session, lines: int = 1):
        self.session, self.lines = session, lines

    def folders(self) -> list[Folder]:
        """All folders, those within others too, and what the well-known ones are for."""
        uses = {found: use for name, use in USES.items() if (found := self._well_known(name))}
        return list(self._below("/mailFolders", "", uses))

    def _well_known(self, name: str) -> str:
        try:
            return str(self.session.get(f"/mailFolders/{name}", {"$select": "id"})["id"])
        except Gone:
            return ""

    def _below(self, path: str, above: str, uses: dict[str, str]) -> Iterator[Folder]:
        asked = {"$select": "id,displayName,childFolderCount", "$top": "100"}
        for page in self.session.pages(path, asked):
            for one in page["value"]:
                name = f"{above}/{one['displayName']}" if above else str(one["displayName"])
                yield Folder(one["id"], name, uses.get(one["id"], ""))
                if one.get("childFolderCount"):
                    yield from self._below(f"/mailFolders/{_in_path(one['id'])}/childFolders", name, uses)

    def changes(self, folder: Folder, state: State, held: HeldLater) -> Iterator[Changes]:
        """What changed since the link that we were given; all of it where the service has forgotten that link."""
        if link := state.get("link"):
            try:
                yield from self._since(link, held)
                return
            except Forgotten:
                pass
        yield from self._whole(folder, held)

    def _since(self, link: str, held: HeldLater) -> Iterator[Changes]:
        """Page by page. The link goes on with the last batch of a page; a page met again brings nothing twice."""
        for page in self.session.pages(link, prefer=PAGE):
            after: State = {"link": page.get("@odata.nextLink") or page["@odata.deltaLink"]}
            known = held() if page["value"] else {}
            there, gone = _sorted_out(page["value"])
            for batch in self._fetched([one for one in there if one["id"] not in known]):
                yield Changes(state={"link": link}, arrivals=batch)
            yield Changes(state=after, flags=_flags_of_known(there, known), gone=gone & set(known))
            link = after["link"]

    def _whole(self, folder: Folder, held: HeldLater) -> Iterator[Changes]:
        """All that lies there. What we hold is not fetched again, so that after a cut it only has to be listed."""
        known = dict(held())
        left, flags = set(known), dict[str, Flag]()
        path = f"/mailFolders/{_in_path(folder.key)}/messages/delta"
        link = ""
        for page in self.session.pages(path, {"$select": TOLD}, PAGE):
            there, gone = _sorted_out(page["value"])
            left = (left - {one["id"] for one in there}) | (gone & set(known))
            flags |= _flags_of_known(there, known)
            for batch in self._fetched([one for one in there if one["id"] not in known]):
                yield Changes(state={}, arrivals=batch)
            link = page.get("@odata.deltaLink", "")
        yield Changes(state={"link": link}, flags=flags, gone=left)

    def _fetched(self, told: list[dict[str, Any]]) -> Iterator[list[Arrival]]:
        """The messages byte for byte, in batches that are not too large. What went meanwhile is left out."""
        batch: list[Arrival] = []
        with ThreadPoolExecutor(self.lines) as several:
            for first in range(0, len(told), AT_A_TIME):
                batch += [one for one in several.map(self._arrival, told[first : first + AT_A_TIME]) if one]
                if sum(len(one.raw) for one in batch) > port.BYTES_AT_ONCE or len(batch) >= port.MESSAGES_AT_ONCE:
                    yield batch
                    batch = []
        if batch:
            yield batch

    def _arrival(self, told: dict[str, Any]) -> Arrival | None:
        try:
            raw, size = self.session.stream(f"/messages/{_in_path(told['id'])}/$value", port.LARGEST)
        except Gone:
            return None
        is_whole = size <= port.LARGEST
        kept = raw if is_whole else raw[:HEADER_BYTES]
        return Arrival(told["id"], kept, size, _flags(told), _moment(told.get("receivedDateTime")), is_whole)

    def raw(self, folder: Folder, key: str) -> bytes:
        return self.session.stream(f"/messages/{_in_path(key)}/$value", port.LARGEST)[0]

    def find(self, folder: Folder, message_id: str) -> list[str]:
        return [one["id"] for one in found(self.session, message_id, f"/mailFolders/{_in_path(folder.key)}")]

    def append(self, folder: Folder, raw: bytes, flags: Flag) -> None:
        raise Refused("Microsoft 365 keeps its own copies of what is sent. Nothing is put into its folders.")

    def move(self, folder: Folder, key: str, to: Folder) -> None:
        self.session.do("POST", f"/messages/{_in_path(key)}/move", {"DestinationId": to.key})

    def flag(self, folder: Folder, key: str, flags: Flag, *, on: bool) -> None:
        """Read and flagged are what Graph can set; that something was answered is seen from the answer itself."""
        told: dict[str, Any] = {}
        if flags & Flag.SEEN:
            told["isRead"] = on
        if flags & Flag.FLAGGED:
            told["flag"] = {"flagStatus": "flagged" if on else "notFlagged"}
        if told:
            self.session.do("PATCH", f"/messages/{_in_path(key)}", told)

    def close(self) -> None:
        self.session.close()


def found(session: Session, message_id: str, within: str = "") -> list[dict[str, Any]]:
    """The messages of a mailbox, or of a folder in it, that bear a Message-ID."""
    quoted = message_id.replace("'", "''")
    asked = {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id,isDraft,parentFolderId"}
    return [one for page in session.pages(f"{within}/messages", asked) for one in page["value"]]


def _sorted_out(told: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], set[str]]:
    """What lies there, each once and as it was told last, and the ids of what does not any more."""
    last = {one["id"]: one for one in told}
    gone = {key for key, one in last.items() if "@removed" in one}
    return [one for key, one in last.items() if key not in gone], gone


def _flags_of_known(there: list[dict[str, Any]], known: port.Held) -> dict[str, Flag]:
    flags = {one["id"]: _flags(one) for one in there if one["id"] in known}
    return {key: flag for key, flag in flags.items() if known[key] != flag}


def _flags(told: dict[str, Any]) -> Flag:
    flags = Flag(0)
    if told.get("isRead"):
        flags |= Flag.SEEN
    if told.get("isDraft"):
        flags |= Flag.DRAFT
    if (told.get("flag") or {}).get("flagStatus") == "flagged":
        flags |= Flag.FLAGGED
    return flags


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


def _in_path(key: str) -> str:
    return quote(key, safe="")
