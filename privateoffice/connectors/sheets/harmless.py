"""Texts that a spreadsheet program would run, made harmless for CSV and turned back when they return."""

import re

# Excel skips what is white, and reads the wide signs of East Asian keyboards as the plain ones.
_RUNS = re.compile(r"'*\s*[=+\-@＝＋－＠\t\r\n]")


def text_for_sheet(value: str) -> str:
    """The text as it may stand in a CSV cell: before what a program would run stands an apostrophe.

    Texts that already begin so get one more, and `text_from_sheet` takes exactly one off. Not for `write_csv` and
    `write_xlsx`, which see to it themselves.
    """
    return f"'{value}" if _RUNS.match(value) else value


def text_from_sheet(cell: str) -> str:
    """The text that `text_for_sheet` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
