"""Exactly once, whatever is killed (G01, H01, H02): whole lives of an office under `kill -9`, on both databases.

In each life web, workers, scheduler and supervisor are killed at every named step of a form, a job and a delivery,
and at random; workers are stopped beyond their lease and woken. The letters go into a Maildir, which can be asked
what it has, or by SMTP to a server that breaks off after the final dot and cannot be asked.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from privateoffice.foundations.jobs.tests.house import new_postgres
from privateoffice.foundations.jobs.tests.redis_server import redis  # noqa: F401  (a fixture)

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
KILLS = 104
"""In each of two lives on each database."""


@pytest.fixture(params=["sqlite", "postgres"])
def database(request):
    """The address of a database of its own."""
    if request.param == "sqlite":
        yield ""
        return
    url, drop = new_postgres()
    yield url
    drop()


def lived(database: str, *words: str, queue: str = "") -> tuple[dict, str]:
    """Live one life in a process of its own; returns what was counted, as figures and as a line."""
    env = {**os.environ, "DATABASE_URL": database, "QUEUE_URL": queue}
    env.pop("PRIVATE_OFFICE_KEY_FILE", None)
    command = [sys.executable, "-m", "tests.crash", *words]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=900)
    assert done.stdout, done.stderr
    line, figures = done.stdout.strip().splitlines()[-2:]
    return json.loads(figures), line


def faults_of(counted: dict) -> dict:
    return {name: counted[name] for name in ("lost", "twice", "half", "wrong", "misfits", "outlived", "left")}


NO_FAULT = {"lost": [], "twice": [], "half": [], "wrong": [], "misfits": [], "outlived": [], "left": 0}


@pytest.mark.hostile("G01", "H01", "H02")
@pytest.mark.parametrize("carrier", ["maildir", "smtp"])
def test_nothing_is_lost_nothing_goes_twice_and_nothing_is_half_made(database, carrier, capsys):
    counted, line = lived(database, "--carrier", carrier, "--kills", str(KILLS))
    with capsys.disabled():
        sys.stderr.write(f"\n{'PostgreSQL' if database else 'SQLite'}, {carrier}: {line}\n")
    assert faults_of(counted) == NO_FAULT
    assert counted["killed"] >= KILLS
    assert len(counted["at_steps"]) == 17
    assert set(counted["at_random"]) >= {"web", "worker", "scheduler", "supervisor"}
    assert counted["letters"] == counted["sent"] + counted["uncertain"] > 0
    assert counted["uncertain"] == 0 or carrier == "smtp"
    assert counted["settled"] == counted["letters"]


def test_by_microsoft_365_it_is_the_same_and_nothing_is_left_uncertain(capsys):
    """The far side is the emulator: it cuts the line while something is told to leave, and can be asked."""
    counted, line = lived("", "--carrier", "graph", "--kills", "34", "--pauses", "1")
    with capsys.disabled():
        sys.stderr.write(f"\nSQLite, graph: {line}\n")
    assert faults_of(counted) == NO_FAULT
    assert counted["killed"] >= 34
    assert len(counted["at_steps"]) >= 15
    assert counted["letters"] == counted["sent"] > 0
    assert counted["settled"] == counted["letters"]


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_with_redis_between_the_machines_it_is_the_same(database, redis, capsys):  # noqa: F811
    """Redis carries the numbers of rows and nothing else; it is emptied at the start and counts for nothing."""
    counted, line = lived(database, "--carrier", "smtp", "--kills", "64", "--pauses", "1", queue=redis.url)
    with capsys.disabled():
        sys.stderr.write(f"\nPostgreSQL, smtp, Redis: {line}\n")
    assert faults_of(counted) == NO_FAULT
    assert counted["killed"] >= 64
    assert len(counted["at_steps"]) >= 15
    assert counted["letters"] == counted["sent"] + counted["uncertain"] > 0
    assert counted["settled"] == counted["letters"]


@pytest.mark.parametrize(
    ("sabotage", "carrier", "fault"), [("doubt", "smtp", "twice"), ("memory", "maildir", "twice")]
)
def test_the_harness_notices_a_promise_that_is_broken(sabotage, carrier, fault):
    counted, _ = lived("", "--carrier", carrier, "--kills", "24", "--pauses", "0", "--sabotage", sabotage)
    assert counted[fault] != []
