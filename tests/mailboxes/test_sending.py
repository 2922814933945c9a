"""Sending by the office's own mailbox: exactly once, one copy in its Sent, and what comes back is told."""

from datetime import timedelta

import pytest

from privateoffice.connectors.imap.mailbox import ImapMailbox
from privateoffice.connectors.imap.session import Server as ImapServer
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Bounce, Delivery, State
from privateoffice.spine.deliveries.room import needs
from privateoffice.spine.mailboxes import services
from tests.mailboxes.office import ADDRESS, WORD, lying, read_in, set_up
from tests.servers import smtp
from tests.servers.dovecot import dovecot  # noqa: F401


@pytest.fixture
def server():
    running = smtp.Server()
    running.start()
    yield running
    running.stop()


def post(cast, *recipients, subject="A letter"):
    with clock.stopped_at(clock.now() - timedelta(minutes=1)), scope.acting(cast.pa, office=cast.homicide):
        return deliveries.post(
            sender=Sender("Homicide private office", ADDRESS, "pa"),
            recipients=[Addressee("to", "", each) for each in recipients or ("a@northmere.example.org",)],
            subject=subject,
            text="Attached.",
        )


def send(cast, delivery):
    with scope.acting_as_system("outbox", office=cast.homicide):
        deliveries.send_due()
        return Delivery.objects.with_states().get(pk=delivery.pk)


def test_a_letter_goes_out_by_its_senders_mailbox_and_not_into_the_folder(cast, server, settings):
    set_up(cast, place=server.place)
    assert send(cast, post(cast)).state == State.SENT
    [taken] = server.handler.taken
    assert (taken.sender, taken.recipients) == (ADDRESS, ["a@northmere.example.org"])
    assert b"Subject: A letter" in taken.raw
    assert not settings.OUTBOX_DIR.exists()


@pytest.mark.hostile("A16")
def test_put_off_and_then_refused_is_seen_for_each_recipient_a16(cast, server):
    set_up(cast, place=server.place)
    server.handler.faults.recipients = {"no@x.example": "550 No such user", "later@x.example": "450 Busy"}
    delivery = send(cast, post(cast, "yes@x.example", "no@x.example", "later@x.example"))
    with scope.acting(cast.pa, office=cast.homicide):
        states = {each.address: (each.state, each.words) for each in delivery.destinations.all()}
    assert states == {
        "yes@x.example": ("accepted", ""),
        "no@x.example": ("refused", "550 No such user"),
        "later@x.example": ("pending", "450 Busy"),
    }
    server.handler.faults.recipients["later@x.example"] = "550 Gone"
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        assert send(cast, delivery).state == State.REFUSED
    assert [one.recipients for one in server.handler.taken] == [["yes@x.example"]]


@pytest.mark.hostile("A15")
def test_cut_between_the_dot_and_its_answer_is_uncertain_and_never_sent_again_a15(cast, server):
    set_up(cast, place=server.place)
    server.handler.faults.cut = "after the dot"
    delivery = post(cast)
    assert send(cast, delivery).state == State.UNCERTAIN
    server.handler.faults.cut = ""
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert send(cast, delivery).state == State.UNCERTAIN
    assert len(server.handler.taken) == 1


def test_a_paused_mailbox_keeps_its_letters(cast, server):
    mailbox = set_up(cast, place=server.place)
    with scope.acting(cast.administrator, office=None):
        services.pause(mailbox, reason="The server moves.")
    assert send(cast, post(cast)).state == State.QUEUED
    assert server.handler.taken == []


@pytest.mark.hostile("A22")
def test_what_comes_back_is_told_until_somebody_saw_to_it_a22(cast, server):
    set_up(cast, place=server.place)
    delivery = send(cast, post(cast, "a@x.example", "b@x.example"))
    with scope.acting_as_system("mailbox", office=cast.homicide):
        for address in ("A@x.example", "never@x.example"):
            deliveries.note_bounce(delivery.message_id, address=address, words="5.1.1 Unknown", is_final=True)
        deliveries.note_bounce("<forged@x.example>", address="a@x.example", words="No", is_final=True)
        deliveries.note_bounce(delivery.message_id, address="b@x.example", words="4.4.1", is_final=False)
    with scope.acting(cast.pa, office=cast.homicide):
        assert Bounce.objects.count() == 2
        states = [(each.state, each.words) for each in delivery.destinations.all().order_by("position")]
        assert states == [("returned", "5.1.1 Unknown"), ("accepted", "Not delivered yet: 4.4.1")]
        [need] = needs(clock.now())
        assert need.why == "Came back: a@x.example did not get it. 5.1.1 Unknown"
        deliveries.see_to_bounce(delivery)
        assert list(needs(clock.now())) == []
        with pytest.raises(deliveries.NotInThatState):
            deliveries.see_to_bounce(delivery)


@pytest.mark.slow
class TestWithTheMailboxItself:
    """SMTP and a real Dovecot side by side."""

    @pytest.fixture
    def mailbox(self, cast, server, dovecot, request):  # noqa: F811
        user = f"sender-{request.node.name[-12:].strip('[]')}"
        return set_up(cast, place={**dovecot.place, **server.place, "user": user})

    def sent(self, mailbox):
        told = mailbox.place
        end = ImapMailbox(ImapServer("127.0.0.1", told["imap_port"], "none", told["user"], WORD))
        try:
            folder = next(one for one in end.folders() if one.use == "sent")
            return [one.raw for batch in end.changes(folder, {}, dict) for one in batch.arrivals]
        finally:
            end.close()

    def keep(self, cast):
        with scope.acting_as_system("sent copies", office=cast.homicide):
            return services.keep_copies()

    def test_the_copy_in_sent_is_what_went_out_and_is_put_once(self, cast, server, mailbox):
        send(cast, post(cast))
        assert [self.keep(cast), self.keep(cast)] == [1, 0]
        [copy] = self.sent(mailbox)
        assert copy == server.handler.taken[0].raw

    @pytest.mark.hostile("A14")
    def test_a_keeper_that_died_after_putting_it_does_not_put_it_twice(self, cast, server, mailbox, monkeypatch):
        from privateoffice.spine.mailboxes.models import SentCopy

        send(cast, post(cast))
        self.keep(cast)
        with scope.acting_as_system("test", office=cast.homicide):
            SentCopy.objects.update(put_at=None, taken_until=clock.now() - timedelta(minutes=1))
        self.keep(cast)
        assert len(self.sent(mailbox)) == 1

    def test_nothing_is_put_before_it_was_accepted(self, cast, server, mailbox):
        server.handler.faults.at_dot = ["451 Later"]
        delivery = send(cast, post(cast))
        assert self.keep(cast) == 0
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            send(cast, delivery)
            assert self.keep(cast) == 1
        assert self.sent(mailbox)[0] == server.handler.taken[0].raw

    def test_our_own_copy_comes_back_as_one_message_of_ours(self, cast, server, mailbox):
        send(cast, post(cast))
        self.keep(cast)
        read_in(mailbox, times=2)
        assert lying(mailbox) == {"Sent": 1}
        with scope.acting(cast.pa, office=cast.homicide):
            assert Message.objects.get().is_from_us

    @pytest.mark.hostile("A22")
    def test_a_report_that_arrives_marks_the_delivery(self, cast, server, mailbox, dovecot):  # noqa: F811
        delivery = send(cast, post(cast, "gone@x.example"))
        dovecot.put(REPORT.format(id=delivery.message_id).encode(), "1", user=mailbox.place["user"])
        read_in(mailbox)
        with scope.acting(cast.pa, office=cast.homicide):
            assert Bounce.objects.get().words == "550 5.1.1 User unknown 5.1.1"


REPORT = """Return-Path: <>
From: MAILER-DAEMON@x.example
To: pa@homicide.example
Subject: Undelivered Mail Returned to Sender
Date: Mon, 2 Nov 2026 10:00:00 +0000
Message-ID: <report@x.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; x.example


Final-Recipient: rfc822; gone@x.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b
Content-Type: message/rfc822

From: pa@homicide.example
Message-ID: {id}
Subject: A letter

Attached.
--b--
"""
