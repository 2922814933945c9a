"""SQLite while ten write at once and a long report reads (G04): everybody waits, and nobody is told of a lock."""

import subprocess

import pytest

from privateoffice.program.tests.houses import House

pytestmark = pytest.mark.slow

WRITERS, ACTS = 10, 20
WRITING = """
import sys
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services
office = Office.objects.get()
print('ready', flush=True)
sys.stdin.readline()
for number in range({acts}):
    with scope.acting_as_system('writer {writer}', office=office):
        services.open_matter(title='Matter {writer} ' + str(number))
print('done')
"""
REPORTING = """
from django.db import connection
import time
with connection.cursor() as cursor:
    cursor.execute('BEGIN')
    cursor.execute('SELECT COUNT(*) FROM audit_entry')
    before = cursor.fetchone()
    print('ready', flush=True)
    time.sleep(8)
    cursor.execute('SELECT COUNT(*) FROM audit_entry')
    print('one moment' if cursor.fetchone() == before else 'torn')
    cursor.execute('COMMIT')
"""
COUNTING = """
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.models import Matter
with scope.acting_as_system('count', office=Office.objects.get()):
    print(Matter.objects.values('title').distinct().count(), Matter.objects.values('number').distinct().count())
"""


@pytest.mark.hostile("G04")
def test_ten_write_at_once_beside_a_long_report_and_nobody_meets_a_lock(tmp_path):
    house = House(tmp_path, tmp_path / "key")
    house.run("migrate", "-v0")
    house.run("office", "add", "homicide", "HOM", "Homicide")
    report = house.python(REPORTING)
    assert report.stdout.readline() == "ready\n"
    writers = [
        house.python(WRITING.format(writer=writer, acts=ACTS), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for writer in range(WRITERS)
    ]
    for one in writers:
        assert one.stdout.readline() == "ready\n"
    for one in writers:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate(timeout=300) for one in writers]
    assert [(out, err) for out, err in said if out != "done\n" or "locked" in err] == []
    assert report.communicate(timeout=60)[0] == "one moment\n"
    assert house.python(COUNTING).communicate(timeout=60)[0].split() == [str(WRITERS * ACTS)] * 2
    assert house.run("audit", "verify") == "Every chain is whole.\n"
