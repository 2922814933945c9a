"""Reads a foreign sheet. `rows` is called by the office; `read` runs in the quarantine child."""

from typing import Any

from privateoffice.connectors.sheets import calamine, naming, separated, workbook, xml2003
from privateoffice.connectors.sheets.book import Book
from privateoffice.connectors.sheets.headings import note_headings
from privateoffice.connectors.sheets.package import Package
from privateoffice.connectors.sheets.refusals import SAVE_AS, other
from privateoffice.foundations.quarantine.reader import Reader, Unreadable

__all__ = ["Unreadable", "read", "rows"]

FUNCTION = "privateoffice.connectors.sheets.reading:read"
WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".xltx", ".numbers")


def rows(raw: bytes, name: str, reader: Reader | None = None) -> dict[str, Any]:
    """A `Book` as a dictionary, read in a child process within the ceilings.

    Raises Unreadable: its text names what the file is, or what is wrong with it, and the cure.
    With a reader of one's own, one child serves many files.
    """
    if reader:
        return reader.read(raw, name=name)
    with Reader(FUNCTION) as child:
        return child.read(raw, name=name)


def read(raw: bytes, name: str) -> dict[str, Any]:
    """Judge the file by its content, read it, and find its headings. Raises Refused."""
    kind = naming.kind_of(raw)
    if kind == "zip":
        package = Package(raw)
        kind = naming.kind_of_package(package)
        book = workbook.read(package) if kind == "xlsx" else calamine.read(raw, kind)
    elif kind == "text":
        book = _text(raw, name)
    else:
        book = xml2003.read(raw) if kind == "xml" else calamine.read(raw, kind)
    for sheet in book.sheets:
        note_headings(sheet)
    _note_name(book, name.lower())
    return book.as_json()


def _text(raw: bytes, name: str) -> Book:
    if name.lower().endswith(WORKBOOK_ENDINGS):
        cure = f"Give it the ending .csv and choose it again, or: {SAVE_AS[0].lower()}{SAVE_AS[1:]}"
        raise other("a text file with the name of a workbook", cure)
    if name.lower().endswith(".prn"):
        raise other("a text file whose columns are kept apart by spaces (.prn)")
    return separated.read(raw)


def _note_name(book: Book, name: str) -> None:
    if book.kind != "csv" and name.endswith(naming.TEXT_ENDINGS):
        book.notes.append("This is a workbook, though it is named as a text file. It was read as a workbook.")
