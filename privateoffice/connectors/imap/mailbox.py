"""A mailbox on an IMAP server: reads with PEEK, so that nothing is marked as read, and goes on after any cut."""

import re
from collections.abc import Iterator

from privateoffice.connectors.imap import answers, names
from privateoffice.connectors.imap.session import Server, Session
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

WHOLE = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
HEADER = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])"
FIGURES = ("MESSAGES", "UIDNEXT", "UIDVALIDITY")
MARKS = {Flag.SEEN: "\\Seen", Flag.ANSWERED: "\\Answered", Flag.FLAGGED: "\\Flagged", Flag.DRAFT: "\\Draft"}
_PLAIN_ID = re.compile(r"[\x21-\x7e]{1,900}")


class ImapMailbox:
    """One mailbox, signed in."""

    def __init__(self, server: Server):
        self.session = Session(server)
        self.figures: dict[str, dict[str, int]] = {}

    def folders(self) -> list[Folder]:
        """All folders, and in the same breath, where the server can, how each stands."""
        told = FIGURES + (("HIGHESTMODSEQ",) if self._tells_changes else ())
        options: list[str] = []
        if self.session.has("LIST-STATUS"):
            use = ["SPECIAL-USE"] if self.session.has("SPECIAL-USE") else []
            options = [f"RETURN ({' '.join([*use, 'STATUS', '(' + ' '.join(told) + ')'])})"]
        found = list(answers.folders_in(self.session.command("LIST", '""', '"*"', *options)))
        self.figures = dict(answers.statuses_in(self.session.taken("STATUS")))
        return found

    @property
    def _tells_changes(self) -> bool:
        return self.session.has("CONDSTORE") or self.session.has("QRESYNC")

    def changes(self, folder: Folder, state: State, held: HeldLater) -> Iterator[Changes]:
        """First what changed of what is known, then what is new, oldest first."""
        if state and self._stands_still(folder, state):
            return
        stands = self._opened(folder, state)
        if state and state.get("uidvalidity") != stands["UIDVALIDITY"]:
            state = {}
            yield Changes(state={}, starts_over=True)
        now: State = {"uidvalidity": stands["UIDVALIDITY"], "uidnext": state.get("uidnext", 1)}
        if state:
            yield self._changed(state, now, held)
        for batch in self._new(now["uidnext"]):
            now = {**now, "uidnext": int(batch[-1].key) + 1}
            yield Changes(state=dict(now, modseq=state.get("modseq", 0)), arrivals=batch)
        figures = {"modseq": stands["HIGHESTMODSEQ"], "messages": stands["EXISTS"]}
        yield Changes(state={**now, "uidnext": max(now["uidnext"], stands["UIDNEXT"]), **figures})

    def _stands_still(self, folder: Folder, state: State) -> bool:
        """Whether the figures that came with the list say that nothing changed."""
        told = self.figures.get(folder.key, {})
        names_of = {
            "UIDVALIDITY": "uidvalidity",
            "UIDNEXT": "uidnext",
            "HIGHESTMODSEQ": "modseq",
            "MESSAGES": "messages",
        }
        return bool(told.get("HIGHESTMODSEQ")) and all(
            told.get(one) == state.get(two) for one, two in names_of.items()
        )

    def _opened(self, folder: Folder, state: State) -> dict[str, int]:
        if state.get("modseq") and self.session.has("QRESYNC"):
            return self.session.open(folder.key, f"(QRESYNC ({state['uidvalidity']} {state['modseq']}))")
        return self.session.open(folder.key, *(["(CONDSTORE)"] if self.session.has("CONDSTORE") else []))

    def _changed(self, state: State, now: State, held: HeldLater) -> Changes:
        """Flags that changed and messages that went, as well as the server can tell."""
        changes = Changes(state=dict(state))
        if state.get("modseq") and self.session.has("QRESYNC"):
            told = answers.fetched(self.session.taken("FETCH"))
            changes.flags = {
                str(one.uid): one.flags for one in told if one.flags is not None and one.uid < now["uidnext"]
            }
            changes.gone = self._vanished(held)
            return changes
        known = held()
        if now["uidnext"] > 1 and known:
            lie_there = {
                str(one.uid): one.flags
                for one in answers.fetched(self.session.uid("FETCH", f"1:{now['uidnext'] - 1}", "(UID FLAGS)"))
            }
            changes.flags = {
                key: flags for key, flags in lie_there.items() if flags is not None and known.get(key) != flags
            }
            changes.gone = set(known) - set(lie_there)
        return changes

    def _vanished(self, held: HeldLater) -> set[str]:
        runs = [
            run for said in self.session.taken("VANISHED") for run in answers.numbers_in(said.split(b") ")[-1])
        ]
        if not runs:
            return set()
        return {key for key in held() if any(int(key) in run for run in runs)}

    def _new(self, first: int) -> Iterator[list[Arrival]]:
        told = self.session.uid("FETCH", f"{first}:*", "(UID RFC822.SIZE)")
        sizes = sorted((one.uid, one.size) for one in answers.fetched(told) if one.uid >= first)
        whole = {uid for uid, size in sizes if size <= LARGEST}
        for batch in in_batches([(str(uid), size if uid in whole else 1) for uid, size in sizes]):
            uids = [int(key) for key in batch]
            arrivals = self._fetch([uid for uid in uids if uid in whole], WHOLE)
            arrivals += self._fetch([uid for uid in uids if uid not in whole], HEADER, is_whole=False)
            if arrivals:
                yield sorted(arrivals, key=lambda one: int(one.key))

    def _fetch(self, uids: list[int], what: str, *, is_whole: bool = True) -> list[Arrival]:
        if not uids:
            return []
        return [
            Arrival(str(one.uid), one.literal, one.size, one.flags or Flag(0), one.arrived_at, is_whole)
            for one in answers.fetched(self.session.uid("FETCH", answers.as_set(uids), what))
            if one.literal is not None
        ]

    def raw(self, folder: Folder, key: str) -> bytes:
        self.session.open(folder.key)
        for one in answers.fetched(self.session.uid("FETCH", key, "(UID BODY.PEEK[])")):
            if one.literal is not None and str(one.uid) == key:
                return one.literal
        raise Gone("The message is not there any more.")

    def find(self, folder: Folder, message_id: str) -> list[str]:
        if not _PLAIN_ID.fullmatch(message_id):
            return []
        self.session.open(folder.key)
        found = self.session.uid("SEARCH", "HEADER", "Message-ID", names.quoted(message_id))
        return [key.decode() for line in found for key in line.split()]

    def append(self, folder: Folder, raw: bytes, flags: Flag) -> None:
        marks = " ".join(mark for flag, mark in MARKS.items() if flag & flags)
        self.session.imap.literal = raw  # type: ignore[assignment]
        self.session.command("APPEND", names.quoted(folder.key), f"({marks})")

    def move(self, folder: Folder, key: str, to: Folder) -> None:
        self.session.open(folder.key, to_write=True)
        if self.session.has("MOVE"):
            self.session.uid("MOVE", key, names.quoted(to.key))
        else:
            self.session.uid("COPY", key, names.quoted(to.key))
            self.session.uid("STORE", key, "+FLAGS.SILENT", "(\\Deleted)")
            if self.session.has("UIDPLUS"):
                self.session.uid("EXPUNGE", key)

    def flag(self, folder: Folder, key: str, flags: Flag, *, on: bool) -> None:
        self.session.open(folder.key, to_write=True)
        marks = " ".join(mark for flag, mark in MARKS.items() if flag & flags)
        self.session.uid("STORE", key, f"{'+' if on else '-'}FLAGS.SILENT", f"({marks})")

    def close(self) -> None:
        self.session.close()


def try_out(server: Server) -> str:
    """Sign in and out again; returns how many folders there are, in words. Raises Trouble."""
    box = ImapMailbox(server)
    try:
        found = box.folders()
    finally:
        box.close()
    if not any(folder.use == "inbox" for folder in found):
        raise Trouble("It let us in, and shows no Inbox.")
    return f"{len(found)} folders"
