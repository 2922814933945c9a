"""What a file really is, judged by its content and never by its name. Runs in the child."""

import io
import zipfile

WORDS = {
    "pdf": "a PDF",
    "word": "a Word file",
    "word with macros": "a Word file with macros",
    "sheet": "an Excel workbook",
    "sheet with macros": "an Excel workbook with macros",
    "slides": "a PowerPoint file",
    "open document": "an OpenDocument file",
    "old office": "an Office file of the old kind",
    "rtf": "a rich text file",
    "page": "a web page",
    "picture": "a picture",
    "zip": "a zip archive",
    "program": "a program",
    "text": "plain text",
    "empty": "empty",
    "unknown": "of a kind that is not known here",
}
CONVERTED = {
    "word": "docx", "sheet": "xlsx", "slides": "pptx",
    "open document": "odt", "old office": "doc", "rtf": "rtf",
}  # fmt: skip
_STARTS = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
_PACKAGES = (
    ("word/vbaProject.bin", "word with macros"),
    ("xl/vbaProject.bin", "sheet with macros"),
    ("word/document.xml", "word"),
    ("xl/workbook.xml", "sheet"),
    ("xl/workbook.bin", "sheet"),
    ("ppt/presentation.xml", "slides"),
)


def real_kind(raw: bytes) -> str:
    """One of the keys of WORDS."""
    if not raw.strip(b"\x00 \r\n\t"):
        return "empty"
    kind = next((kind for start, kind in _STARTS if raw.startswith(start)), "")
    if kind == "zip":
        return _package(raw)
    return kind or ("pdf" if _is_pdf_with_a_bad_start(raw) else _written(raw[:4096]))


def also(raw: bytes) -> str:
    """The second kind of a file that is two things at once, or nothing."""
    if raw.startswith(b"%PDF-") and b"PK\x05\x06" in raw[-66_000:] and zipfile.is_zipfile(io.BytesIO(raw)):
        return "zip"
    if not raw.startswith(b"%PDF-") and b"%PDF-" in raw[:1024] and raw.startswith((b"PK", b"MZ", b"\xff\xd8")):
        return "pdf"
    return ""


def _is_pdf_with_a_bad_start(raw: bytes) -> bool:
    """Something stands before the header, or the header is worn away and the tail shows what it was."""
    return b"%PDF-" in raw[:1024] or (raw.startswith(b"%") and b" obj" in raw and b"startxref" in raw[-2048:])


def _package(raw: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            names = set(package.namelist()[:10_000])
    except (zipfile.BadZipFile, ValueError, OSError):
        return "zip"
    if "mimetype" in names and "content.xml" in names:
        return "open document"
    return next((kind for name, kind in _PACKAGES if name in names), "zip")


def _written(start: bytes) -> str:
    head = start.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<script")):
        return "page"
    return "unknown" if b"\x00" in start else _decodes(start)


def _decodes(start: bytes) -> str:
    try:
        start[:4000].decode("utf-8")
    except UnicodeDecodeError as fault:
        if fault.start < len(start[:4000]) - 4:
            return "unknown"
    return "text"
