"""Backup and restore of whole houses, by the command, compared table by table and file by file (G06, G07, G08)."""

import hashlib
import json
import os
import shutil
import time

import pytest

from privateoffice.program.tests.houses import House, drop_postgres, postgres

pytestmark = pytest.mark.slow

CHANGED_BY_RESTORING = {
    "audit_entry",
    "audit_head",
    "keeping_backup",
    "deliveries_stop",
    "django_tasks_database_dbtaskresult",
    "jobs_hold",
    "jobs_tick",
}
"""A backup and a restore write themselves down, outbox and jobs are held: the rest is equal to the last row."""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    made = House(folder, folder / "key")
    made.run("migrate", "-v0")
    made.run("sample", "--scale", "0.01", "-v0")
    return made


@pytest.fixture(scope="module")
def backup(house):
    place = house.folder / "whole.backup"
    assert "read again and whole" in house.run("backup", place)
    return place


@pytest.fixture
def empty(house, tmp_path):
    """A home with nothing in it, and the key of the house."""
    return House(tmp_path / "elsewhere", house.key)


@pytest.fixture
def copy(house, tmp_path):
    """The same house in a folder of its own, for a test that changes it."""
    made = House(tmp_path / "copy", house.key)
    shutil.copytree(house.home, made.home)
    return made


@pytest.fixture(scope="module")
def in_postgres(house, backup, tmp_path_factory):
    """The house restored into PostgreSQL."""
    name = f"po_keep_test_{os.getpid()}"
    moved = House(tmp_path_factory.mktemp("postgres"), house.key, postgres(name))
    assert "Restored and compared" in moved.run("restore", backup)
    yield moved
    drop_postgres(name)


def assert_equal(one: dict, other: dict):
    assert one.keys() == other.keys()
    for name in one:
        if name in CHANGED_BY_RESTORING:
            assert set(one[name][:1]) <= set(other[name]) or name != "audit_entry", name
        else:
            assert one[name] == other[name], name


@pytest.mark.hostile("G07")
def test_a_restored_office_equals_the_original_record_for_record_and_file_for_file(house, backup, empty):
    assert "deliveries are held" in empty.run("restore", backup)
    assert_equal(house.tables(), empty.tables())
    assert empty.files() == house.files()
    assert len(empty.files()) > 50
    assert empty.run("audit", "verify") == "Every chain is whole.\n"
    before, after = (set(each.tables()["audit_entry"]) for each in (house, empty))
    assert len(before - after) == 1  # the line that this very backup was made
    held = empty.tables()["deliveries_stop"]
    assert sum("'restored'" in row for row in held) > 0


def test_an_office_moves_to_postgresql_and_back(house, backup, in_postgres, empty):
    assert in_postgres.files() == house.files()
    assert in_postgres.run("audit", "verify") == "Every chain is whole.\n"
    back = empty.folder.parent / "back.backup"
    in_postgres.run("backup", back)
    empty.run("restore", back)
    assert_equal(house.tables(), empty.tables())
    assert empty.files() == house.files()
    assert empty.run("audit", "verify") == "Every chain is whole.\n"


def test_a_key_that_was_given_is_never_given_again(house, backup, in_postgres, empty):
    """The trail knows a record by its key, also one that is gone."""
    empty.run("restore", backup)
    code = (
        "from privateoffice.foundations.offices import scope\n"
        "from privateoffice.foundations.offices.models import Office\n"
        "from privateoffice.foundations.records import services\n"
        "with scope.acting_as_system('test', office=Office.objects.first()):\n"
        "    print(services.open_matter(title='After').pk)\n"
    )
    keys = {int(one.python(code).communicate(timeout=60)[0]) for one in (empty, in_postgres)}
    assert len(keys) == 1
    assert keys.pop() > max(int(row[-1]) for row in _ids(house))


def _ids(house):
    import sqlite3

    with sqlite3.connect(house.home / "office.sqlite3") as database:
        return database.execute("SELECT id FROM records_record").fetchall()


PACKING = """
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services
office = Office.objects.order_by('pk').first()
with scope.acting_as_system('test', office=office):
    kept = services.keep_originals([f'packed {number}'.encode() for number in range(40)])
print(sum(one.is_packed for one in kept))
"""

READING = """
import hashlib, json
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.models import Original
said = {}
for office in Office.objects.order_by('pk'):
    with scope.acting_as_system('test', office=office):
        said |= {one.pk: hashlib.sha256(one.read()).hexdigest() for one in Original.objects.filter(office=office)}
print(json.dumps(said))
"""


def _said(house: House, code: str):
    return json.loads(house.python(code).communicate(timeout=120)[0])


def test_packed_originals_come_back_byte_for_byte_also_from_a_second_backup(copy, empty, tmp_path):
    """They come back as single files; a backup of the restored house holds them as well."""
    assert _said(copy, PACKING) == 40
    before, first, second = _said(copy, READING), tmp_path / "first.backup", tmp_path / "second.backup"
    assert {hashlib.sha256(f"packed {number}".encode()).hexdigest() for number in range(40)} <= {*before.values()}
    copy.run("backup", first)
    empty.run("restore", first)
    assert not list(empty.home.rglob("*.pack"))
    assert _said(empty, READING) == before
    assert empty.run("files") == "Every kept file is whole.\n"
    empty.run("backup", second)
    again = House(tmp_path / "again", copy.key)
    again.run("restore", second)
    assert _said(again, READING) == before


def test_a_pack_that_was_lost_is_put_back_from_the_backup_g06(copy, tmp_path):
    assert _said(copy, PACKING) == 40
    before, place = _said(copy, READING), tmp_path / "whole.backup"
    copy.run("backup", place)
    lost = list(copy.home.rglob("*.pack"))
    for pack in lost:
        pack.unlink()
    assert "is missing" in copy.run("files", code=1)
    assert "files were put back" in copy.run("restore", place, "--only-files")
    assert copy.run("files") == "Every kept file is whole.\n"
    assert _said(copy, READING) == before


WRITER = """
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services
office = Office.objects.order_by('pk').first()
print('begun', flush=True)
for number in range(100000):
    with scope.acting_as_system('writer', office=office):
        matter = services.open_matter(title=f'Written {number}')
        services.keep_original(f'bytes {number}'.encode())
    print(number, flush=True)
"""


@pytest.mark.hostile("G07")
@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_backup_holds_one_moment_while_people_write_g07(request, house, empty, engine, tmp_path):
    """What is in it is whole: no record without its trail, its index and its file; and nobody had to wait."""
    busy = (
        request.getfixturevalue("in_postgres") if engine == "postgresql" else House(tmp_path / "busy", house.key)
    )
    if engine == "sqlite":
        shutil.copytree(house.home, busy.home)
    writer = busy.python(WRITER)
    try:
        assert writer.stdout.readline() == "begun\n"
        time.sleep(1)
        place = tmp_path / "busy.backup"
        busy.run("backup", place)
        time.sleep(0.5)
    finally:
        writer.kill()
        written = len(writer.stdout.read().splitlines())
        writer.wait()
        writer.stdout.close()
    empty.run("restore", place)
    tables = empty.tables()
    matters = [row for row in tables["records_record"] if any("Written" in value for value in row)]
    entries = [row for row in tables["audit_entry"] if "'writer'" in row]
    words = [row for row in tables["records_searchtext"] if any("Written" in value for value in row)]
    assert 0 < len(matters) < written
    assert len(matters) == len(words) == len(entries)
    assert empty.run("audit", "verify") == "Every chain is whole.\n"
    assert empty.run("files") == "Every kept file is whole.\n"


def test_a_backup_on_request_is_sealed_and_opens_with_the_key_or_the_passphrase_only(house, empty, tmp_path):
    words = tmp_path / "words"
    words.write_text("a passphrase of some length\n")
    by_key, by_words = tmp_path / "key.backup", tmp_path / "words.backup"
    house.run("backup", by_key, "--seal")
    house.run("backup", by_words, "--passphrase-file", words)
    for place in (by_key, by_words):
        assert b"rows/" not in place.read_bytes()
    assert "Whole:" in house.run("verify", by_key)
    assert "opens with --passphrase-file" in house.run("verify", by_words, code=1)
    assert "Whole:" in house.run("verify", by_words, "--passphrase-file", words)
    empty.run("restore", by_words, "--passphrase-file", words)
    assert_equal(house.tables(), empty.tables())
    words.write_text("short")
    assert "shorter than 12 characters" in house.run("backup", by_words, "--passphrase-file", words, code=1)


@pytest.mark.hostile("G08")
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda raw: raw[: len(raw) // 2], "cut short"),
        (lambda raw: raw[:-1], "cut short"),
        (lambda raw: raw[:5000] + bytes([raw[5000] ^ 1]) + raw[5001:], "altered"),
        (lambda raw: b"%PDF-1.7 no backup at all", "no backup of Private Office"),
        (lambda raw: b"", "empty"),
    ],
    ids=["half", "last byte", "flipped bit", "foreign", "empty"],
)
def test_a_spoiled_backup_is_refused_before_anything_is_touched_g08(backup, empty, tmp_path, spoil, reason):
    place = tmp_path / "spoiled.backup"
    place.write_bytes(spoil(backup.read_bytes()))
    assert reason in empty.run("restore", place, code=1)
    assert not empty.home.exists()
    assert reason in empty.run("verify", place, code=1)


@pytest.mark.hostile("G08")
def test_another_offices_key_or_none_is_refused_before_anything_is_touched_g08(backup, empty, tmp_path):
    empty.key = tmp_path / "other.key"
    assert "The office's key is not at" in empty.run("restore", backup, code=1)
    assert not empty.key.exists()
    empty.key.write_text("ab" * 32 + "\n")
    assert "an office with another key" in empty.run("restore", backup, code=1)
    assert not empty.home.exists()


def test_a_backup_is_never_restored_over_an_office(house, backup, in_postgres, empty):
    before = house.files()
    assert "There is an office in" in house.run("restore", backup, code=1)
    assert house.files() == before
    empty.database = in_postgres.database
    assert "There is an office in the database already" in empty.run("restore", backup, code=1)
    assert not empty.home.exists()


@pytest.mark.hostile("G09")
def test_a_restore_that_was_killed_leaves_no_half_office_and_can_be_begun_again(house, backup, empty):
    """G09: killed at any moment, the house does not open until the restore has come to its end."""
    import subprocess

    from privateoffice.program.tests.houses import COMMAND

    for pause in (1.5, 2.5, 3.5, 4.5):
        begun = subprocess.Popen([*COMMAND, "restore", str(backup)], env=empty.env, stdout=subprocess.DEVNULL)
        time.sleep(pause)
        begun.kill()
        begun.wait()
        if (empty.home / "opened").exists():
            shutil.rmtree(empty.folder)
            continue
        if (empty.home / "restoring").exists():
            assert "was cut short" in empty.run("audit", "verify", code=1)
    empty.run("restore", backup)
    assert_equal(house.tables(), empty.tables())
    assert empty.files() == house.files()


OWING = """
from privateoffice.foundations.jobs import queue
from privateoffice.foundations.jobs.leases import take
from privateoffice.foundations.keeping.tasks import look_through_files
from privateoffice.foundations.offices import scope
with scope.acting_as_system('test'):
    for _ in range(3):
        queue.later(look_through_files)
take('a worker that is not restored')
print(queue.waiting().count())
"""

WORKING = """
from privateoffice.foundations.jobs.leases import Reaper
from privateoffice.foundations.jobs.worker import drain
reaper = Reaper()
print(reaper.look() + reaper.look() + drain())
"""


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_jobs_that_a_restored_office_owed_wait_until_they_are_let_go(copy, empty, tmp_path, engine):
    assert _said(copy, OWING) == 2
    copy.run("backup", tmp_path / "owing.backup")
    if engine == "postgres":
        empty.database = postgres("po_keep_test_owing")
    assert "3 jobs are held" in empty.run("restore", tmp_path / "owing.backup")
    assert "Held: 3" in empty.run("jobs")
    assert _said(empty, WORKING) == 0
    assert "Let go: 3" in empty.run("jobs", "--let-go")
    assert _said(empty, WORKING) == 3
    assert empty.run("audit", "verify") == "Every chain is whole.\n"
    if engine == "postgres":
        drop_postgres("po_keep_test_owing")


@pytest.mark.hostile("G07")
def test_a_trial_restore_is_written_down_and_the_house_says_when(copy, backup):
    assert "compared, and equal" in copy.run("verify", backup, "--restore")
    assert len(copy.tables()["keeping_trial"]) == 1


@pytest.mark.hostile("G06")
def test_a_flipped_or_missing_file_is_named_and_comes_back_from_the_backup_g06(copy, backup):
    files = sorted(path for path in (copy.home / "files").rglob("*") if path.is_file() and path.suffix != ".pack")
    raw = files[0].read_bytes()
    files[0].write_bytes(bytes([raw[0] ^ 1]) + raw[1:])
    files[1].unlink()
    said = copy.run("files", code=1)
    assert f"The file {files[0].name[:12]} was altered. It belongs to" in said
    assert f"The file {files[1].name[:12]} is missing. It belongs to" in said
    assert "2 files are damaged" in said
    lacking = copy.folder / "lacking.backup"
    assert "1 files that the office should have are not there" in copy.run("backup", lacking, code=1)
    assert copy.run("restore", backup, "--only-files") == "2 files were put back.\n"
    assert files[0].read_bytes() == raw
    assert copy.run("files") == "Every kept file is whole.\n"


def test_a_backup_is_not_written_over_another_unasked(house, backup):
    before = backup.read_bytes()
    assert "--replace writes over it" in house.run("backup", backup, code=1)
    assert backup.read_bytes() == before
