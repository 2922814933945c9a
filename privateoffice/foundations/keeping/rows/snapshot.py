"""One moment of the database, held for as long as a backup takes, while everybody goes on writing."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own on which every question is answered as of one moment. It holds up no writer."""
    connection = connections.create_connection("default")
    connection.settings_dict = copy.deepcopy(connection.settings_dict)
    connection.settings_dict["OPTIONS"].pop("transaction_mode", None)  # a reader begins as a reader
    connection.alias = ALIAS
    connections[ALIAS] = connection
    try:
        with transaction.atomic(using=ALIAS), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT count(*) FROM django_migrations")  # the moment is that of the first question
            yield connection
    finally:
        BaseDatabaseWrapper.close(connection)  # SQLite's own would leave one in memory open
        del connections[ALIAS]
