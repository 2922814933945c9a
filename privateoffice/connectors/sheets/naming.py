"""Says by its content what a file is, whatever its name; what cannot be read is named, with the cure."""

import re

from privateoffice.connectors.sheets.calamine import PROTECTED
from privateoffice.connectors.sheets.package import Package
from privateoffice.connectors.sheets.refusals import Refused, other, too_big
from privateoffice.foundations.quarantine.limits import UPLOAD_BYTES

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ASK_FOR_IT = "Ask the sender for the workbook it was made from, as an Excel Workbook (.xlsx) or CSV UTF-8 (.csv)."
TEXT_ENDINGS = (".csv", ".tsv", ".txt", ".tab")
# The record that says "locked" stands right after the first of a workbook's stream, in either old version.
_LOCKED = re.compile(rb"\x09\x08(?:\x10\x00.{16}|\x08\x00.{8})(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
_BEGINNINGS = (
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "a Word (RTF) text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"MZ", "a program"),
)


def kind_of(raw: bytes) -> str:
    """One of zip, xls, xml, text. Raises Refused, with its true name, for a file that is no sheet."""
    if len(raw) > UPLOAD_BYTES:
        raise too_big("it is larger than 25 MB")
    if not raw.strip():
        raise Refused("This file is empty. Ask the sender to send it again.")
    for beginning, what in _BEGINNINGS:
        if raw.startswith(beginning):
            raise other(what, ASK_FOR_IT)
    if raw.startswith(b"PK"):
        return "zip"
    if raw.startswith(COMPOUND):
        return _kind_of_compound(raw)
    if re.match(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", raw):
        raise other("a very old Excel workbook (Excel 4 or older)")
    return _kind_of_text(raw)


def kind_of_package(package: Package) -> str:
    """One of xlsx, xlsb, ods. Raises Refused, with its true name, for other zips."""
    names = set(package.names())
    if "encryptedpackage" in names or "encryption.xml" in names:
        raise PROTECTED
    main = next((part.lower() for kind, part in package.relations("").values() if kind == "officeDocument"), "")
    folder = main.partition("/")[0]
    if main.endswith(".bin"):
        return "xlsb"
    if "workbook" in main or "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names:
        return _kind_of_open_document(package)
    if folder in {"word", "ppt", "visio"}:
        raise other(
            {"word": "a Word document", "ppt": "a PowerPoint presentation"}.get(folder, "a Visio drawing"),
            ASK_FOR_IT,
        )
    if any(name.endswith(".iwa") for name in names):
        raise other("an Apple Numbers document", "Export it from Numbers as Excel (.xlsx).")
    raise other("a zip file, not a workbook", "Unpack it, and choose the workbook inside.")


def _kind_of_open_document(package: Package) -> str:
    if "meta-inf/manifest.xml" in package:
        with package.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read():
                raise PROTECTED
    kind = b""
    if "mimetype" in package:
        with package.open("mimetype") as stream:
            kind = stream.read(200)
    if kind and b"spreadsheet" not in kind:
        raise other("an OpenDocument text, drawing or presentation", ASK_FOR_IT)
    return "ods"


def _kind_of_compound(raw: bytes) -> str:
    def holds(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in raw

    if holds("EncryptedPackage") or holds("\x06DataSpaces") or holds("\tDRMContent") or _LOCKED.search(raw):
        raise PROTECTED
    if holds("Workbook") or holds("Book") or holds("WORKBOOK") or holds("BOOK"):
        return "xls"
    if holds("WordDocument"):
        raise other("an old Word document", ASK_FOR_IT)
    if holds("PowerPoint Document"):
        raise other("an old PowerPoint presentation", ASK_FOR_IT)
    if holds("__properties_version1.0"):
        raise other("an Outlook message", "Open it in Outlook, and save the workbook that is attached to it.")
    raise other("an old Office file, not a workbook", ASK_FOR_IT)


def _kind_of_text(raw: bytes) -> str:
    head = _head(raw)
    if "urn:schemas-microsoft-com:office:spreadsheet" in head:
        return "xml"
    if re.match(
        r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|table|meta|script)\b", head, re.DOTALL
    ):
        raise other("a web page, not a workbook")
    if "office:mimetype" in head and "opendocument.spreadsheet" in head:
        raise other("a flat OpenDocument spreadsheet (.fods)")
    if head.startswith("<?xml") or re.match(r"<[a-z][\w:.-]*[\s>]", head):
        raise other("an XML file, not a workbook")
    if head.startswith("id;p"):
        raise other("an old SYLK file (.slk)")
    if re.match(r"table\s+0,1\s", head):
        raise other("an old data interchange file (.dif)")
    if re.match(r"(mime-version|content-type):", head):
        raise other("a web archive or a message, not a workbook")
    return "text"


def _head(raw: bytes) -> str:
    start = raw[:8_192]
    wide = start[:2] in {b"\xff\xfe", b"\xfe\xff"}
    return start.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n").lower()
