"""A foreign PDF made harmless: each page one drawing, and only plain links act. Runs in the child."""

import io
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from privateoffice.connectors.papers.opened import Refused, opened, pages_of, refuse_bombs

# Keys that fetch, run or carry something, wherever in a page's resources they hide.
FORBIDDEN = (
    "/AA", "/AF", "/A", "/OpenAction", "/JS", "/EF", "/Ref", "/OPI", "/Metadata", "/PieceInfo", "/Alternates",
    "/StructParents", "/StructParent", "/FFilter", "/FDecodeParms", "/Measure", "/PtData",
)  # fmt: skip
SAFE_LINKS = ("http://", "https://", "mailto:")
NAME_TREE = 2_000


def clean(raw: bytes) -> dict[str, Any]:
    """`pdf` with as many pages, `pages`, and `note` if it had to be repaired. Raises Refused."""
    with opened(raw) as foreign:
        pages = pages_of(foreign)
        refuse_bombs(foreign, len(raw))
        links = [_links(foreign, page, pages) for page in pages]
        _flatten(foreign)
        made = _redrawn(list(foreign.pages), links)
        note = "repaired" if foreign.get_warnings() else ""
    _refuse_unreadable(made, len(pages))
    return {"pdf": made, "pages": len(pages), "note": note}


def _flatten(foreign: pikepdf.Pdf) -> None:
    """What was filled in or noted on a page becomes part of its drawing, as far as it can."""
    try:
        foreign.generate_appearance_streams()
        foreign.flatten_annotations("all")
    except (pikepdf.PdfError, pikepdf.DependencyError, RuntimeError, ValueError):
        return


def _redrawn(pages: list[pikepdf.Page], links: list[list[dict[str, Any]]]) -> bytes:
    made = pikepdf.Pdf.new()
    try:
        for page, its_links in zip(pages, links, strict=True):
            _redraw(made, page, its_links)
        _strip(made)
        out = io.BytesIO()
        made.save(out, compress_streams=True, deterministic_id=True)
    except (
        pikepdf.PdfError,
        pikepdf.DependencyError,
        ValueError,
        TypeError,
        KeyError,
        RuntimeError,
    ) as fault:
        raise Refused("it is damaged: a page of it cannot be drawn.") from fault
    return out.getvalue()


def _redraw(made: pikepdf.Pdf, page: pikepdf.Page, links: list[dict[str, Any]]) -> None:
    """One page whose content is a single form, cut at what was to be seen of the old one."""
    box = _seen(page)
    form = made.copy_foreign(page.as_form_xobject(handle_transformations=False))
    form.BBox = Array(box)
    form.Matrix = Array([1, 0, 0, 1, 0, 0])
    fresh = Dictionary(
        Type=Name.Page,
        MediaBox=Array(box),
        Rotate=_turn(page),
        Resources=Dictionary(XObject=Dictionary(Paper=form)),
        Contents=made.make_stream(b"/Paper Do"),
        Annots=Array([_annotation(link) for link in links]),
    )
    unit = page.obj.get("/UserUnit")
    if isinstance(unit, int) or hasattr(unit, "as_tuple"):
        fresh.UserUnit = unit
    made.pages.append(pikepdf.Page(made.make_indirect(fresh)))


def _seen(page: pikepdf.Page) -> list[float]:
    """What is seen of a page: the crop box within the media box, or A4 if neither makes sense."""
    media, crop = _box(page, "/MediaBox"), _box(page, "/CropBox")
    media = media or [0, 0, 595.28, 841.89]
    if crop:
        cut = [max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])]
        return cut if cut[2] - cut[0] > 1 and cut[3] - cut[1] > 1 else media
    return media


def _box(page: pikepdf.Page, key: str) -> list[float]:
    try:
        x0, y0, x1, y1 = (float(number) for number in list(page.obj[key]))
    except (KeyError, TypeError, ValueError):
        return []
    box = [min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)]
    is_sound = box[2] - box[0] > 1 and box[3] - box[1] > 1 and max(map(abs, box)) < 200_000
    return box if is_sound else []


def _turn(page: pikepdf.Page) -> int:
    turn = page.obj.get("/Rotate", 0)
    return int(turn) % 360 if isinstance(turn, int) and turn % 90 == 0 else 0


def _links(foreign: pikepdf.Pdf, page: pikepdf.Page, pages: list[pikepdf.Page]) -> list[dict[str, Any]]:
    """Plain links to the web or within the paper. Anything else that can be clicked is left out."""
    found = []
    annotations = page.obj.get("/Annots")
    for annotation in list(annotations)[:2_000] if isinstance(annotations, Array) else []:
        try:
            link = _link(foreign, annotation, pages)
        except (TypeError, ValueError, AttributeError, KeyError, IndexError, RuntimeError, pikepdf.PdfError):
            link = None  # a link that cannot be understood is no link
        if link:
            found.append(link)
    return found


def _link(foreign: pikepdf.Pdf, annotation: Any, pages: list[pikepdf.Page]) -> dict[str, Any] | None:
    if annotation.get("/Subtype") != Name.Link:
        return None
    place = {"rect": [float(number) for number in annotation.Rect][:4]}
    action = annotation.get("/A")
    if action is not None and action.get("/S") == Name.URI:
        address = str(action.URI)
        return {**place, "uri": address} if address.lower().startswith(SAFE_LINKS) else None
    goal = annotation.get("/Dest")
    if goal is None and action is not None and action.get("/S") == Name.GoTo:
        goal = action.get("/D")
    if isinstance(goal, pikepdf.String | Name):
        goal = _named(foreign, goal)
    if isinstance(goal, Dictionary):
        goal = goal.get("/D")
    if not isinstance(goal, Array):
        return None
    return {**place, "page": next(n for n, page in enumerate(pages) if page.obj.objgen == goal[0].objgen)}


def _named(foreign: pikepdf.Pdf, name: Any) -> Any:
    if isinstance(name, Name):
        return foreign.Root.Dests[name]
    return pikepdf.NameTree(foreign.Root.Names.Dests)[str(name)]


def _annotation(link: dict[str, Any]) -> Dictionary:
    told = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(link["rect"]), Border=Array([0, 0, 0]))
    if "uri" in link:
        told.A = Dictionary(S=Name.URI, URI=pikepdf.String(link["uri"]))
        told.Contents = pikepdf.String(link["uri"])
    else:
        told.Dest = Array([link["page"], Name.Fit])  # a number for now; the binder puts the page there
        told.Contents = pikepdf.String(f"Page {link['page'] + 1} of this paper")
    return told


def _strip(made: pikepdf.Pdf) -> None:
    """Take every forbidden key out of everything that came along with the pages."""
    for thing in made.objects:
        if not isinstance(thing, Dictionary | pikepdf.Stream) or thing.get("/Type") == Name.Page:
            continue
        for key in FORBIDDEN:
            if key in thing:
                del thing[key]
        if isinstance(thing, pikepdf.Stream):
            _strip_stream(thing)


def _strip_stream(stream: pikepdf.Stream) -> None:
    """A stream may name a file outside (`/F`) or hold PostScript for the printer: neither stays."""
    if "/F" in stream:
        del stream["/F"]
    if stream.get("/Subtype") == Name.PS or stream.get("/Subtype2") == Name.PS:
        stream.write(b"")
        stream.Subtype = Name.Form
        stream.BBox = Array([0, 0, 0, 0])


def _refuse_unreadable(made: bytes, pages: int) -> None:
    """A second reader opens every page, so that what would hang or fail on a desk fails here."""
    try:
        with pypdfium2.PdfDocument(made) as shown:
            for number in range(pages):
                shown[number].close()
    except pypdfium2.PdfiumError as fault:
        raise Refused("it is damaged: a page of it cannot be shown.") from fault
