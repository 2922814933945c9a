"""Sending to a real SMTP server: what was taken, refused, put off and not answered is told apart."""

import pytest

from privateoffice.connectors.smtp import sending
from privateoffice.connectors.smtp.sending import CutOff, NotTaken, Said, Server
from tests.servers import smtp

RAW = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\n.a line with a dot\r\n..\r\n"


@pytest.fixture
def server(tmp_path):
    running = smtp.Server()
    running.start()
    yield running
    running.stop()


def send(server, *recipients, raw=RAW, **said):
    there = Server("127.0.0.1", server.port, "none", **said)
    return sending.send(there, "a@b.example", recipients or ("c@d.example",), raw)


def test_a_message_goes_byte_for_byte_to_its_envelope(server):
    assert send(server, "c@d.example", "e@f.example") == {
        "c@d.example": Said("accepted"),
        "e@f.example": Said("accepted"),
    }
    [taken] = server.handler.taken
    assert (taken.sender, taken.recipients, taken.raw) == ("a@b.example", ["c@d.example", "e@f.example"], RAW)


@pytest.mark.hostile("A16")
def test_each_recipient_has_an_answer_of_its_own_a16(server):
    server.handler.faults.recipients = {"no@d.example": "550 5.1.1 No such user", "later@d.example": "450 Busy"}
    said = send(server, "c@d.example", "no@d.example", "later@d.example")
    assert {who: one.outcome for who, one in said.items()} == {
        "c@d.example": "accepted",
        "no@d.example": "refused",
        "later@d.example": "later",
    }
    assert said["no@d.example"].words == "550 5.1.1 No such user"
    assert server.handler.taken[0].recipients == ["c@d.example"]


def test_put_off_then_refused_after_the_dot(server):
    server.handler.faults.at_dot = ["451 Try later", "554 Not here"]
    assert send(server)["c@d.example"].outcome == "later"
    assert send(server)["c@d.example"] == Said("refused", "554 Not here")
    assert server.handler.taken == []


def test_a_cut_before_the_dot_means_that_nothing_left(server):
    server.handler.faults.cut = "before the dot"
    with pytest.raises(NotTaken):
        send(server, raw=RAW + b"x" * 2_000_000)
    assert server.handler.taken == []


@pytest.mark.hostile("A15")
@pytest.mark.parametrize("cut", ["after the dot", "refused after the dot"])
def test_a_cut_after_the_dot_is_known_to_nobody_a15(server, cut):
    server.handler.faults.cut = cut
    with pytest.raises(CutOff):
        send(server)


def test_a_server_that_takes_nobody_from_us_is_asked_later_or_has_refused(server):
    server.handler.faults.sender = "451 Greylisted"
    with pytest.raises(NotTaken):
        send(server)
    server.handler.faults.sender = "553 Not you"
    assert send(server)["c@d.example"] == Said("refused", "553 Not you")


def test_a_server_that_is_not_there_is_asked_later():
    with pytest.raises(NotTaken):
        sending.send(Server("127.0.0.1", smtp.free_port(), "none"), "a@b.example", ["c@d.example"], RAW)


def test_over_starttls_with_a_password_and_a_certificate_that_is_checked(tmp_path):
    certificate = smtp.Certificate.made(tmp_path)
    running = smtp.Server(certificate)
    running.start()
    try:
        here = {"host": "localhost", "port": running.port, "user": smtp.USER}
        sound = Server(**here, password=smtp.PASSWORD, authority=str(certificate.path))
        assert sending.send(sound, "a@b.example", ["c@d.example"], RAW)["c@d.example"].outcome == "accepted"
        for wrong in (
            Server(**here, password="no", authority=str(certificate.path)),
            Server(**here, password=smtp.PASSWORD),
            Server(**here | {"host": "127.0.0.1"}, password=smtp.PASSWORD, authority=str(certificate.path)),
        ):
            with pytest.raises(NotTaken):
                sending.send(wrong, "a@b.example", ["c@d.example"], RAW)
        assert len(running.handler.taken) == 1
    finally:
        running.stop()
