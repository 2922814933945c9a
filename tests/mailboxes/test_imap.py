"""The ledger beside a mailbox on a real Dovecot: nothing lost, nothing twice, nothing touched."""

import imaplib
import re
import socket
import threading
from contextlib import suppress

import pytest

from privateoffice.connectors.imap import mailbox as imap_mailbox
from privateoffice.connectors.imap.mailbox import ImapMailbox
from privateoffice.connectors.imap.session import Server
from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import Conversation, ImportItem, Message
from privateoffice.spine.mailboxes.models import Folder, Mailbox, Placement
from tests.mailboxes.office import WORD, letter, lying, read_in, set_up, waiting
from tests.servers.dovecot import dovecot, plain_dovecot  # noqa: F401

pytestmark = pytest.mark.slow

_users = iter(range(1, 1000))


@pytest.fixture(params=["dovecot", "plain_dovecot"])
def server(request):
    """The same tests against a server that can do everything, and one that can do nothing besides the standard."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def box(server, cast, db):
    """A fresh mailbox, as the office knows it and as another mail program sees it."""
    user = f"user{next(_users)}"
    mailbox = set_up(cast, place={**server.place, "user": user})
    made = Box(server, mailbox, user)
    yield made
    made.other.logout()


class Box:
    def __init__(self, server, mailbox, user):
        self.server, self.mailbox, self.user = server, mailbox, user
        self.other = imaplib.IMAP4("127.0.0.1", server.port)
        self.other.login(user, WORD)

    def deliver(self, *raws, folder="INBOX", flags=""):
        for raw in raws:
            assert self.other.append(folder, flags, None, raw)[0] == "OK"

    def act(self, folder, *command):
        """What somebody does in another mail program."""
        self.other.select(folder)
        assert self.other.uid(*command)[0] == "OK"

    def uids(self, folder="INBOX"):
        self.other.select(folder, readonly=True)
        return self.other.uid("SEARCH", "UNDELETED")[1][0].split()

    def flags(self, folder="INBOX"):
        self.other.select(folder, readonly=True)
        return [imaplib.ParseFlags(line) for line in self.other.uid("FETCH", "1:*", "(FLAGS)")[1] if line]


@pytest.fixture
def seen(cast):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


def test_mail_is_read_in_once_and_never_marked_as_read(box, seen):
    box.deliver(letter("One"), letter("Two"), letter("Three"))
    assert read_in(box.mailbox).new == 3
    assert read_in(box.mailbox).new == 0
    assert sorted(Conversation.objects.values_list("title", flat=True)) == ["One", "Three", "Two"]
    assert all(b"\\Seen" not in flags for flags in box.flags())


def test_the_bytes_are_kept_as_they_lie_there(box, seen):
    raw = letter("Kept")
    box.deliver(raw)
    read_in(box.mailbox)
    assert Message.objects.get().original.read() == raw


def test_new_mail_comes_alone(box, seen):
    box.deliver(letter("Old"))
    read_in(box.mailbox)
    box.deliver(letter("New"))
    assert read_in(box.mailbox).new == 1
    assert lying(box.mailbox)["INBOX"] == 2


def test_a_flag_that_says_answered_ends_the_waiting_and_its_loss_begins_it_again(box, seen):
    box.deliver(letter("Are you there?"))
    read_in(box.mailbox)
    assert waiting(box.mailbox) == ["Are you there?"]
    box.act("INBOX", "STORE", "1", "+FLAGS", "(\\Answered)")
    read_in(box.mailbox)
    assert waiting(box.mailbox) == []
    assert Message.objects.get().settled_elsewhere == "answered"
    assert Entry.objects.filter(verb="correspondence.saw_answered").count() == 1
    box.act("INBOX", "STORE", "1", "-FLAGS", "(\\Answered)")
    read_in(box.mailbox)
    assert waiting(box.mailbox) == ["Are you there?"]


def test_an_answer_from_a_phone_in_sent_ends_the_waiting(box, seen):
    box.deliver(letter("Could you say?", id="q1"))
    read_in(box.mailbox)
    reply = letter(
        "Re: Could you say?",
        sender=f"PA <{box.mailbox.address}>",
        to="a@b.example",
        in_reply_to="<q1@northmere.example.org>",
    )
    box.deliver(reply, folder="Sent", flags="\\Seen")
    read_in(box.mailbox)
    assert waiting(box.mailbox) == []
    conversation = Conversation.objects.get()
    assert (conversation.message_count, conversation.is_from_us_last) == (2, True)


def test_what_is_moved_elsewhere_is_the_same_message_in_another_place(box, seen):
    box.deliver(letter("File me"))
    read_in(box.mailbox)
    box.other.create("Filed")
    box.act("INBOX", "MOVE", "1", "Filed") if "MOVE" in box.other.capabilities else _move_by_hand(box, "Filed")
    read_in(box.mailbox)
    assert lying(box.mailbox) == {"Filed": 1}
    message = Message.objects.get()
    assert (message.lies_in, message.settled_elsewhere) == ("Filed", "")
    assert waiting(box.mailbox) == ["File me"]
    assert Entry.objects.filter(verb="correspondence.saw_moved").count() == 1


def _move_by_hand(box, folder):
    box.act("INBOX", "COPY", "1", folder)
    box.act("INBOX", "STORE", "1", "+FLAGS", "(\\Deleted)")
    box.other.expunge()


@pytest.mark.hostile("A28")
@pytest.mark.parametrize("how", ["expunged", "moved to Trash"])
def test_what_is_deleted_elsewhere_waits_no_longer_and_is_kept_here_a28(box, seen, how):
    box.deliver(letter("Gone"))
    read_in(box.mailbox)
    if how == "expunged":
        box.act("INBOX", "STORE", "1", "+FLAGS", "(\\Deleted)")
        box.other.expunge()
    else:
        _move_by_hand(box, "Trash")
    read_in(box.mailbox)
    assert waiting(box.mailbox) == []
    message = Message.objects.get()
    assert message.settled_elsewhere == "deleted"
    assert message.original.read()


@pytest.mark.hostile("A13")
def test_new_numbers_for_all_double_and_lose_nothing_a13(box, seen):
    box.deliver(letter("One"), letter("Two"))
    read_in(box.mailbox)
    before = set(Message.objects.values_list("pk", flat=True))
    folder = Folder.objects.get(use="inbox")
    Folder.objects.filter(pk=folder.pk).update(state={**folder.state, "uidvalidity": 1, "modseq": 1})
    read_in(box.mailbox)
    assert set(Message.objects.values_list("pk", flat=True)) == before
    assert lying(box.mailbox) == {"INBOX": 2}
    assert Placement.objects.count() == 2
    assert not Entry.objects.filter(verb__startswith="correspondence.saw").exists()


@pytest.mark.hostile("A13")
def test_a_renamed_folder_keeps_its_mail_a13(box, seen):
    box.other.create("Before")
    box.deliver(letter("Inside"), folder="Before")
    read_in(box.mailbox)
    box.other.rename("Before", "After")
    read_in(box.mailbox)
    assert lying(box.mailbox) == {"After": 1}
    assert Message.objects.get().lies_in == "After"


def test_folders_with_names_from_elsewhere(box, seen):
    box.other.create('"Gr&APwA3w-e &- Co"')
    box.deliver(letter("Hello"), folder='"Gr&APwA3w-e &- Co"')
    read_in(box.mailbox)
    assert lying(box.mailbox) == {"Grüße & Co": 1}


class Cutting:
    """A line to the server that is cut after so many bytes have come back."""

    def __init__(self, port_behind, after):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.behind, self.left = port_behind, after
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.behind))
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()
            self._pass(far, near, counted=True)

    def _pass(self, one, other, counted=False):
        with suppress(OSError):
            while piece := one.recv(4096):
                if counted:
                    piece, self.left = piece[: max(self.left, 0)], self.left - len(piece)
                other.sendall(piece)
                if counted and self.left <= 0:
                    break
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            if counted:
                end.close()


@pytest.mark.hostile("A14")
def test_a_reading_that_is_cut_off_anywhere_is_finished_by_the_next_a14(box, seen, monkeypatch):
    monkeypatch.setattr(port, "MESSAGES_AT_ONCE", 5)
    box.deliver(*[letter(f"Letter {n}") for n in range(40)])
    with scope.acting_as_system("test", office=box.mailbox.office):
        cuts = 0
        for after in (700, 2_000, 4_000, 6_000, 9_000, 12_000, 15_000):
            line = Cutting(box.server.port, after)
            Mailbox.objects.filter(pk=box.mailbox.pk).update(place={**box.mailbox.place, "imap_port": line.port})
            try:
                read_in(box.mailbox)
            except port.Trouble:
                cuts += 1
            line.listener.close()
        Mailbox.objects.filter(pk=box.mailbox.pk).update(place=box.mailbox.place)
    read_in(box.mailbox)
    assert cuts >= 5
    assert lying(box.mailbox) == {"INBOX": 40}
    assert Message.objects.count() == 40
    assert Original.objects.count() == 40


@pytest.mark.hostile("A07")
def test_one_that_is_too_large_is_listed_and_stops_nothing_a07(box, seen, monkeypatch):
    monkeypatch.setattr(imap_mailbox, "LARGEST", 5_000)
    box.deliver(letter("Small"), letter("Large") + b"x" * 6_000 + b"\r\n", letter("After"))
    assert read_in(box.mailbox).new == 3
    assert ImportItem.objects.get().outcome == "too_large"
    assert sorted(Conversation.objects.values_list("title", flat=True)) == ["After", "Large", "Small"]


def test_what_its_header_marks_secret_is_never_kept(box, seen):
    box.deliver(letter("SECRET: the plan"), letter("Fine"))
    read_in(box.mailbox)
    assert Original.objects.count() == 1
    assert lying(box.mailbox) == {"INBOX": 2}


def test_what_only_its_text_marks_secret_is_let_go_when_it_is_read(box, seen, settings):
    box.deliver(letter("Quiet").replace(b"May I ask?", b"SECRET\r\n\r\nMay I ask?"))
    read_in(box.mailbox)
    assert (Original.objects.count(), Conversation.objects.count()) == (0, 0)
    assert ImportItem.objects.get().outcome == "held_outside"


def test_official_sensitive_in_the_subject_becomes_the_marking(box, seen):
    box.deliver(letter("OFFICIAL-SENSITIVE: names"))
    read_in(box.mailbox)
    assert Conversation.objects.get().marking == 2


@pytest.mark.hostile("A27")
def test_a_wrong_password_is_said_once_and_not_tried_again_a27(box, cast):
    with scope.acting_as_system("test", office=cast.homicide):
        from privateoffice.spine.mailboxes import services

        other = services.add(
            cast.homicide,
            slug="x",
            name="Wrong",
            kind="imap",
            address="x@homicide.example",
            place=box.server.place,
            words={"password": "no"},
        )
        with pytest.raises(port.NotLetIn):
            services.pull(other)
        other.refresh_from_db()
        assert other.is_closed_to_us
        assert "does not let" in other.trouble
        assert other not in Mailbox.objects.due(other.not_before)


def test_acts_that_somebody_asks_for(box):
    box.deliver(letter("Move me"))
    end = ImapMailbox(Server("127.0.0.1", box.server.port, "none", box.user, WORD))
    folders = {one.use: one for one in end.folders()}
    end.flag(folders["inbox"], "1", port.Flag.FLAGGED, on=True)
    assert b"\\Flagged" in box.flags()[0]
    assert end.raw(folders["inbox"], "1").startswith(b"From:")
    end.move(folders["inbox"], "1", folders["deleted"])
    end.close()
    assert box.uids() == []
    assert len(box.uids("Trash")) == 1
    assert re.match(rb"\d+", box.uids("Trash")[0])
