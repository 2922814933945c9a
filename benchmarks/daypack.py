"""A day pack bound from many papers, each made harmless first, beside qpdf merging the same files as they are.

python benchmarks/daypack.py --papers 40 --pages 15 --json
python benchmarks/daypack.py --scanned 200       (each page a picture of so many kilobytes instead of text)
python benchmarks/daypack.py --folder FOLDER     (the PDF files in it instead of made ones)
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import measuring
import temporary

LINES = 46
SIDE = 400
WORDS = "The board notes the return for the month and asks for a paper on the exhibits store by the next meeting."


def main() -> None:
    asked = arguments()
    with temporary.folder(), tempfile.TemporaryDirectory() as folder:
        places = pdfs_of(asked.folder) if asked.folder else made(Path(folder), asked)
        found = {"ours": measuring.taken_with_children(lambda: ours(places), asked.runs)}
        if shutil.which("qpdf"):
            merged = str(Path(folder) / "merged.pdf")
            found["qpdf"] = measuring.taken_with_children(lambda: qpdf(places, merged), asked.runs)
        pages = sum(map(pages_of, places))
    measuring.show_table(HEADS, [line(name, len(places), pages, time) for name, time in found.items()])
    if asked.json:
        said = {f"{name}_{part}": getattr(time, part) for name, time in found.items() for part in ("wall", "cpu")}
        measuring.show_object({"daypack": said})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--papers", type=int, default=40)
    parser.add_argument("--pages", type=int, default=15, help="of each paper that is made up")
    parser.add_argument("--scanned", type=int, default=0, help="kilobytes of each page, which is then a picture")
    parser.add_argument("--folder", type=Path, help="a folder of PDF files to bind instead")
    parser.add_argument("--runs", type=int, default=2, help="runs of each; the best one counts")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    return parser.parse_args()


def pdfs_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.pdf") if path.is_file())


def made(folder: Path, asked: argparse.Namespace) -> list[Path]:
    """Papers of text, each page with as many lines as a report has; or of pictures, as a scanner makes them."""
    draw = partial(_scanned, size=asked.scanned * 1_000) if asked.scanned else _typed
    return [_paper(folder / f"paper-{number}.pdf", asked.pages, draw) for number in range(asked.papers)]


def _paper(place: Path, pages: int, draw: Callable[[Any, Any, int], None]) -> Path:
    import pikepdf

    with pikepdf.new() as pdf:
        for number in range(pages):
            draw(pdf, pdf.add_blank_page(page_size=(595, 842)), number)
        pdf.save(place)
    return place


def _typed(pdf: Any, page: Any, number: int) -> None:
    from pikepdf import Dictionary, Name

    face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    lines = "".join(f"({line} on {number}: {WORDS}) Tj 0 -16 Td\n" for line in range(LINES))
    page.Contents = pdf.make_stream(f"BT /F1 9 Tf 40 790 Td\n{lines}ET".encode())
    page.Resources = Dictionary(Font=Dictionary(F1=face))


def _scanned(pdf: Any, page: Any, number: int, *, size: int) -> None:
    """A grey picture that fills the page, in the length that was asked for: noise does not shrink."""
    from pikepdf import Dictionary, Name

    picture = pdf.make_stream(
        os.urandom(size),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=SIDE,
        Height=size // SIDE,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Scan Do Q")
    page.Resources = Dictionary(XObject=Dictionary(Scan=picture))


def ours(places: list[Path]) -> bytes:
    """As the verb makes it: papers made ready in the child, a front with their list, all bound."""
    from dataclasses import replace

    from privateoffice.connectors import papers
    from privateoffice.foundations import printing
    from privateoffice.foundations.printing.tests.samples import HOMICIDE, PACK

    ready = papers.ready(papers.Paper(place.stem, place.read_bytes()) for place in places)
    pack: Any = replace(PACK, papers=tuple(one.entry for one in ready))
    return papers.bind(printing.daypack(pack), ready, office=HOMICIDE, marking=PACK.stamp)


def qpdf(places: list[Path], merged: str) -> None:
    """Exit 3 is a warning about a file, and the merge is made."""
    done = subprocess.run(["qpdf", "--empty", "--pages", *map(os.fspath, places), "--", merged], check=False)
    assert done.returncode in (0, 3)


def pages_of(place: Path) -> int:
    import pikepdf

    with pikepdf.open(place) as pdf:
        return len(pdf.pages)


HEADS = ("Pack", "Papers", "Pages", "Wall s", "Processor s")


def line(name: str, papers: int, pages: int, time: measuring.Taken) -> tuple[object, ...]:
    return (name, papers, pages, f"{time.wall:.2f}", f"{time.cpu:.2f}")


if __name__ == "__main__":
    main()
