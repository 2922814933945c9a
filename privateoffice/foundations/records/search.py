"""Keeping the search index in step: written in the verb's own transaction, from what each kind declares."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import Performance
from privateoffice.foundations.records.models import Record, SearchText
from privateoffice.foundations.registry import house

LONGEST_BODY = 200_000
"""Characters of one record that are indexed: PostgreSQL's limit of a megabyte of lexemes is far above this."""


def refresh(performance: Performance) -> None:
    """Index again every record that the verb was about."""
    if not performance.records:
        return
    with scope.acting_as_system("search index"):  # a verb may have taken the record out of its doer's own sight
        for record in Record.objects.filter(pk__in=performance.records):
            index(record.in_full)


def index(record: Record) -> None:
    """Write the words by which a record is found."""
    said = {"title": _plain(record.title), "body": body_of(record)}
    SearchText.objects.update_or_create(record=record, defaults=said)


def index_many(records: Iterable[Record]) -> None:
    """Write the words of many new records at once."""
    rows = [SearchText(record=record, title=_plain(record.title), body=body_of(record)) for record in records]
    SearchText.objects.bulk_create(rows, batch_size=500)


def body_of(record: Record) -> str:
    """All the words by which a record is found besides its title."""
    paths = house.kind_of(record.kind).search
    words = [text for path in paths for text in _texts_at(record, path.split("__"))]
    return _plain(" ".join([record.reference, *words])[:LONGEST_BODY])


def _plain(text: str) -> str:
    """Each letter in one way of writing, and without the sign that PostgreSQL refuses."""
    return unicodedata.normalize("NFKC", text).replace("\x00", "")


def _texts_at(found: Any, path: list[str]) -> list[str]:
    """The texts at a declared path; a path that ends in many rows gives all of theirs."""
    if found is None:
        return []
    if not path:
        return [str(found)]
    value = getattr(found, path[0], None)
    if value is not None and hasattr(value, "all"):
        return [text for row in value.all() for text in _texts_at(row, path[1:])]
    return _texts_at(value, path[1:])
