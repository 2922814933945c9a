"""The same ledger beside each end: a Maildir, an IMAP server, and Microsoft Graph as the emulator has it."""

import pytest

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.mailboxes.models import Placement
from tests.mailboxes.ends import OnDovecot, OnGraph, OnMaildir
from tests.mailboxes.office import letter, lying, read_in, waiting
from tests.servers.dovecot import dovecot  # noqa: F401
from tests.servers.graph import graph, running_graph  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture(params=["maildir", "dovecot", "graph"])
def end(request, cast, settings, db):
    if request.param == "maildir":
        yield OnMaildir(cast, settings)
    elif request.param == "graph":
        yield OnGraph(cast, request.getfixturevalue("graph"))
    else:
        made = OnDovecot(cast, request.getfixturevalue("dovecot"))
        yield made
        made.other.logout()


@pytest.fixture(autouse=True)
def seen(cast):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


def test_mail_is_read_in_once_byte_for_byte_and_never_marked_as_read(end):
    raws = [letter("One"), letter("Two"), letter("Three")]
    end.deliver(*raws)
    assert [read_in(end.mailbox).new, read_in(end.mailbox).new] == [3, 0]
    assert sorted(each.original.read() for each in Message.objects.all()) == sorted(raws)
    assert end.are_unread()


def test_new_mail_comes_alone(end):
    end.deliver(letter("Old"))
    read_in(end.mailbox)
    end.deliver(letter("New"))
    assert read_in(end.mailbox).new == 1
    assert sum(lying(end.mailbox).values()) == 2


def test_an_answer_from_a_phone_in_sent_ends_the_waiting(end):
    end.deliver(letter("Could you say?", id="q1"))
    read_in(end.mailbox)
    assert waiting(end.mailbox) == ["Could you say?"]
    mine = f"PA <{end.mailbox.address}>"
    reply = letter("Re: Could you say?", sender=mine, to="a@b.example", in_reply_to="<q1@northmere.example.org>")
    end.deliver(reply, folder="sent")
    read_in(end.mailbox)
    assert waiting(end.mailbox) == []
    assert Conversation.objects.get().message_count == 2


def test_what_is_moved_elsewhere_is_the_same_message_in_another_place(end):
    end.deliver(letter("File me"))
    read_in(end.mailbox)
    end.move("filed")
    read_in(end.mailbox)
    assert list(lying(end.mailbox).values()) == [1]
    message = Message.objects.get()
    assert (message.lies_in, message.settled_elsewhere) == ("Filed", "")
    assert (Original.objects.count(), waiting(end.mailbox)) == (1, ["File me"])


@pytest.mark.parametrize("how", ["for good", "into Deleted"])
def test_what_is_deleted_elsewhere_waits_no_longer_and_is_kept_here_a28(end, how):
    end.deliver(letter("Gone"))
    read_in(end.mailbox)
    end.delete() if how == "for good" else end.move("deleted")
    read_in(end.mailbox)
    message = Message.objects.get()
    assert (waiting(end.mailbox), message.settled_elsewhere) == ([], "deleted")
    assert message.original.read()


def test_what_its_header_marks_secret_is_never_kept(end):
    end.deliver(letter("SECRET: the plan"), letter("Fine"))
    read_in(end.mailbox)
    assert (Original.objects.count(), Placement.objects.lying().count()) == (1, 2)


def test_official_sensitive_in_the_subject_becomes_the_marking(end):
    end.deliver(letter("OFFICIAL-SENSITIVE: names"))
    read_in(end.mailbox)
    assert Conversation.objects.get().marking == 2
