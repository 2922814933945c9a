"""Whole houses for tests of what is kept: a home of its own, driven by the command, compared past our own code."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

COMMAND = (sys.executable, "-m", "privateoffice.program.cli")
POSTGRES = os.environ.get("PRIVATE_OFFICE_TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")


@dataclass
class House:
    """A home with its key beside it, on SQLite or on a database of its own of a server."""

    folder: Path
    key: Path
    database: str = ""

    @property
    def home(self) -> Path:
        return self.folder / "data"

    @property
    def env(self) -> dict[str, str]:
        own = {
            "PRIVATE_OFFICE_HOME": str(self.home),
            "PRIVATE_OFFICE_KEY_FILE": str(self.key),
            "DATABASE_URL": self.database,
            "QUEUE_URL": "",
        }
        return {**os.environ, **own}

    def run(self, *words, code=0, **env) -> str:
        """What a command says. A refusal is one that has no traceback."""
        done = subprocess.run(
            [*COMMAND, *map(str, words)], env={**self.env, **env}, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout + done.stderr

    def python(self, code: str, **pipes: int) -> subprocess.Popen:
        """Code of a test, run inside the house by a process of its own."""
        opened = "from privateoffice.program.opening import open_house; open_house()\n"
        words = [sys.executable, "-c", opened + code]
        return subprocess.Popen(words, env=self.env, stdout=subprocess.PIPE, text=True, **pipes)

    def tables(self) -> dict[str, list[tuple]]:
        """Every table with every row as plain values, in order of the key, JSON in one way of writing."""
        return _of_postgres(self.database) if self.database else _of_sqlite(self.home / "office.sqlite3")

    def packed(self) -> set[str]:
        """The digests that the house says lie in packs; a restored house has them as single files."""
        rows = self.tables()["records_original"]
        return {value.strip("'") for row in rows if any(".pack" in value for value in row) for value in row}

    def files(self) -> dict[str, str]:
        """Every file of the home by its digest, without the database, the markers, and what lies in packs."""
        packed, found = self.packed(), {}
        for part in ("files", "outbox", "maildirs"):
            for path in sorted((self.home / part).rglob("*")):
                if path.is_file() and "packs" not in path.parts and path.name not in packed:
                    name = path.relative_to(self.home).as_posix()
                    found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found


def postgres(name: str) -> str:
    """The address of an empty database of this name; the test is skipped where there is no server."""
    psycopg = pytest.importorskip("psycopg")
    try:
        with psycopg.connect(POSTGRES, autocommit=True, connect_timeout=3) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL here")
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{name}"))


def drop_postgres(name: str) -> None:
    import psycopg

    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


NOT_OURS = ("sqlite_", "records_searchindex", "django_session", "jobs_beat", "django_migrations")


def _of_sqlite(place: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(place) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: sorted(
                _plain(row) for row in database.execute(f'SELECT {_columns(database, name)} FROM "{name}"')
            )
            for name in names
            if not name.startswith(NOT_OURS)
        }


def _columns(database: sqlite3.Connection, name: str) -> str:
    return ", ".join(sorted(f'"{row[1]}"' for row in database.execute(f'PRAGMA table_info("{name}")')))


def _of_postgres(url: str) -> dict[str, list[tuple]]:
    import psycopg

    with psycopg.connect(url) as database:
        names = database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: sorted(_plain(row) for row in database.execute(f'SELECT * FROM "{name}"'))
            for (name,) in names
            if not name.startswith(NOT_OURS)
        }


def _plain(row: tuple) -> tuple:
    return tuple(_plain_value(value) for value in row)


def _plain_value(value) -> str:
    """Text that sorts; JSON is read, so that the order of its keys does not count."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.dumps(json.loads(value), sort_keys=True)
        except ValueError:
            return value
    return repr(value)
