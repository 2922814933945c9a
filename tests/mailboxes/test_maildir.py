"""The same ledger beside a Maildir on this machine, which needs no server."""

import os

import pytest

from privateoffice.connectors.mail.maildir_mailbox import MaildirMailbox
from privateoffice.connectors.ports.mailbox import Flag
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Ask, Conversation, Message
from privateoffice.spine.mailboxes.models import Placement
from tests.mailboxes.office import letter, lying, read_in, set_up, waiting


@pytest.fixture
def box(cast, settings, db):
    mailbox = set_up(cast, kind="maildir", slug="here")
    end = MaildirMailbox(settings.MAILDIRS_DIR / "homicide" / "here")
    return mailbox, end, {one.use: one for one in end.folders()}


@pytest.fixture
def seen(cast):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


def keys(end, folder):
    return sorted(one.key for batch in end.changes(folder, {}, dict) for one in batch.arrivals)


def test_mail_is_read_in_once_and_left_as_it_is(box, seen):
    mailbox, end, folders = box
    for subject in ("One", "Two"):
        end.append(folders["inbox"], letter(subject), Flag(0))
    assert [read_in(mailbox).new, read_in(mailbox).new] == [2, 0]
    assert sorted(Conversation.objects.values_list("title", flat=True)) == ["One", "Two"]
    assert all(name.endswith(":2,") for name in os.listdir(end.top / "cur"))


def test_answered_in_another_program_settles_what_it_asks(box, seen):
    mailbox, end, folders = box
    end.append(folders["inbox"], letter("Are you there?"), Flag(0))
    read_in(mailbox)
    assert (waiting(mailbox), Ask.objects.open().count()) == (["Are you there?"], 1)
    end.flag(folders["inbox"], keys(end, folders["inbox"])[0], Flag.ANSWERED, on=True)
    read_in(mailbox)
    assert (waiting(mailbox), Ask.objects.open().count()) == ([], 0)


def test_moved_and_deleted_elsewhere(box, seen):
    mailbox, end, folders = box
    end.append(folders["inbox"], letter("Move me"), Flag(0))
    end.append(folders["inbox"], letter("Delete me"), Flag(0))
    read_in(mailbox)
    moved = end.find(folders["inbox"], Message.objects.get(subject="Move me").message_id)[0]
    end.move(folders["inbox"], moved, folders["sent"])
    [left] = keys(end, folders["inbox"])
    end._path(folders["inbox"], left).unlink()
    read_in(mailbox)
    assert lying(mailbox) == {"Sent": 1}
    assert Message.objects.get(subject="Move me").lies_in == "Sent"
    assert Message.objects.get(subject="Delete me").settled_elsewhere == "deleted"
    assert waiting(mailbox) == ["Move me"]


def test_a_ledger_costs_the_same_queries_for_few_and_many(box, seen):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mailbox, end, folders = box

    def cost(count):
        for number in range(count):
            end.append(folders["inbox"], letter(f"Letter {number}"), Flag(0))
        with CaptureQueriesContext(connection) as captured, scope.acting_as_system("x", office=mailbox.office):
            from privateoffice.spine.mailboxes import services

            services.pull(mailbox)
        return len(captured)

    cost(1)
    assert cost(20) == cost(70)
    assert Placement.objects.count() == 91
