"""A data folder and a database that are made for one benchmark and gone after it."""

import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
POSTGRES = "postgres:///postgres"


@contextmanager
def house(database: str) -> Iterator[None]:
    """Open the program over an empty database: "sqlite", "postgres", or the URL of a PostgreSQL server."""
    with folder(), _postgres(database) if database != "sqlite" else _nothing():
        _open()
        yield
        _close()


@contextmanager
def folder() -> Iterator[None]:
    """Make the program importable, with a data folder of its own and no database yet."""
    sys.path.insert(0, str(ROOT))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was made is removed
    home = Path(tempfile.mkdtemp(prefix="private-office-benchmark-"))
    os.environ |= {
        "PRIVATE_OFFICE_HOME": str(home / "data"),
        "PRIVATE_OFFICE_KEY_FILE": str(home / "key"),
        "DJANGO_SETTINGS_MODULE": "privateoffice.settings",
        "DATABASE_URL": "",
    }
    (home / "data").mkdir()
    try:
        yield
    finally:
        shutil.rmtree(home)


@contextmanager
def _nothing() -> Iterator[None]:
    yield


@contextmanager
def _postgres(database: str) -> Iterator[None]:
    """A database of its own on the server, dropped at the end whatever happens."""
    import psycopg

    server = os.environ.get("PRIVATE_OFFICE_TEST_POSTGRES", POSTGRES) if database == "postgres" else database
    name = f"private_office_benchmark_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        try:
            yield
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _open() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)


def _close() -> None:
    from django.db import connection

    connection.close()
