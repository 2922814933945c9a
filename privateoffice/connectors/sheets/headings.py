"""Finds where the table of a sheet begins: its row of headings, or two."""

import re

from privateoffice.connectors.sheets.book import Row, Sheet

ROWS_TO_SEARCH = 30
_NUMBER_OR_DATE = re.compile(r"[-+£$€]?[\d ,.]+%?|\d{4}-\d\d-\d\d.*|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def note_headings(sheet: Sheet) -> None:
    """Write into the sheet where its headings are, and their words; nothing where there is no table."""
    first = sheet.rows[:ROWS_TO_SEARCH]
    widths = sorted(_filled(row) for row in first)
    if not widths or widths[-1] < 2:
        return
    common = widths[len(widths) // 2] if widths[len(widths) // 2] > 1 else widths[-1]
    place = next((at for at, row in enumerate(first) if _filled(row) * 5 >= common * 4 and _is_words(row)), None)
    if place is None:
        return
    above = first[place - 1] if place else None
    if above and above[0] == first[place][0] - 1 and _spans(sheet, above):
        sheet.heading_rows = [above[0], first[place][0]]
        sheet.headings = two_rows(sheet, above, first[place])
    else:
        sheet.heading_rows = [first[place][0]]
        sheet.headings = [one_line(text) for text in first[place][1]]


def two_rows(sheet: Sheet, above: Row, below: Row) -> list[str]:
    """Headings of two rows as one: "Post: Unit"; a heading that reaches over columns stands before each."""
    over = spread(sheet, above)
    width = max(len(over), len(below[1]))
    pairs = [
        [row[column] if column < len(row) else "" for row in (over, [one_line(t) for t in below[1]])]
        for column in range(width)
    ]
    return [": ".join(text for text in pair if text) for pair in pairs]


def spread(sheet: Sheet, row: Row) -> list[str]:
    """A row with each merged heading written in every column that it covers."""
    texts = [one_line(text) for text in row[1]]
    for top, left, bottom, right in sheet.merged:
        if top <= row[0] <= bottom and left < len(texts) and right - left < 1_000:
            texts += [""] * (right + 1 - len(texts))
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
    return texts


def one_line(text: str) -> str:
    return " ".join(text.split())


def _filled(row: Row) -> int:
    return sum(bool(text.strip()) for text in row[1])


def _is_words(row: Row) -> bool:
    texts = [text for text in row[1] if text.strip()]
    return not any(_NUMBER_OR_DATE.fullmatch(text.strip()) for text in texts[:2]) and sum(
        bool(_NUMBER_OR_DATE.fullmatch(text.strip())) for text in texts
    ) * 2 <= len(texts)


def _spans(sheet: Sheet, row: Row) -> bool:
    """Whether some heading of the row is merged over several columns, but not over all of them as a title is."""
    wide = [right - left for top, left, _, right in sheet.merged if top == row[0] and right > left]
    return bool(wide) and _filled(row) > 1
