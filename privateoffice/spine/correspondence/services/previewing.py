"""What an enclosure would show, made anew by us in a child; its own bytes only ever leave as a file."""

from dataclasses import dataclass, field

from privateoffice.foundations.quarantine.reader import read_once
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.services.showing import enclosed

LOOK = "privateoffice.connectors.papers.preview:look"
SHEETS = "privateoffice.connectors.sheets.reading:read"
MOST_SHEETS = 3
MOST_ROWS = 100
MOST_COLUMNS = 20
TABLES = (".csv", ".tsv")


@dataclass(frozen=True)
class Preview:
    """Pictures as PNG in base64, a text, or tables by name: one of them. `is_cut` where there is more."""

    name: str
    pictures: list[str] = field(default_factory=list)
    text: str = ""
    tables: list[tuple[str, list[list[str]]]] = field(default_factory=list)
    is_cut: bool = False
    notes: list[str] = field(default_factory=list)


def preview(message: Message, place: int) -> Preview:
    """Look into one enclosure. Raises IndexError, or Unreadable or Damaged with a sentence fit to show."""
    found = enclosed(message, place)
    looked = read_once(LOOK, found.content)
    if looked["kind"] == "sheet" or (looked["kind"] == "text" and found.name.lower().endswith(TABLES)):
        return _tables(found.name, found.content)
    return Preview(found.name, looked.get("pictures", []), looked.get("text", ""), is_cut=looked["is_cut"])


def _tables(name: str, content: bytes) -> Preview:
    """The beginning of each sheet that is not hidden; that there are hidden ones is said."""
    book = read_once(SHEETS, content, name=name)
    open_ones = [sheet for sheet in book["sheets"] if not sheet["is_hidden"]]
    hidden = len(book["sheets"]) - len(open_ones)
    tables = [
        (sheet["name"], [cells[:MOST_COLUMNS] for _, cells in sheet["rows"][:MOST_ROWS]])
        for sheet in open_ones[:MOST_SHEETS]
    ]
    is_cut = len(open_ones) > MOST_SHEETS or any(_is_longer(sheet) for sheet in open_ones[:MOST_SHEETS])
    notes = [f"It has hidden sheets that are not shown: {hidden}."] if hidden else []
    return Preview(name, tables=tables, is_cut=is_cut, notes=notes)


def _is_longer(sheet: dict) -> bool:
    return len(sheet["rows"]) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for _, cells in sheet["rows"])
