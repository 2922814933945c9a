"""Keeping the search index in step: written in the verb's own transaction, from what each kind declares."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import prefetch_related_objects

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import Performance, performing
from privateoffice.foundations.records.models import Record, SearchText
from privateoffice.foundations.registry import house

SYSTEM = "search index"
LONGEST_BODY = 200_000
"""Characters of one record that are indexed: PostgreSQL's limit of a megabyte of lexemes is far above this."""

AT_ONCE = 500
"""Records whose words are read and written together."""

_waiting: ContextVar[set[int] | None] = ContextVar("waiting", default=None)


def refresh(performance: Performance) -> None:
    """Index again every record that the verb was about, or let it wait for the end of `indexed_at_the_end`."""
    if not performance.records:
        return
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update(performance.records)
        return
    with scope.acting_as_system(SYSTEM):  # a verb may have taken the record out of its doer's own sight
        for record in Record.objects.filter(pk__in=performance.records):
            index(record.in_full)


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Index what happens in here once, as it stands at the end: for one transaction of very many verbs."""
    waiting: set[int] = set()
    held = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(held)
    with scope.acting_as_system(SYSTEM), performing("records.index"):
        keys = sorted(waiting)
        for start in range(0, len(keys), AT_ONCE):
            _index_again(keys[start : start + AT_ONCE])


def _index_again(keys: list[int]) -> None:
    """Index these records in as few queries as there are kinds among them, not one by one."""
    by_kind: defaultdict[str, list[int]] = defaultdict(list)
    for kind, key in Record.objects.filter(pk__in=keys).values_list("kind", "pk"):
        by_kind[kind].append(key)
    SearchText.objects.filter(record__in=keys).delete()
    for kind, mine in by_kind.items():
        _index_kind(kind, mine)


def _index_kind(kind: str, keys: list[int]) -> None:
    declared = house.kind_of(kind)
    model: Any = declared.model
    records = list(model.objects.filter(pk__in=keys))
    ways = {path.rpartition("__")[0] for path in declared.search}
    prefetch_related_objects(records, *sorted(ways - {""}))
    index_many(records)


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
