"""Exactly once, whoever is killed where: sent + uncertain = all, and nothing twice."""

import json
import os
import signal
import subprocess
import sys
import time
from itertools import product
from urllib.parse import urlsplit, urlunsplit

import pytest

from privateoffice.spine.deliveries.tests.life import FAR_SIDE, STEPS

pytestmark = pytest.mark.slow

ALL = 10
LEASE = 1


class Life:
    """An office of its own, in a folder and database of its own, that processes send from and die in."""

    def __init__(self, home, far_side=None):
        self.env = {**os.environ, "PRIVATE_OFFICE_HOME": str(home), "PRIVATE_OFFICE_JOB_LEASE": str(LEASE)}
        self.env.pop("PRIVATE_OFFICE_KEY_FILE", None)
        if far_side:
            self.env[FAR_SIDE] = str(far_side)
        if url := os.environ.get("DATABASE_URL"):
            self.env["DATABASE_URL"] = _database_of_its_own(url)

    def start(self, *words):
        command = [sys.executable, "-m", "privateoffice.spine.deliveries.tests.life", *map(str, words)]
        return subprocess.Popen(command, env=self.env, stdout=subprocess.PIPE, text=True)

    def run(self, *words):
        process = self.start(*words)
        said, _ = process.communicate(timeout=120)
        return process.returncode, said

    def count(self):
        return json.loads(self.run("count")[1])


def _database_of_its_own(url: str) -> str:
    psycopg = pytest.importorskip("psycopg")
    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')}_life"
    with psycopg.connect(
        urlunsplit(parts._replace(scheme="postgresql", path="/postgres")), autocommit=True
    ) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        admin.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(parts._replace(path=f"/{name}"))


def live(life) -> int:
    """Kill a sender before and after every step, then let one live; returns how many were killed."""
    assert life.run("open", ALL)[0] == 0
    killed = 0
    for moment, step in product(("before", "after"), STEPS):
        killed += life.run("send", f"{moment}:{step}", 1)[0] == -signal.SIGKILL
        time.sleep(LEASE)
    time.sleep(LEASE)
    assert life.run("send", "-", 0)[0] == 0
    return killed


def test_into_a_maildir_every_letter_goes_exactly_once_whoever_is_killed_where(tmp_path):
    life = Life(tmp_path / "var")
    killed = live(life)
    counted = life.count()
    assert killed >= len(STEPS)
    assert counted == {"states": ["sent"] * ALL, "taken": [f"Letter {n}" for n in range(ALL)], "misfits": 0}


def test_where_the_far_side_cannot_be_asked_sent_and_uncertain_are_all_and_nothing_goes_twice(tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    life = Life(tmp_path / "var", taken)
    killed = live(life)
    counted = life.count()
    assert killed >= len(STEPS)
    assert sorted(set(counted["states"])) == ["sent", "uncertain"]
    assert len(counted["taken"]) == len(set(counted["taken"]))
    assert counted["states"].count("sent") <= len(counted["taken"])
    assert counted["states"].count("uncertain") <= killed


def test_two_senders_at_once_send_everything_once(tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    life = Life(tmp_path / "var", taken)
    life.env["PRIVATE_OFFICE_JOB_LEASE"] = "60"
    assert life.run("open", ALL)[0] == 0
    senders = [life.start("send", "-", 0) for _ in range(2)]
    for sender in senders:
        sender.communicate(timeout=120)
    assert [sender.returncode for sender in senders] == [0, 0]
    assert life.count() == {"states": ["sent"] * ALL, "taken": [f"Letter {n}" for n in range(ALL)], "misfits": 0}
