"""Rows in a form that belongs to no database: every table as lines of JSON, a value for each column."""

from privateoffice.foundations.keeping.rows.loading import Loading, ready_for
from privateoffice.foundations.keeping.rows.plain import NotKept, Table, tables
from privateoffice.foundations.keeping.rows.reading import Tally, dumped
from privateoffice.foundations.keeping.rows.sequences import next_keys, set_next_keys
from privateoffice.foundations.keeping.rows.snapshot import snapshot

__all__ = [
    "Loading",
    "NotKept",
    "Table",
    "Tally",
    "dumped",
    "next_keys",
    "ready_for",
    "set_next_keys",
    "snapshot",
    "tables",
]
