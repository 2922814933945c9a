"""What leaves the house on paper: Typst in, tagged PDF/UA out, marked above and below on every page.

    printing.letter(LetterText(...), office=OfficeBlock(...), marking=Stamp(...)) -> bytes
    printing.report(Report(...), office=..., marking=...) -> bytes
    printing.daypack(Pack(...)) -> bytes

Text given is text printed, in any script that our fonts know; the same input gives the same bytes.
Whatever goes wrong is `NotPrinted`, whose words are fit to show.
"""

from privateoffice.foundations.printing.documents import daypack, letter, report, slip, stamps
from privateoffice.foundations.printing.press import PAGES, NotPrinted
from privateoffice.foundations.printing.shapes import (
    BoundPaper,
    Change,
    LetterText,
    OfficeBlock,
    Pack,
    Report,
    Section,
    Stamp,
    Standing,
    Table,
    Told,
)

__all__ = [
    "PAGES",
    "BoundPaper",
    "Change",
    "LetterText",
    "NotPrinted",
    "OfficeBlock",
    "Pack",
    "Report",
    "Section",
    "Stamp",
    "Standing",
    "Table",
    "Told",
    "daypack",
    "letter",
    "report",
    "slip",
    "stamps",
]
