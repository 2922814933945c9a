"""A whole office in a data folder of its own, with real processes: for tests that kill."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

LEASE = 3
POSTGRES = os.environ.get("PRIVATE_OFFICE_TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
SETUP = """
import django; django.setup()
from privateoffice.foundations.offices import scope
from privateoffice.foundations.jobs.api import *
from privateoffice.foundations.jobs.models import *
from privateoffice.foundations.jobs.queue import later
from privateoffice.foundations.jobs.tests.examples import *
"""
ANSWERING = """
import contextlib, io, json, sys
from django.db import connections
for line in sys.stdin:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(json.loads(line), dict(globals()))
    connections.close_all()
    print(json.dumps(said.getvalue().strip()), flush=True)
"""


@dataclass
class House:
    """One data folder, one database, and the processes that were started on them."""

    home: Path
    database_url: str = ""
    queue_url: str = ""
    processes: list[subprocess.Popen] = field(default_factory=list)
    answering: subprocess.Popen | None = None

    @property
    def env(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "privateoffice.settings",
            "PRIVATE_OFFICE_HOME": str(self.home),
            "PRIVATE_OFFICE_JOB_LEASE": str(LEASE),
            "DATABASE_URL": self.database_url,
            "QUEUE_URL": self.queue_url,
        }

    def start(self, *words: str) -> subprocess.Popen:
        """Start a command and leave it running."""
        process = subprocess.Popen([sys.executable, "-m", "privateoffice.program.cli", *words], env=self.env)
        self.processes.append(process)
        return process

    def ask(self, python: str) -> str:
        """What a few lines of Python print when they are run in this house, by one process that stays for it."""
        if self.answering is None:
            self.answering = subprocess.Popen(
                [sys.executable, "-c", SETUP + ANSWERING],
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self.processes.append(self.answering)
        self.answering.stdin.write(json.dumps(python) + "\n")
        self.answering.stdin.flush()
        return json.loads(self.answering.stdout.readline())

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()


def wait_for(fact: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; fails where it does not come to be in time."""
    end = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < end, "it did not come to be in time"
        time.sleep(0.3)


def new_postgres() -> tuple[str, Callable[[], None]]:
    """A database of its own, and what drops it again; skips the test where no server answers."""
    psycopg = pytest.importorskip("psycopg", reason="the PostgreSQL driver is not installed")
    try:
        server = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers; PRIVATE_OFFICE_TEST_POSTGRES says where one is")
    name = f"test_jobs_{secrets.token_hex(4)}"
    server.execute(f"CREATE DATABASE {name}")

    def drop():
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()

    return POSTGRES.rpartition("/")[0] + f"/{name}", drop
