"""A disk that fills up midway (G03): in a restore, and in reading a mailbox in. Said, and gone on with later."""

import json

import pytest

from privateoffice.program.tests.houses import House
from tests.faults.test_disk import disk, fill, one_sentence

pytestmark = pytest.mark.slow

FILLING = """
import os
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services
with scope.acting_as_system('test', office=Office.objects.get()):
    for number in range(8):
        services.keep_original(os.urandom(4 << 20))
"""
MAILBOX = """
from django.conf import settings
from privateoffice.connectors.mail.maildir_mailbox import MaildirMailbox
from privateoffice.connectors.ports.mailbox import Flag
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes import services
with scope.acting_as_system('test'):
    services.add(Office.objects.get(), slug='here', name='Here', kind='maildir', address='pa@homicide.example',
                 place={}, words={})
end = MaildirMailbox(settings.MAILDIRS_DIR / 'homicide' / 'here')
inbox = next(one for one in end.folders() if one.use == 'inbox')
for number in range(60):
    head = f'From: Kit <kit@outside.example>\\r\\nTo: pa@homicide.example\\r\\nSubject: Letter {number}\\r\\n'
    head += f'Message-ID: <{number}@outside.example>\\r\\nDate: Mon, 05 Jan 2026 09:00:00 +0000\\r\\n\\r\\n'
    end.append(inbox, head.encode() + (b'word ' * 15 + b'\\r\\n') * 2600, Flag(0))
print(len(list(end.top.rglob('*:2,*'))))
"""
PULL = """
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox
try:
    with scope.acting_as_system('mailboxes', office=Office.objects.get()):
        services.pull(Mailbox.objects.select_related('office').get())
except Exception as fault:
    print(type(fault).__name__, fault)
"""
LATER = """
from django.utils import timezone
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes.models import Mailbox
with scope.acting_as_system('test', office=Office.objects.get()):
    Mailbox.objects.update(taken_until=timezone.now())  # five minutes later: whoever held the mailbox let it go
"""
READ = """
import json
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.correspondence.models import Message
with scope.acting_as_system('test', office=Office.objects.get()):
    print(json.dumps(sorted(Message.objects.exclude(record=None).values_list('subject', flat=True))))
"""
LETTERS = sorted(f"Letter {number}" for number in range(60))


def said_by(house, code):
    process = house.python(code)
    said = process.communicate(timeout=300)[0]
    assert process.returncode == 0
    return said


@pytest.fixture
def house(tmp_path):
    made = House(tmp_path, tmp_path / "key")
    made.run("migrate", "-v0")
    made.run("office", "add", "homicide", "HOM", "Homicide")
    return made


@pytest.mark.hostile("G03")
def test_a_restore_onto_a_disk_that_fills_up_is_said_and_undone_and_goes_through_when_there_is_room(
    house, tmp_path
):
    said_by(house, FILLING)
    place = tmp_path / "whole.backup"
    house.run("backup", place)
    with disk(tmp_path / "disk", 56) as room:
        there = House(room / "office", house.key)
        there.folder.mkdir()
        fill(room, leave=25 << 20)
        said = one_sentence(there.run("restore", place, code=1))
        assert "No space left on device" in said
        assert "was cut short, so the office does not open" in there.run(
            "run", code=1
        )  # half an office is not opened
        (room / "filling").unlink()
        assert "8 files" in there.run("restore", place)
        assert there.files() == house.files()
        assert there.run("files") == "Every kept file is whole.\n"
    assert house.run("audit", "verify") == "Every chain is whole.\n"


@pytest.fixture
def small(tmp_path):
    """An office with sixty letters in its mailbox, on a disk of its own; and that disk."""
    with disk(tmp_path / "disk", 160) as room:
        there = House(room, tmp_path / "key")
        there.run("migrate", "-v0")
        there.run("office", "add", "homicide", "HOM", "Homicide")
        assert said_by(there, MAILBOX) == "60\n"
        yield there, room


def nothing_is_worse_and_all_is_read_in(there, room, before):
    """Once there is room: what was read in was read in whole, and the rest follows by itself."""
    assert set(json.loads(said_by(there, READ))) <= set(LETTERS)
    (room / "filling").unlink()
    assert there.run("audit", "verify") == "Every chain is whole.\n"
    assert there.run("files") == "Every kept file is whole.\n"
    said_by(there, LATER)
    there.run("sync")
    assert json.loads(said_by(there, READ)) == LETTERS
    assert there.run("files") == "Every kept file is whole.\n"
    assert {name: there.files()[name] for name in before} == before


@pytest.mark.hostile("G03")
def test_reading_a_mailbox_in_until_the_disk_is_full_is_said_and_gone_on_with(small):
    there, room = small
    before = there.files()
    fill(room, leave=21 << 20)
    assert "database or disk is full" in there.run("sync", code=1).splitlines()[-1]
    nothing_is_worse_and_all_is_read_in(there, room, before)


@pytest.mark.hostile("G03")
@pytest.mark.parametrize("leave", [0, 2_000_000])
def test_a_worker_that_finds_the_disk_full_reads_the_mailbox_in_when_there_is_room(small, leave):
    there, room = small
    before = there.files()
    fill(room, leave=leave)
    assert "database or disk is full" in one_sentence(said_by(there, PULL))
    nothing_is_worse_and_all_is_read_in(there, room, before)
