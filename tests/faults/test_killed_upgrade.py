"""An upgrade that is killed (G09): the next start finishes it, at whatever step it was, on either database."""

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from privateoffice.program.tests.houses import COMMAND, House, drop_postgres, postgres

pytestmark = [pytest.mark.slow, pytest.mark.hostile("G09")]

NAME = "private_office_test_killed_upgrade"
KILLING = """
import os, signal, sys
from django.db.backends.utils import CursorWrapper
last, seen, execute = int(sys.argv[1]), 0, CursorWrapper.execute
def counted(self, sql, params=None):
    global seen
    done = execute(self, sql, params)
    if str(sql).split(None, 1)[0].upper() in ('CREATE', 'ALTER', 'DROP', 'INSERT', 'UPDATE', 'DELETE'):
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)
    return done
CursorWrapper.execute = counted
from privateoffice.program.cli import main
try:
    main(['migrate', '-v0'])
finally:
    print(seen, flush=True)
"""
LOOKING = """
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
executor = MigrationExecutor(connection)
print(len(executor.migration_plan(executor.loader.graph.leaf_nodes())))
"""


COUNTED: dict[str, tuple[int, str]] = {}
"""For each kind of database: how many statements that write an upgrade has, and what it ends in."""


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    database = postgres(NAME) if request.param == "postgresql" else ""
    yield House(tmp_path, tmp_path / "key", database)
    if database:
        drop_postgres(NAME)


def killed_at(house, last):
    """Upgrade, and be killed just after so many statements that write; how many there were, where it was not."""
    words = [sys.executable, "-c", KILLING, str(last)]
    done = subprocess.run(words, env=house.env, capture_output=True, text=True, timeout=300)
    return int(done.stdout.split()[-1]) if done.returncode != -signal.SIGKILL else None


def shape(house):
    """How many migrations wait, and every table with its columns, in words that a database uses for itself."""
    code = LOOKING + (
        "from django.db import connection as c\n"
        "with c.cursor() as cursor:\n"
        "    of = c.introspection\n"
        "    for name in sorted(one.name for one in of.get_table_list(cursor)):\n"
        "        print(name, sorted((one.name, str(one.type_code), one.null_ok) for one in "
        "of.get_table_description(cursor, name)), sorted(of.get_constraints(cursor, name)))\n"
    )
    said = house.python(code).communicate(timeout=120)[0]
    return re.sub(r"_[0-9a-f]{8}(?=\W|_)", "", said)


def counted(house):
    """As in COUNTED; the database is empty again afterwards."""
    kind = "postgresql" if house.database else "sqlite"
    if kind not in COUNTED:
        total = killed_at(house, 10**9)
        assert total
        COUNTED[kind] = (total, shape(house))
        begin_anew(house)
    return COUNTED[kind]


def begin_anew(house):
    if house.database:
        postgres(NAME)
    else:
        for one in house.home.glob("office.sqlite3*"):
            one.unlink()


def test_a_killed_upgrade_is_finished_by_the_next_one_whatever_it_was_at(house):
    total, whole = counted(house)
    for last in (1, total // 3, 2 * total // 3, total):
        begin_anew(house)
        assert killed_at(house, last) is None
        house.run("migrate", "-v0")
        assert shape(house) == whole, last
    house.run("office", "add", "homicide", "HOM", "Homicide")
    assert house.run("audit", "verify") == "Every chain is whole.\n"


def test_until_it_is_finished_every_other_command_says_so_and_changes_nothing(house):
    total, _ = counted(house)
    assert killed_at(house, total // 2) is None
    before = shape(house)
    assert "run private-office migrate first" in house.run("jobs", code=1)
    assert shape(house) == before


def test_an_office_that_is_started_after_a_killed_upgrade_opens(house):
    """The office itself finishes what was begun, before anybody is let in."""
    total, _ = counted(house)
    assert killed_at(house, total // 2) is None
    log = house.folder / "log"
    with log.open("w") as out:
        command = [*COMMAND, "run", "--empty", "--port", "0"]
        office = subprocess.Popen(command, env=house.env, stdout=out, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 120
        while "The first administrator begins here" not in log.read_text():
            assert office.poll() is None, log.read_text()
            assert time.monotonic() < end, log.read_text()
            time.sleep(0.3)
    finally:
        office.send_signal(signal.SIGTERM)
        office.wait(60)
    assert os.path.exists(house.home / "opened")
    assert house.python(LOOKING).communicate(timeout=120)[0] == "0\n"
