"""Cleaned papers are laid behind our own pages, stamped and bookmarked. Runs in the child."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

A4_WIDTH = 595.0
UA_CLAIM = "{http://www.aiim.org/pdfua/ns/id/}part"
PAGE_COUNT = "{http://ns.adobe.com/xap/1.0/t/pg/}NPages"
RIGHT_AND_UP = {0: ((1, 0), (0, 1)), 90: ((0, 1), (-1, 0)), 180: ((-1, 0), (0, -1)), 270: ((0, -1), (1, 0))}


def merge(raw: bytes, folder: str) -> int:
    """Write `bound.pdf` in the folder from `front.pdf`, `paper-N.pdf` for each paper of the plan (JSON) and
    `bands-N.pdf` for each of its lists of papers. Gives the number of pages."""
    plan, place = json.loads(raw), Path(folder)
    with pikepdf.open(place / "front.pdf") as bound:
        bands = _bands(bound, place, plan)
        firsts = []
        for number, paper in enumerate(plan["papers"], start=1):
            firsts.append(len(bound.pages))
            _append(bound, place / f"paper-{number}.pdf", paper, bands.get(number, []))
        _bookmark(bound, plan["papers"], firsts)
        _lead_there(bound, firsts)
        _disclaim(bound)
        pages = len(bound.pages)
        bound.save(place / "bound.pdf", compress_streams=True, deterministic_id=True)
    return pages


def _bands(bound: pikepdf.Pdf, place: Path, plan: dict[str, Any]) -> dict[int, list[Any]]:
    """The bands of each paper as forms of the pack: the top one, and a foot for each page."""
    found: dict[int, list[Any]] = {}
    for sheet, numbers in enumerate(plan["bands"]):
        with pikepdf.open(place / f"bands-{sheet}.pdf") as pressed:
            forms = (bound.copy_foreign(band.as_form_xobject()) for band in pressed.pages)
            found |= {n: list(islice(forms, plan["papers"][n - 1]["pages"] + 1)) for n in numbers}
    return found


def _append(bound: pikepdf.Pdf, place: Path, paper: dict[str, Any], bands: list[Any]) -> None:
    first = len(bound.pages)
    with pikepdf.open(place) as foreign:
        bound.pages.extend(foreign.pages)
    added = list(islice(bound.pages, first, first + paper["pages"]))
    for page in added:
        _point_links(page, added)
    if bands:
        for page, bottom in zip(added, bands[1:], strict=True):
            _stamp(bound, page, bands[0], bottom, paper["height"])
    else:
        for page in added:
            page.Contents = bound.make_stream(b"/P <</MCID 0>> BDC /Paper Do EMC")
    _enter(bound, paper["title"], added)


def _stamp(bound: pikepdf.Pdf, page: pikepdf.Page, top: Any, bottom: Any, height: float) -> None:
    """Make the page taller by a band at either edge, as the reader sees it, so that nothing is covered."""
    x0, y0, x1, y1 = (float(n) for n in page.MediaBox)
    right, up = RIGHT_AND_UP[int(page.get("/Rotate", 0))]
    lying = up[0] != 0
    wide, tall = (y1 - y0, x1 - x0) if lying else (x1 - x0, y1 - y0)
    scale = min(wide, tall) / A4_WIDTH
    band = height * scale
    page.MediaBox = Array([x0 - band, y0, x1 + band, y1] if lying else [x0, y0 - band, x1, y1 + band])
    page.Resources.XObject.BandTop, page.Resources.XObject.BandFoot = top, bottom
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    drawn = [b"/P <</MCID 0>> BDC /Paper Do EMC"]
    for name, side, rise in (("BandTop", "Header", tall / 2), ("BandFoot", "Footer", -tall / 2 - band)):
        at = [middle[i] - right[i] * A4_WIDTH * scale / 2 + up[i] * rise for i in (0, 1)]
        matrix = [right[0] * scale, right[1] * scale, up[0] * scale, up[1] * scale, *at]
        placed = " ".join(f"{number:.4f}" for number in matrix)
        drawn.append(
            f"/Artifact <</Type /Pagination /Subtype /{side}>> BDC q {placed} cm /{name} Do Q EMC".encode()
        )
    page.Contents = bound.make_stream(b"\n".join(drawn))


def _point_links(page: pikepdf.Page, added: list[pikepdf.Page]) -> None:
    for link in page.get("/Annots", ()):
        if "/Dest" in link:
            link.Dest = Array([added[int(link.Dest[0])].obj, Name.Fit])


def _enter(bound: pikepdf.Pdf, title: str, pages: list[pikepdf.Page]) -> None:
    """Each paper is a section of the structure, each of its pages one paragraph of it."""
    root = bound.Root.get("/StructTreeRoot")
    if root is None:
        return
    top = root.K[0] if isinstance(root.K, Array) else root.K
    parents = pikepdf.NumberTree(root.ParentTree)
    key = max((int(number) for number in parents), default=-1) + 1
    section = bound.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Sect, P=top, T=pikepdf.String(title)))
    held = []
    for page in pages:
        element = Dictionary(Type=Name.StructElem, S=Name.P, P=section, Pg=page.obj, K=0)
        held.append(bound.make_indirect(element))
        parents[key] = Array([held[-1]])
        page.StructParents = key
        key += 1
    section.K = Array(held)
    top.K = Array([*top.K, section]) if isinstance(top.K, Array) else Array([top.K, section])
    root.ParentTreeNextKey = key


def _bookmark(bound: pikepdf.Pdf, papers: list[dict[str, Any]], firsts: list[int]) -> None:
    with bound.open_outline() as outline:
        for number, (paper, first) in enumerate(zip(papers, firsts, strict=True), start=1):
            outline.root.append(pikepdf.OutlineItem(f"Paper {number}: {paper['title']}", first))


def _lead_there(bound: pikepdf.Pdf, firsts: list[int]) -> None:
    """Our links to `paper:n` lead to the first page of that paper."""
    for page in bound.pages[: firsts[0] if firsts else 0]:
        for link in page.get("/Annots", ()):
            action = link.get("/A")
            address = str(action.get("/URI", "")) if action is not None else ""
            number = address.removeprefix("paper:")
            if number != address and number.isdecimal() and 0 < int(number) <= len(firsts):
                link.A = Dictionary(S=Name.GoTo, D=Array([bound.pages[firsts[int(number) - 1]].obj, Name.Fit]))


def _disclaim(bound: pikepdf.Pdf) -> None:
    """PDF/UA is claimed for pages that we made; with foreign pages behind them the claim goes."""
    with bound.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
        if UA_CLAIM in told:
            del told[UA_CLAIM]
        told[PAGE_COUNT] = str(len(bound.pages))
