"""Listening for mail on a real Dovecot: heard within seconds, cut and taken up again, renewed, ended at once."""

import imaplib
import socket
import threading
import time
from contextlib import suppress

import pytest

from privateoffice.connectors.imap.idling import RENEW, Bell, CannotWait, Idle
from privateoffice.connectors.imap.session import Server
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.queue import waiting
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.mailboxes import services, tasks
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.services import listening
from tests.mailboxes.office import WORD, letter, set_up
from tests.servers.dovecot import dovecot, plain_dovecot  # noqa: F401
from tests.servers.waiting import wait_for

pytestmark = pytest.mark.slow

_users = iter(range(1, 1000))
LONG_POLL = 120.0


class Wire:
    """A line between us and the server that is written down, and can be cut."""

    def __init__(self, port: int):
        self.behind, self.said = port, b""
        self.lines: list[socket.socket] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        while True:
            try:
                ours, _ = self.door.accept()
            except OSError:
                return
            theirs = socket.create_connection(("127.0.0.1", self.behind))
            self.lines += [ours, theirs]
            for one, other, is_ours in ((ours, theirs, True), (theirs, ours, False)):
                threading.Thread(target=self._carry, args=(one, other, is_ours), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, is_ours: bool) -> None:
        with suppress(OSError):
            while piece := one.recv(65536):
                self.said += piece if is_ours else b""
                other.sendall(piece)
        for end in (one, other):
            end.close()

    def cut(self) -> None:
        lines, self.lines = self.lines, []
        for line in lines:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.door.close()
        self.cut()

    @property
    def idled(self) -> int:
        return self.said.count(b" IDLE\r\n")


@pytest.fixture
def wire(dovecot):  # noqa: F811
    wire = Wire(dovecot.port)
    yield wire
    wire.close()


@pytest.fixture
def user(dovecot):  # noqa: F811
    return f"ear{next(_users)}"


@pytest.fixture
def mailbox(wire, user, cast, db):
    return set_up(
        cast, place={"imap_host": "127.0.0.1", "imap_port": wire.port, "imap_security": "none", "user": user}
    )


@pytest.fixture
def listener(mailbox):
    told: list[str] = []
    made = services.Listener(lambda one: told.append(one.slug), renew=LONG_POLL)
    made.told = told
    yield made
    made.end()


def deliver(server, user: str, *raws: bytes) -> None:
    """As somebody else's mail program lays it there."""
    with imaplib.IMAP4("127.0.0.1", server.port) as other:
        other.login(user, WORD)
        for raw in raws:
            assert other.append("INBOX", "", None, raw)[0] == "OK"


def begin(listener, wire) -> None:
    """Look around, and wait until it listens."""
    listener.turn(0)
    wait_for(lambda: wire.idled, 20)
    time.sleep(0.2)


def test_a_mail_is_heard_of_within_seconds_and_read_without_polling(dovecot, listener, wire, user, mailbox, cast):  # noqa: F811
    begin(listener, wire)
    listener.tell = tasks.read_soon
    began = time.monotonic()
    deliver(dovecot, user, letter("It has just come"))
    assert wait_for(lambda: listener.turn(1), 20) == 1
    assert time.monotonic() - began < 30  # and not the two minutes of the schedule
    assert drain() == 2
    with scope.acting(cast.pa, office=cast.homicide):
        assert [one.title for one in Conversation.objects.all()] == ["It has just come"]


def test_ten_mails_at_once_are_one_job(dovecot, listener, wire, user, mailbox):  # noqa: F811
    begin(listener, wire)
    listener.tell = tasks.read_soon
    deliver(dovecot, user, *(letter(f"Mail {at}") for at in range(10)))
    for _ in range(4):
        listener.turn(1)
    assert waiting().count() == 1


def test_a_line_that_is_cut_is_taken_up_again_and_what_came_meanwhile_is_heard_of(
    dovecot, listener, wire, user, monkeypatch  # noqa: F811
):  # fmt: skip
    monkeypatch.setattr(listening, "FIRST_PAUSE", 0.2)
    begin(listener, wire)
    wire.cut()
    deliver(dovecot, user, letter("Sent into the gap"))
    wait_for(lambda: listener.turn(0.5), 20)
    wait_for(lambda: wire.idled >= 2, 20)
    time.sleep(0.3)
    listener.told.clear()
    deliver(dovecot, user, letter("After it"))
    wait_for(lambda: listener.turn(0.5), 20)
    assert listener.told == ["pa"]


def test_it_is_asked_for_anew_before_the_server_ends_the_line(dovecot, wire, user):  # noqa: F811
    assert RENEW < 29 * 60
    idle, bell = Idle(Server("127.0.0.1", wire.port, "none", user, WORD)), Bell()
    try:
        for round in (1, 2, 3):
            began = time.monotonic()
            assert not idle.wait(bell, 0.3)
            assert 0.25 < time.monotonic() - began < 5
            assert (wire.idled, wire.said.count(b"DONE\r\n")) == (round, round)
        deliver(dovecot, user, letter("Still heard"))
        assert idle.wait(bell, 20)
    finally:
        idle.close()
        bell.take_down()


def test_it_rests_while_nothing_comes(listener, wire, monkeypatch):
    """No busy loop: no word on the wire, and nobody looks at it."""
    begin(listener, wire)
    said, looks = len(wire.said), []
    real = Idle._holds_more
    monkeypatch.setattr(Idle, "_holds_more", lambda idle: looks.append(idle) or real(idle))
    for _ in range(3):
        assert listener.turn(1) == 0
    assert (len(wire.said), looks) == (said, [])


def test_it_ends_at_once_and_leaves_the_mailbox_to_others(listener, wire, mailbox):
    begin(listener, wire)
    ears = list(listener.ears.values())
    began = time.monotonic()
    listener.end()
    assert time.monotonic() - began < 10
    assert not any(ear.is_alive() for ear in ears)
    assert b"LOGOUT" in wire.said
    with scope.acting_as_system("looking"):
        assert Mailbox.objects.get(pk=mailbox.pk).heard_until is None


def test_a_server_that_cannot_tell_is_left_to_polling(plain_dovecot, cast, db):  # noqa: F811
    place = {**plain_dovecot.place, "user": f"ear{next(_users)}"}
    with pytest.raises(CannotWait):
        Idle(Server("127.0.0.1", plain_dovecot.port, "none", place["user"], WORD))
    set_up(cast, place=place)
    listener = services.Listener(lambda one: None)
    try:
        listener.turn(0)
        (ear,) = listener.ears.values()
        ear.join(20)
        assert ear.is_refused
        listener.look()
        assert list(listener.ears.values()) == [ear]
    finally:
        listener.end()


def test_a_refused_password_is_not_tried_again(dovecot, cast, db, user):  # noqa: F811
    place = {**dovecot.place, "user": user}
    mailbox = set_up(cast, place=place, word="not the word")
    listener = services.Listener(lambda one: None)
    try:
        listener.turn(0)
        ear = listener.ears[mailbox.pk]
        ear.join(30)
        assert ear.is_refused
        listener.look()
        assert listener.ears[mailbox.pk] is ear
    finally:
        listener.end()


def test_two_listeners_hold_one_line_and_no_more_than_they_may(mailbox, cast, dovecot, wire):  # noqa: F811
    second = set_up(
        cast, slug="office", address="office@homicide.example", place={**dovecot.place, "user": "second"}
    )
    one, other = services.Listener(lambda _: None, most=1), services.Listener(lambda _: None)
    try:
        one.look()
        other.look()
        assert (list(one.ears), list(other.ears)) == ([mailbox.pk], [second.pk])
        with clock.stopped_at(clock.now() + 2 * listening.LEASE):
            other.look()
        assert set(other.ears) == {mailbox.pk, second.pk}
        one.look()
        assert list(one.ears) == []
    finally:
        one.end()
        other.end()


def test_a_paused_mailbox_is_no_longer_listened_to(listener, wire, mailbox, cast):
    begin(listener, wire)
    with scope.acting(cast.administrator, office=None):
        services.pause(mailbox, reason="Moving house")
    listener.look()
    assert listener.ears == {}
    wait_for(lambda: b"LOGOUT" in wire.said, 10)
