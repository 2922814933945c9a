"""Three real schedulers through the night on which the clocks go back, one of them killed at that very hour."""

import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from glob import glob
from typing import Any

import pytest

from privateoffice.foundations.jobs.tests.house import House, new_postgres, wait_for

pytestmark = pytest.mark.slow

LIBRARY = "/usr/lib/*/faketime/libfaketimeMT.so.1"
EVENING = datetime(2026, 10, 24, 21, tzinfo=UTC)
CHANGE = datetime(2026, 10, 25, 1, 1, tzinfo=UTC)
HOURLY = [datetime(2026, 10, 25, hour, 5, tzinfo=UTC) for hour in range(4)]  # on the clock 01:05 comes twice
MORNING = datetime(2026, 10, 25, 3, 20, tzinfo=UTC)
SPEED = 300
BEATS = "SELECT COUNT(*) FROM jobs_beat WHERE part = 'scheduler'"
JOBS = "SELECT schedule FROM jobs_asker WHERE schedule <> ''"
TICKS = "SELECT schedule, due_at FROM jobs_tick"
DONE = "UPDATE django_tasks_database_dbtaskresult SET status = 'SUCCESSFUL' WHERE status = 'READY'"
LEDGER = "Ledger: ledger.check"
OFFICES = ("homicide", "proactive")


class Night:
    """A night that passes in seconds, and the same for every process in it whenever that starts."""

    def __init__(self, house: House):
        found = glob(LIBRARY)
        if not found:
            pytest.skip("libfaketime is not installed")
        self.house, self.library, self.begun = house, found[0], time.monotonic()

    @property
    def now(self) -> datetime:
        return EVENING + SPEED * timedelta(seconds=time.monotonic() - self.begun)

    def start_scheduler(self) -> subprocess.Popen:
        env = {
            **self.house.env,
            "LD_PRELOAD": self.library,
            "FAKETIME": f"@{self.now:%Y-%m-%d %H:%M:%S} x{SPEED}",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "TZ": "UTC",
        }
        command = [sys.executable, "-m", "privateoffice.program.cli", "scheduler"]
        process = subprocess.Popen(command, env=env)
        self.house.processes.append(process)
        return process

    def pass_until(self, moment: datetime, database: Any) -> None:
        """Do every job as soon as it is put down, so that none holds up the next of its schedule."""
        while self.now < moment:
            database.execute(DONE)
            time.sleep(0.1)


@pytest.fixture
def house(tmp_path):
    url, drop = new_postgres()
    house = House(tmp_path / "var", url)
    command = [sys.executable, "-m", "privateoffice.program.cli", "migrate", "-v0"]
    subprocess.run(command, env=house.env, check=True)
    for slug in OFFICES:
        house.ask(
            "from privateoffice.foundations.offices.models import Office\n"
            f"Office.objects.create(slug='{slug}', code='{slug[:3].upper()}', name='{slug}', short_name='{slug}')"
        )
    yield house
    house.close()
    drop()


@pytest.mark.hostile("G10")
def test_each_tick_is_put_down_once_for_each_office_through_the_night_of_the_clock_change(house):
    night = Night(house)
    import psycopg  # only where the fixture found a server

    database = psycopg.connect(house.database_url, autocommit=True)
    killed, *_ = [night.start_scheduler() for _ in range(3)]
    wait_for(lambda: database.execute(BEATS).fetchone() == (3,))
    assert night.now < HOURLY[0], "the schedulers were too slow to start"
    night.pass_until(CHANGE, database)
    killed.send_signal(signal.SIGKILL)
    night.start_scheduler()
    night.pass_until(MORNING, database)
    house.close()
    jobs = Counter(name for (name,) in database.execute(JOBS))
    ticks: dict[str, list[datetime]] = {}
    for name, due_at in database.execute(TICKS):
        ticks.setdefault(name, []).append(due_at)
    database.close()
    fired = {name: len(moments) - 1 for name, moments in ticks.items()}  # the first tick only begins a schedule
    assert {name: count for name, count in jobs.items() if count > fired[name.partition(" @ ")[0]]} == {}
    assert set(HOURLY) <= set(ticks[LEDGER])
    for office in OFFICES:
        assert jobs[f"{LEDGER} @ {office}"] == fired[LEDGER]
        assert jobs[f"Diary: diary.look_ahead @ {office}"] == 1
        assert jobs[f"Outbox: outbox @ {office}"] > 20
    assert jobs["Keeping: kept files"] == 1
