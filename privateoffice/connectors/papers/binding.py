"""Foreign papers are made ready and bound behind our own pages; all of it is read in child processes."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from pathlib import Path

from privateoffice.connectors.papers.convert import NotConverted, converted
from privateoffice.connectors.papers.kinds import CONVERTED
from privateoffice.foundations import printing
from privateoffice.foundations.printing import BoundPaper, OfficeBlock, Stamp
from privateoffice.foundations.quarantine.limits import MEGABYTE, PARSE_SECONDS
from privateoffice.foundations.quarantine.reader import Reader, Unreadable

HERE = "privateoffice.connectors.papers"
CLEAN, LOOK = f"{HERE}.clean:clean", f"{HERE}.facts:look"
KEPT = "The original is kept with its record."
BOUND_SECONDS = 60
BOUND_BYTES = 1_536 * MEGABYTE
BAND_HEIGHT = 30.0
HIGH_BAND = 44.0  # for a handling instruction that needs a second line
PACK_PAGES = 5_000


class NotBound(Exception):
    """The pack could not be put together. The text is fit to show."""


@dataclass(frozen=True)
class PaperFacts:
    """What a foreign file is: `kind` by content, `encrypted` is "", "owner" or "user" (asks for a password),
    `actions` are what it would do, in words; `trouble` says why it could not be read, if so."""

    kind: str
    pages: int = 0
    encrypted: str = ""
    actions: tuple[str, ...] = ()
    producer: str = ""
    title: str = ""
    also: str = ""
    is_repaired: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper as it came: its title, its bytes, what it is marked."""

    title: str
    raw: bytes
    marking: int = 1
    handling: str = ""


@dataclass(frozen=True)
class Ready:
    """A paper made harmless and counted, or `refused` with the reason: then it takes one page of ours."""

    paper: Paper
    pages: int = 1
    pdf: bytes = b""
    note: str = ""
    refused: str = ""

    @property
    def stamp(self) -> Stamp:
        """The paper's own marking, for a pack that is not marked as a whole."""
        return Stamp(self.paper.marking, self.paper.handling)

    @property
    def entry(self) -> BoundPaper:
        """As `printing.Pack.papers` wants it."""
        return BoundPaper(self.paper.title, self.pages, self.paper.marking, self.paper.handling, self.refused)


def describe(raw: bytes) -> PaperFacts:
    """What the file is and would do. Never raises for what the file holds."""
    try:
        with Reader(LOOK) as reader:
            found = reader.read(raw)
    except Unreadable as fault:
        return PaperFacts(kind="pdf" if b"%PDF-" in raw[:1024] else "unknown", trouble=str(fault))
    return PaperFacts(**{**found, "actions": tuple(found.get("actions", ()))})


def text_of(pdf: bytes) -> str:
    """The text of a PDF, pages parted by a form feed, at most 5,000,000 characters. Raises Unreadable."""
    with Reader(f"{HERE}.words:words") as reader:
        return str(reader.read(pdf))


def ready(papers: Iterable[Paper]) -> list[Ready]:
    """Each paper made harmless in a child process, or refused with the reason. One never stops another."""
    with Reader(CLEAN, seconds=PARSE_SECONDS) as reader:
        return [_ready(reader, paper) for paper in papers]


def bind(
    front: bytes,
    papers: Sequence[Paper | Ready],
    *,
    office: OfficeBlock | None = None,
    marking: Stamp | None = None,
    kept: str = KEPT,
) -> bytes:
    """Our pages with the papers behind them, in order, as one PDF. Raises NotBound or NotPrinted.

    `front` is a PDF of ours; its links to `paper:n` (from 1) lead to the papers. Each has a bookmark, a
    section in the structure, and bands above and below that say `marking` (else the paper's own) and
    "Paper n, page x of y". A paper that cannot be bound gets a page of ours that says why and, by `kept`,
    where it is.
    """
    fresh = iter(ready([paper for paper in papers if isinstance(paper, Paper)]))
    bound = [paper if isinstance(paper, Ready) else next(fresh) for paper in papers]
    if not bound:
        return front
    office = office or OfficeBlock("Private office")
    with tempfile.TemporaryDirectory(prefix="pack-") as folder:
        return _bound(Path(folder), front, bound, office, marking, kept)


def _ready(reader: Reader, paper: Paper) -> Ready:
    try:
        made = reader.read(_as_pdf(paper.raw))
    except (Unreadable, NotConverted) as fault:
        return Ready(paper, refused=_reason(str(fault)))
    return Ready(paper, made["pages"], made["pdf"], made["note"])


def _as_pdf(raw: bytes) -> bytes:
    """An Office file as PDF where LibreOffice is found; any other file as it is, for the reader to judge."""
    if raw.startswith(b"%PDF-") or not raw.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        return raw
    kind = describe(raw).kind
    return converted(raw, kind) if kind in CONVERTED else raw


def _reason(sentence: str) -> str:
    return sentence.removeprefix("This could not be read: ")


def _bound(
    place: Path, front: bytes, papers: list[Ready], office: OfficeBlock, marking: Stamp | None, kept: str
) -> bytes:
    """All that is bound passes through one child: it counts our pages, redraws our slips, and merges."""
    with Reader(f"{HERE}.merge:merge", seconds=BOUND_SECONDS, memory=BOUND_BYTES) as binder:
        own = int(binder.read(front, by=LOOK)["pages"])
        leaves = _leaves(own, papers, office, marking)
        (place / "front.pdf").write_bytes(front)
        for leaf in leaves:
            (place / f"paper-{leaf.number}.pdf").write_bytes(leaf.ready.pdf or leaf.slip(binder, kept))
        return _merged(binder, place, [leaf.planned() for leaf in leaves], _press_bands(place, leaves))


def _leaves(own: int, papers: list[Ready], office: OfficeBlock, marking: Stamp | None) -> list["_Leaf"]:
    total = own + sum(paper.pages for paper in papers)
    if total > PACK_PAGES:
        raise NotBound(f"The pack would have {total:,} pages; at most {PACK_PAGES:,} are bound.")
    firsts = accumulate((paper.pages for paper in papers), initial=own)
    return [
        _Leaf(number, paper, before, total, office, marking or paper.stamp)
        for number, (paper, before) in enumerate(zip(papers, firsts, strict=False), start=1)
    ]


def _press_bands(place: Path, leaves: list["_Leaf"]) -> list[list[int]]:
    """Press the bands of papers of one marking together, as `bands-0.pdf` and on; gives the papers of each."""
    pressed: list[list[int]] = []
    stamped = sorted((leaf for leaf in leaves if not leaf.ready.refused), key=lambda leaf: leaf.manner)
    for _, alike in groupby(stamped, key=lambda leaf: leaf.manner):
        together = list(alike)
        bands, one = [band for leaf in together for band in leaf.bands()], together[0]
        made = printing.stamps(bands, office=one.office, marking=one.stamp, height=one.height)
        (place / f"bands-{len(pressed)}.pdf").write_bytes(made)
        pressed.append([leaf.number for leaf in together])
    return pressed


@dataclass(frozen=True)
class _Leaf:
    """One paper at its place in the pack."""

    number: int
    ready: Ready
    before: int
    total: int
    office: OfficeBlock
    stamp: Stamp

    @property
    def height(self) -> float:
        return HIGH_BAND if len(self.stamp.handling) > 60 else BAND_HEIGHT

    @property
    def manner(self) -> tuple[object, ...]:
        """What the bands of papers that are pressed together have in common."""
        return (self.stamp.marking, self.stamp.handling, self.stamp.is_sample)

    def planned(self) -> dict[str, object]:
        title = " ".join(self.ready.paper.title.split())
        return {"title": title, "pages": self.ready.pages, "height": self.height}

    def slip(self, reader: Reader, kept: str) -> bytes:
        """Our page for a refused paper, redrawn like any other: its tags would clash with the front's."""
        reason = self.ready.refused[:1].upper() + self.ready.refused[1:]
        made = printing.slip(
            self.number,
            self.ready.paper.title,
            reason,
            kept=kept,
            office=self.office,
            marking=self.stamp,
            before=self.before,
            after=self.total - self.before - 1,
        )
        return bytes(reader.read(made, by=CLEAN)["pdf"])

    def bands(self) -> list[tuple[str, str]]:
        """The words of the top band, the same on every page, and of a foot for each page."""
        note = f", {self.ready.note}" if self.ready.note else ""
        title = self.ready.paper.title
        top = (title if len(title) <= 90 else title[:88] + "…", "Sample data" if self.stamp.is_sample else "")
        feet = [
            (
                f"Paper {self.number}, page {page} of {self.ready.pages}{note}",
                f"Page {self.before + page} of {self.total}",
            )
            for page in range(1, self.ready.pages + 1)
        ]
        return [top, *feet]


def _merged(binder: Reader, place: Path, papers: list[dict[str, object]], bands: list[list[int]]) -> bytes:
    try:
        binder.read(json.dumps({"papers": papers, "bands": bands}).encode(), folder=str(place))
    except Unreadable as fault:
        raise NotBound(f"The pack could not be put together. {fault}") from fault
    return (place / "bound.pdf").read_bytes()
