"""Foreign papers: what they are, what they say, and binding them behind our own pages without harm.

papers.describe(raw) -> PaperFacts
papers.text_of(pdf) -> str
papers.ready([Paper(...)]) -> [Ready]            (gives printing.BoundPaper by `.entry`)
papers.bind(front, [Paper or Ready]) -> bytes
"""

from privateoffice.connectors.papers.binding import (
    NotBound,
    Paper,
    PaperFacts,
    Ready,
    bind,
    describe,
    ready,
    text_of,
)
from privateoffice.connectors.papers.convert import NotConverted, converted

__all__ = [
    "NotBound",
    "NotConverted",
    "Paper",
    "PaperFacts",
    "Ready",
    "bind",
    "converted",
    "describe",
    "ready",
    "text_of",
]
