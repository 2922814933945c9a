"""One mailbox behind each end, and what somebody does in it with another mail program."""

import imaplib
import itertools

from privateoffice.connectors.mail.maildir_mailbox import MaildirMailbox
from privateoffice.connectors.ports.mailbox import Flag
from tests.mailboxes.office import WORD, set_up
from tests.servers.graph import SECRET

_users = itertools.count(1)


class OnMaildir:
    """Files on this machine."""

    def __init__(self, cast, settings):
        self.mailbox = set_up(cast, kind="maildir", slug="here")
        self.end = MaildirMailbox(settings.MAILDIRS_DIR / "homicide" / "here")
        for name in (".Filed", ".Trash"):
            for part in ("cur", "new", "tmp"):
                (self.end.top / name / part).mkdir(parents=True)

    def _folder(self, name):
        return next(one for one in self.end.folders() if name in {one.use, one.name.lower()})

    def _keys(self, name):
        lying = self.end.changes(self._folder(name), {}, dict)
        return sorted(one.key for batch in lying for one in batch.arrivals)

    def deliver(self, *raws, folder="inbox"):
        for raw in raws:
            self.end.append(self._folder(folder), raw, Flag(0))

    def move(self, to):
        self.end.move(self._folder("inbox"), self._keys("inbox")[0], self._folder(to))

    def delete(self):
        self.end._path(self._folder("inbox"), self._keys("inbox")[0]).unlink()

    def are_unread(self):
        return all(not path.name.endswith("S") for path in self.end._lying(self._folder("inbox")).values())


class OnDovecot:
    """A real IMAP server."""

    def __init__(self, cast, server):
        user = f"ends{next(_users)}"
        self.mailbox = set_up(cast, place={**server.place, "user": user})
        self.other = imaplib.IMAP4("127.0.0.1", server.port)
        self.other.login(user, WORD)
        self.other.create("Filed")

    NAMES = {"inbox": "INBOX", "sent": "Sent", "filed": "Filed", "deleted": "Trash"}

    def deliver(self, *raws, folder="inbox"):
        for raw in raws:
            assert self.other.append(self.NAMES[folder], "", None, raw)[0] == "OK"

    def move(self, to):
        self.other.select("INBOX")
        assert self.other.uid("MOVE", "1", self.NAMES[to])[0] == "OK"

    def delete(self):
        self.other.select("INBOX")
        self.other.uid("STORE", "1", "+FLAGS", "(\\Deleted)")
        self.other.expunge()

    def are_unread(self):
        self.other.select("INBOX", readonly=True)
        return all(b"\\Seen" not in line for line in self.other.uid("FETCH", "1:*", "(FLAGS)")[1] if line)


class OnGraph:
    """The emulator of Microsoft Graph."""

    NAMES = {"inbox": "inbox", "sent": "sentitems", "deleted": "deleteditems"}

    def __init__(self, cast, graph):
        self.graph = graph
        self.mailbox = set_up(cast, kind="graph", word=SECRET, place=graph.place)
        self.filed = graph.box.add_folder("Filed").id

    def deliver(self, *raws, folder="inbox"):
        self.graph.deliver(*raws, folder=self.NAMES[folder])

    def move(self, to):
        self.graph.box.move(self.graph.lying()[0], self.NAMES.get(to, self.filed))

    def delete(self):
        self.graph.box.remove(self.graph.lying()[0])

    def are_unread(self):
        return all(not one.told["isRead"] for one in self.graph.lying())
