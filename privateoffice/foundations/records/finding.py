"""Full text in SQL: one question put to SQLite's FTS5 or to PostgreSQL, as expressions inside a scoped query.

Both indexes lie beside `records_searchtext` and are kept in step by the database itself (migration 0003).
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Expression, F

from privateoffice.foundations.records.asking import Asked, Phrase

CONFIGURATION = "office_words"
RANKED = 1_000
"""How many of the newest hits are looked at: to count and rank every hit of a common word is slow."""

HIT, END = "\x02", "\x03"
WORDS_AROUND = 24


class Matches(Expression):
    """True for the records whose words are those asked for."""

    conditional = True

    def __init__(self, asked: Asked):
        super().__init__(output_field=BooleanField())
        self.asked, self.key = asked, F("pk")

    def get_source_expressions(self):
        return [self.key]

    def set_source_expressions(self, expressions):
        (self.key,) = expressions

    def as_sqlite(self, compiler, connection):
        key, params = compiler.compile(self.key)
        found = "SELECT rowid FROM records_searchindex WHERE records_searchindex MATCH %s"
        return f"{key} IN ({found})", [*params, fts5(self.asked)]

    def as_postgresql(self, compiler, connection):
        key, params = compiler.compile(self.key)
        found = f"SELECT record_id FROM records_searchtext WHERE words @@ to_tsquery('{CONFIGURATION}', %s)"  # noqa: S608
        return f"{key} IN ({found})", [*params, tsquery(self.asked)]


def hits_newest_first(records: Any, asked: Asked) -> Any:
    """Those among the records that have the words, the newest first.

    The index is read in the order in which records were made and tells its hits one after another, so that a word
    that nearly every record has costs no more than the hits that are taken. `extra` is how Django names a table
    that is not a model's.
    """
    if connection.vendor == "postgresql":
        table, key = "records_searchtext", "record_id"
        has, words = f"records_searchtext.words @@ to_tsquery('{CONFIGURATION}', %s)", tsquery(asked)
    else:
        table, key = "records_searchindex", "rowid"
        has, words = "records_searchindex MATCH %s", fts5(asked)
    where = [f"{table}.{key} = records_record.id", has]
    return records.extra(  # noqa: S610  (only our own names; what was typed is a parameter)
        tables=[table], where=where, params=[words], order_by=[f"-{table}.{key}"]
    )


def in_order_of_fit(ids: Iterable[int], asked: Asked) -> list[int]:
    """These hits, found in scope before, the best first; a word in the title weighs ten times one in the text."""
    ids = list(ids)
    if not ids:
        return []
    told = _ranks_in_postgresql if connection.vendor == "postgresql" else _ranks
    ranks = dict(told(ids, asked))
    return sorted(ids, key=lambda pk: ranks.get(pk, 0.0))


def excerpts(ids: Iterable[int], asked: Asked) -> dict[int, str]:
    """Of these hits, found in scope before, the words around what was asked for, each hit between two marks."""
    ids = list(ids)
    if not ids:
        return {}
    return dict(
        _excerpts_in_postgresql(ids, asked) if connection.vendor == "postgresql" else _excerpts(ids, asked)
    )


def _ranks(ids: list[int], asked: Asked) -> list[tuple[int, float]]:
    return _told_of("bm25(records_searchindex, 10.0, 1.0)", ids, asked)


def _excerpts(ids: list[int], asked: Asked) -> list[tuple[int, str]]:
    return _told_of(f"snippet(records_searchindex, 1, '{HIT}', '{END}', '…', {WORDS_AROUND})", ids, asked)


def _told_of(what: str, ids: list[int], asked: Asked) -> list[tuple[int, Any]]:
    """What SQLite's index tells of each hit. The sign keeps it from being asked anew for each of the ids."""
    places = ", ".join(["%s"] * len(ids))
    return _rows(
        f"SELECT rowid, {what} FROM records_searchindex "  # noqa: S608
        f"WHERE records_searchindex MATCH %s AND rowid BETWEEN %s AND %s AND +rowid IN ({places})",
        [fts5(asked), min(ids), max(ids), *ids],
    )


def _ranks_in_postgresql(ids: list[int], asked: Asked) -> list[tuple[int, float]]:
    return _rows(
        f"SELECT record_id, -ts_rank('{{0.1, 0.1, 0.1, 1.0}}', words, to_tsquery('{CONFIGURATION}', %s)) "  # noqa: S608
        "FROM records_searchtext WHERE record_id = ANY(%s)",
        [tsquery(asked), ids],
    )


def _excerpts_in_postgresql(ids: list[int], asked: Asked) -> list[tuple[int, str]]:
    """PostgreSQL leaves out what it takes for a tag; between other signs it is shown."""
    options = f"StartSel={HIT}, StopSel={END}, MaxWords={WORDS_AROUND}, MinWords=12, MaxFragments=1"
    return _rows(
        f"SELECT record_id, ts_headline('{CONFIGURATION}', translate(left(body, 20000), '<>', '‹›'), "  # noqa: S608
        f"to_tsquery('{CONFIGURATION}', %s), %s) FROM records_searchtext WHERE record_id = ANY(%s)",
        [tsquery(asked), options, ids],
    )


def _rows(sql: str, params: list[Any]) -> list[tuple[int, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def fts5(asked: Asked) -> str:
    """The question in FTS5's own words. Every phrase is quoted, so that nothing typed is read as syntax."""
    column = "title : " if asked.in_titles else ""
    return " AND ".join(f'{column}"{" ".join(p.words)}"{" *" if p.is_beginning else ""}' for p in asked.phrases)


def tsquery(asked: Asked) -> str:
    """The question in PostgreSQL's own words: a quoted phrase, `*` for a beginning, `A` for titles alone."""
    return " & ".join(f"'{' '.join(phrase.words)}'{_weight(phrase, asked)}" for phrase in asked.phrases)


def _weight(phrase: Phrase, asked: Asked) -> str:
    signs = ("*" if phrase.is_beginning else "") + ("A" if asked.in_titles else "")
    return f":{signs}" if signs else ""
