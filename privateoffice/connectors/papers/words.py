"""The text of a foreign PDF. Runs in the child."""

import io

import pikepdf
import pypdfium2

from privateoffice.connectors.papers.kinds import WORDS, real_kind
from privateoffice.connectors.papers.opened import PAPER_PAGES, Refused, opened

CHARACTERS = 5_000_000


def words(raw: bytes) -> str:
    """All text, pages parted by a form feed, up to the ceilings on pages and characters."""
    kind = real_kind(raw)
    if kind != "pdf":
        raise Refused(f"it is {WORDS[kind]}, not a PDF.")
    try:
        return _read(raw)
    except pypdfium2.PdfiumError:
        return _read_again(raw)


def _read(raw: bytes) -> str:
    with pypdfium2.PdfDocument(raw) as pdf:
        return _joined(pdf)


def _read_again(raw: bytes) -> str:
    """Another reader repairs it or finds that no password is needed, or says why not."""
    out = io.BytesIO()
    try:
        with opened(raw) as pdf:
            pdf.save(out)
        return _read(out.getvalue())
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as fault:
        raise Refused("it is damaged and could not be opened.") from fault


def _joined(pdf: pypdfium2.PdfDocument) -> str:
    held: list[str] = []
    left = CHARACTERS
    for number in range(min(len(pdf), PAPER_PAGES)):
        if left <= 0:
            break
        text = _page(pdf, number)[:left]
        held.append(text)
        left -= len(text)
    return "\f".join(held).encode("utf-8", "replace").decode()


def _page(pdf: pypdfium2.PdfDocument, number: int) -> str:
    """A page that cannot be read gives nothing; the others are read."""
    try:
        page = pdf[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ""
    found = text.get_text_range().replace("\r\n", "\n").replace("\ufffe", "-")
    text.close()
    page.close()
    return found
