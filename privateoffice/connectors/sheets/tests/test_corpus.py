"""Other people's sheets, ordinary and hostile: none brings the reader down, and each refusal is true."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.book import cell_name
from privateoffice.foundations.quarantine.reader import Reader

CORPORA = Path(os.environ.get("PRIVATE_OFFICE_CORPORA", "../shared/corpora")) / "spreadsheets"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="PRIVATE_OFFICE_CORPORA names no folder with spreadsheets"),
]
READ_WHOLE = ("features", "macros-and-links", "official-statistics")
NOT_ALIKE = {
    *[("Date", 6, 1), ("Date", 7, 1), ("Math", 46, 1)],  # NOW(), TODAY() and RAND(), saved at two moments
    *[("Implied", 26, 1), ("Implied", 26, 5)],  # hours past 24, which XML 2003 keeps as a day
}
DAYS_BEFORE_1900 = {"2011", "ImpliedNegative"}  # sheets of days that no two formats keep alike
LOCKED = ("60320-protected", "poi--protect.", "protected_passtika", "protected_sha512", "password.xls")


@pytest.fixture(scope="module")
def outcomes():
    """Every file's book, or the sentence that refused it."""
    found = {}
    with Reader(reading.FUNCTION) as child:
        for path in sorted(CORPORA.glob("*/*")):
            try:
                found[f"{path.parent.name}/{path.name}"] = reading.rows(path.read_bytes(), path.name, child)
            except reading.Unreadable as refused:
                found[f"{path.parent.name}/{path.name}"] = str(refused)
    return found


def refused(outcomes, folder=""):
    return {name: said for name, said in outcomes.items() if name.startswith(folder) and isinstance(said, str)}


def test_no_file_brings_the_reader_down_or_takes_too_long(outcomes):
    assert len(outcomes) > 300
    crashed = ("it broke the program", "took too long", "too much memory", "Error.", "Exception.")
    assert {
        name: said for name, said in refused(outcomes).items() if any(words in said for words in crashed)
    } == {}


def test_ordinary_workbooks_are_read_whole(outcomes):
    assert {name for folder in READ_WHOLE for name in refused(outcomes, folder)} == {"features/poi--Simple.xlsb"}


def test_every_refusal_says_what_to_do(outcomes):
    for name, said in refused(outcomes).items():
        assert any(cure in said for cure in ("Ask the sender", "Save As", "Unpack it", "save it again")), (
            name,
            said,
        )


@pytest.mark.hostile("C05")
def test_locked_workbooks_are_called_locked_and_no_others(outcomes):
    said_locked = {name for name, said in refused(outcomes).items() if "protected by a password" in said}
    assert said_locked == {name for name in outcomes if any(words in name for words in LOCKED)}


def test_bombs_outside_schemas_and_double_parts_are_called_unsafe(outcomes):
    unsafe = {name for name, said in refused(outcomes).items() if "not safe to open" in said}
    words = ("xmlbomb", "xxe", "duplicate-filename", "54764-2")
    assert unsafe == {name for name in outcomes if any(word in name for word in words)}


def test_one_book_in_many_formats_reads_the_same(outcomes):
    books = {}
    for name, book in outcomes.items():
        if name.startswith("same-book") and not isinstance(book, str):
            books.setdefault(Path(name).name.partition(".")[0], []).append((name, book))
    compared = 0
    for copies in books.values():
        for (name, book), (other_name, other) in pairwise(copies):
            assert _texts(book, other) == _texts(other, book), (name, other_name)
            compared += 1
    assert compared >= 10


def _texts(book, other):
    """The texts of the sheets that both hold, without the cells whose errors only one of the formats can tell."""
    untold = {
        (sheet["name"], cell)
        for one in (book, other)
        for sheet in one["sheets"]
        for cell in sheet["errors"] + sheet["not_calculated"]
    }
    shared = {sheet["name"] for sheet in other["sheets"]}
    return {
        (sheet["name"], number, column): text
        for sheet in book["sheets"]
        if sheet["name"] in shared - DAYS_BEFORE_1900
        for number, row in sheet["rows"]
        for column, text in enumerate(row)
        if text
        and (sheet["name"], cell_name(number, column)) not in untold
        and (sheet["name"], number, column) not in NOT_ALIKE
    }
