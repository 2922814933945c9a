"""Three schedulers through the autumn night, one killed and begun again with its clock put back (H02, G10)."""

import json
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

from privateoffice.foundations.jobs.tests.house import House, new_postgres, wait_for

FAKETIME = next(iter(Path("/usr/lib").glob("*/faketime/libfaketime.so.1")), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed: no clock can be hurried"),
]

NIGHT = "@2026-10-25 00:50:00 x300"
"""Their clocks begin before London's go back, and make five minutes of each second."""

SECONDS = 8
CLI = [sys.executable, "-m", "privateoffice.program.cli"]


@pytest.fixture(params=["sqlite", "postgres"])
def house(request, tmp_path):
    url, drop = new_postgres() if request.param == "postgres" else ("", lambda: None)
    made = House(tmp_path / "house", url)
    for words in (["migrate", "-v0"], ["office", "add", "homicide", "HOM", "Homicide"]):
        subprocess.run([*CLI, *words], env=made.env, check=True, stdout=subprocess.DEVNULL)
    yield made
    made.close()
    drop()


def start(house: House) -> subprocess.Popen:
    hurried = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": NIGHT, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "UTC"}
    process = subprocess.Popen([*CLI, "scheduler"], env={**house.env, **hurried})
    house.processes.append(process)
    return process


SAID = """
import json
ticks = [(tick.schedule, tick.due_at.isoformat()) for tick in Tick.objects.order_by('schedule', 'due_at')]
asked = [name.split(' @ ')[0] for name in Asker.objects.values_list('schedule', flat=True)]
print(json.dumps([ticks, asked]))
"""

DUE = """
import json
from datetime import datetime
from privateoffice.foundations.jobs.cron import latest_due
from privateoffice.foundations.jobs.scheduler import schedules
crons = {name: every.cron for name, every in schedules()}
print(json.dumps([
    [name, at] for name, at in json.loads('''%s''')
    if latest_due(crons[name], datetime.fromisoformat(at)) != datetime.fromisoformat(at)
]))
"""


def heard(house: House) -> int:
    """How many schedulers have begun; the killed one leaves its heartbeat behind."""
    return int(house.ask("print(Beat.objects.filter(part='scheduler').count())"))


def test_each_moment_falls_due_once_however_many_watch_and_whoever_is_killed(house):
    schedulers = [start(house) for _ in range(3)]
    worker = house.start("worker")
    wait_for(lambda: heard(house) == 3, seconds=120)
    time.sleep(SECONDS)
    schedulers[0].send_signal(signal.SIGKILL)
    schedulers.append(start(house))
    wait_for(lambda: heard(house) == 4, seconds=120)
    time.sleep(SECONDS)
    for process in (*schedulers[1:], worker):
        process.terminate()
    assert [process.wait(timeout=60) for process in schedulers[1:]] == [0, 0, 0]
    ticks, asked = json.loads(house.ask(SAID))
    fired = [tick for before, tick in pairwise(ticks) if before[0] == tick[0]]
    assert len({tuple(tick) for tick in fired}) == len(fired) > 5
    assert json.loads(house.ask(DUE % json.dumps(fired))) == []
    for name in {name for name, _ in fired}:
        of_it = sum(1 for each in fired if each[0] == name)
        assert 1 <= asked.count(name) <= of_it, name
