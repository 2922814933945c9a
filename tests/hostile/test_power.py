"""The power cut: real processes on a real file, cut off at any moment and looked at afterwards."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.slow

OPENED = "from privateoffice.program.opening import open_house; open_house()\n"
ACTED = (
    OPENED
    + """
import sys
from django.core.management import call_command
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.actions import services as actions
who, times = sys.argv[1], int(sys.argv[2])
office = Office.objects.get(slug="homicide")
due = working_days.add(clock.today(), 20)
with scope.acting_as_system("writing", office=office):
    for number in range(times):
        title = f"{who} {number}"
        actions.assign(title=title, due_on=due, owner_role="pa", setter_role="pa")
        print(title, flush=True)
"""
)


@pytest.fixture
def house(tmp_path):
    """A home that is laid out, with one office in it."""
    own = {"PRIVATE_OFFICE_HOME": str(tmp_path / "data"), "PRIVATE_OFFICE_KEY_FILE": str(tmp_path / "key")}
    env = {**os.environ, **own, "DATABASE_URL": "", "QUEUE_URL": ""}
    made = (
        OPENED
        + "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        + "from privateoffice.foundations.offices.tests.cast import make_cast; make_cast()\n"
    )
    (tmp_path / "data").mkdir(mode=0o700)
    subprocess.run([sys.executable, "-c", made], env=env, check=True, timeout=120)
    return tmp_path, env


def writer(folder, env, who: str, times: int) -> subprocess.Popen:
    """Writes in a process of its own, and says what was acknowledged in a file of its name."""
    with (folder / f"{who}.said").open("w") as said, (folder / f"{who}.faults").open("w") as faults:
        return subprocess.Popen(
            [sys.executable, "-c", ACTED, who, str(times)], env=env, stdout=said, stderr=faults
        )


def titles(place) -> set[str]:
    with sqlite3.connect(place) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return {title for (title,) in database.execute("SELECT title FROM records_record")}


def looking_on(place) -> sqlite3.Connection:
    """Somebody who goes on reading, so that the log of writes grows and is not begun anew."""
    reader = sqlite3.connect(place, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM records_record").fetchone()
    return reader


@pytest.mark.hostile("G02")
def test_after_a_power_cut_what_was_acknowledged_is_there_and_the_rest_is_whole_or_absent(house):
    """The writer is stopped at any moment, its files copied, and what was not told to the disk torn off."""
    folder, env = house
    chance = random.Random(7)
    process = writer(folder, env, "Act", 2_000)
    said: list[str] = []
    torn = 0
    while not (folder / "Act.said").read_text() and process.poll() is None:
        time.sleep(0.1)
    reader = looking_on(folder / "data" / "office.sqlite3")
    try:
        for turn in range(8):
            time.sleep(chance.uniform(0.2, 0.5))
            said = (folder / "Act.said").read_text().splitlines()
            before = os.path.getsize(folder / "data" / "office.sqlite3-wal")
            time.sleep(chance.uniform(0, 0.05))
            os.kill(process.pid, signal.SIGSTOP)
            copy = folder / f"copy-{turn}"
            copy.mkdir()
            for name in ("office.sqlite3", "office.sqlite3-wal"):
                shutil.copy(folder / "data" / name, copy / name)
            os.kill(process.pid, signal.SIGCONT)
            after = os.path.getsize(copy / "office.sqlite3-wal")
            if after > before:
                torn += 1
                os.truncate(copy / "office.sqlite3-wal", chance.randint(before, after))
            assert set(said) <= titles(copy / "office.sqlite3")
    finally:
        reader.close()
        process.kill()
        process.wait()
    assert len(said) > 3, (folder / "Act.faults").read_text()
    assert torn


@pytest.mark.hostile("G02")
def test_each_commit_is_told_to_the_disk_before_it_is_acknowledged(house):
    """SQLite promises this of FULL in its write-ahead log, and not of NORMAL."""
    _, env = house
    code = OPENED + (
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    for name in ('synchronous', 'journal_mode'):\n"
        "        cursor.execute(f'PRAGMA {name}'); print(cursor.fetchone()[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["2", "wal"]
