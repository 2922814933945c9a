"""What lies hidden in a paper: sheets, rows, comments, tracked changes, notes. Runs in the child."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from typing import Any

import pikepdf

from privateoffice.connectors.papers.kinds import real_kind
from privateoffice.connectors.papers.opened import Refused, opened

PART_BYTES = 30_000_000
MOST_PARTS = 2_000
MOST_NAMED = 20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_NAME = re.compile(rb'\bname="([^"]*)"')
_HIDDEN_STATE = re.compile(rb'\bstate="(?:hidden|veryHidden)"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*\bhidden="(?:1|true)"')
_INSERTED = re.compile(rb"<w:(?:ins|moveTo)\s")
_DELETED = re.compile(rb"<w:(?:del|moveFrom)\s")
_VANISHED = re.compile(rb"<w:vanish(?:\s[^>]*)?/?>")
_COMMENT = re.compile(rb"<(?:w:comment|(?:\w+:)?comment|p188:cm|p:cm)\s")
_OUTSIDE = re.compile(rb"<Relationship\s[^>]*TargetMode=[\"']External[\"'][^>]*>")
_LINKED = re.compile(rb"/hyperlink[\"']")
_COMMANDED = re.compile(rb"<w:instrText[^>]*>\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b", re.IGNORECASE)
_HIDDEN_SLIDE = re.compile(rb'<p:sld\s[^>]*\bshow="0"')


def look(raw: bytes) -> list[str]:
    """A sentence for each thing that a reader would not see and a finder could. What cannot be read says so."""
    kind = real_kind(raw)
    if kind == "pdf":
        return _in_pdf(raw)
    if kind in ("word", "word with macros", "sheet", "sheet with macros", "slides"):
        return _in_package(raw, kind)
    if kind in ("old office", "open document", "zip"):
        return ["What lies hidden in a file of this kind cannot be told here. Save it in a newer form, or as PDF."]
    return []


def _in_package(raw: bytes, kind: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            parts = {one.filename: one for one in package.infolist()[:MOST_PARTS] if one.file_size <= PART_BYTES}
            read = {name: _part(package, name) for name in parts if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        return ["It is damaged and could not be looked into."]
    found = ["It holds macros."] if "macros" in kind else []
    found += _acting(parts, read)
    if kind.startswith("word"):
        found += _in_word(read)
    elif kind.startswith("sheet"):
        found += _in_sheets(read)
    else:
        found += _in_slides(read)
    return found


def _acting(parts: Collection[str], read: dict[str, bytes]) -> list[str]:
    """What an office program would fetch, run or open when it is opened there; nothing of it happens here."""
    related = [
        tag for name, content in read.items() if name.endswith(".rels") for tag in _OUTSIDE.findall(content)
    ]
    body = b"".join(content for name, content in read.items() if name.startswith("word/"))
    return _told(
        (
            sum(not _LINKED.search(tag) for tag in related),
            "part that is fetched from elsewhere",
            "parts that are fetched from elsewhere",
        ),
        (sum("/embeddings/" in name for name in parts), "file inside it", "files inside it"),
        (
            len(_COMMANDED.findall(body)),
            "field that calls another program or file",
            "fields that call other programs or files",
        ),
        (
            sum("afchunk" in name.lower() or name.endswith((".mht", ".html", ".htm")) for name in parts),
            "web page inside it",
            "web pages inside it",
        ),
    )


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(PART_BYTES)


def _in_word(read: dict[str, bytes]) -> list[str]:
    body = b"".join(content for name, content in read.items() if name.startswith("word/"))
    comments = read.get("word/comments.xml", b"")
    return _told(
        (len(_INSERTED.findall(body)) + len(_DELETED.findall(body)), "tracked change"),
        (len(_COMMENT.findall(comments)), "comment"),
        (
            len(_VANISHED.findall(read.get("word/document.xml", b""))),
            "piece of hidden text",
            "pieces of hidden text",
        ),
    )


def _in_sheets(read: dict[str, bytes]) -> list[str]:
    tags = _SHEET.findall(read.get("xl/workbook.xml", b""))
    names = [found[1] for tag in tags if _HIDDEN_STATE.search(tag) and (found := _NAME.search(tag))]
    sheets = [content for name, content in read.items() if name.startswith("xl/worksheets/")]
    comments = [content for name, content in read.items() if "comments" in name.lower()]
    pivots = sum("pivotCacheRecords" in name for name in read)
    listed = ", ".join(f"“{html.unescape(name.decode('utf-8', 'replace'))}”" for name in names[:MOST_NAMED])
    hidden = [f"It has {len(names)} hidden sheet{'s' if len(names) > 1 else ''}: {listed}."] if names else []
    return hidden + _told(
        (sum(len(_HIDDEN_ROW.findall(one)) for one in sheets), "hidden row"),
        (
            sum(len(_HIDDEN_COLUMN.findall(one)) for one in sheets),
            "hidden run of columns",
            "hidden runs of columns",
        ),
        (sum(len(_COMMENT.findall(one)) for one in comments), "comment"),
        (pivots, "pivot table that carries its source", "pivot tables that carry their source"),
    )


def _in_slides(read: dict[str, bytes]) -> list[str]:
    slides = [content for name, content in read.items() if name.startswith("ppt/slides/")]
    notes = sum(name.startswith("ppt/notesSlides/notesSlide") for name in read)
    comments = [content for name, content in read.items() if name.startswith("ppt/comments/")]
    return _told(
        (sum(bool(_HIDDEN_SLIDE.search(one)) for one in slides), "hidden slide"),
        (notes, "page of notes", "pages of notes"),
        (sum(len(_COMMENT.findall(one)) for one in comments), "comment"),
    )


def _in_pdf(raw: bytes) -> list[str]:
    try:
        with opened(raw) as pdf:
            notes = sum(_notes_on(page) for page in list(pdf.pages)[:2_000])
            return _told((notes, "comment"), (len(pdf.attachments), "file inside it", "files inside it"))
    except Refused as refused:
        return [f"It could not be looked into: {refused.sentence}"]
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return ["It is damaged and could not be looked into."]


def _notes_on(page: Any) -> int:
    kinds = {"/Text", "/FreeText", "/Popup", "/Highlight", "/StrikeOut", "/Caret"}
    notes = [note for note in page.get("/Annots", []) if isinstance(note, pikepdf.Dictionary)]
    return sum(str(note.get("/Subtype", "")) in kinds - {"/Popup"} for note in notes)


def _told(*counts: Any) -> list[str]:
    """The counts that are not nought, as sentences."""
    found = []
    for count, one, *more in counts:
        several = more[0] if more else f"{one}s"
        if count:
            found.append(f"It has {count:,} {one if count == 1 else several}.")
    return found
