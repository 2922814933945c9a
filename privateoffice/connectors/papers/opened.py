"""Foreign PDFs are opened here, with the reasons why one cannot be. Runs in the child."""

import io
import warnings
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from privateoffice.connectors.papers.kinds import WORDS, real_kind
from privateoffice.foundations.quarantine.limits import (
    IMAGE_PIXELS,
    MEGABYTE,
    UNPACK_RATIO,
    UNPACKED_BYTES,
    UPLOAD_BYTES,
)

PAPER_PAGES = 1_000
PLAIN_BYTES = 20 * MEGABYTE  # so much may unpack from anything; the ratio counts beyond it
OBJECTS = 400_000


class Refused(Exception):
    """Why the paper is not taken: the rest of a sentence that begins with its name."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.sentence = reason


def opened(raw: bytes) -> pikepdf.Pdf:
    """The PDF, or Refused with the reason."""
    if len(raw) > UPLOAD_BYTES:
        raise Refused(f"it is larger than {UPLOAD_BYTES // MEGABYTE} MB.")
    kind = real_kind(raw)
    if kind == "empty":
        raise Refused("it is empty: it has no content at all.")
    if kind != "pdf":
        raise Refused(f"it is {WORDS[kind]}, not a PDF.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pikepdf.open(io.BytesIO(raw), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Refused("it asks for a password. Ask the sender for an open copy.") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError) as fault:
        if "encrypt" in str(fault).lower():
            raise Refused("it is encrypted in a way that cannot be read here.") from None
        raise Refused("it is damaged and could not be opened.") from None
    except (ValueError, TypeError, KeyError, AttributeError, RuntimeError, OverflowError):
        raise Refused("it is damaged and could not be opened.") from None


def pages_of(pdf: pikepdf.Pdf) -> list[pikepdf.Page]:
    """All pages, if the paper says how many it has and has them."""
    try:
        said = pdf.Root.Pages.get("/Count")
        pages = list(pdf.pages)
    except Exception:  # qpdf finds loops, missing kids and wrong types here, each in its own words
        raise Refused("it is damaged: its list of pages cannot be followed.") from None
    if not pages:
        raise Refused("it is damaged: it has no pages.")
    if len(pages) > PAPER_PAGES:
        raise Refused(f"it has {len(pages):,} pages; a pack takes {PAPER_PAGES:,}.")
    if isinstance(said, int) and said > len(pages):
        raise Refused(f"it is damaged: it says {said:,} pages and {len(pages):,} could be found.")
    return pages


def refuse_bombs(pdf: pikepdf.Pdf, size: int) -> None:
    """Refused, if the streams unpack beyond the ceilings or a picture is too large."""
    ceiling = min(UNPACKED_BYTES, max(PLAIN_BYTES, size * UNPACK_RATIO))
    left = ceiling
    for stream in streams(pdf):
        if pixels(stream) > IMAGE_PIXELS:
            raise Refused(f"it holds a picture of more than {IMAGE_PIXELS // 1_000_000} million pixels.")
        left -= unpacked(stream, left)
        if left <= 0:
            raise Refused(f"it unpacks to more than {ceiling // MEGABYTE} MB.")


def streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Every stream in the file, up to a number of objects that no honest paper reaches."""
    for count, thing in enumerate(pdf.objects):
        if count > OBJECTS:
            raise Refused(f"it has more than {OBJECTS:,} parts.")
        if isinstance(thing, pikepdf.Stream):
            yield thing


def pixels(stream: pikepdf.Stream) -> int:
    """Width times height of a picture, 0 for any other stream."""
    if stream.get("/Subtype") != pikepdf.Name.Image:
        return 0
    width, height = stream.get("/Width"), stream.get("/Height")
    return width * height if isinstance(width, int) and isinstance(height, int) else 0


def unpacked(stream: pikepdf.Stream, ceiling: int) -> int:
    """How many bytes the stream unpacks to, counted no further than just over the ceiling."""
    names = _filters(stream)
    try:
        raw = stream.read_raw_bytes()
    except pikepdf.PdfError:
        return 0
    if not names or names[0] not in ("/FlateDecode", "/Fl"):
        return len(raw)
    size, inner = _inflated(raw, ceiling, keep=len(names) > 1 and names[1] in ("/FlateDecode", "/Fl"))
    return size if inner is None or size > ceiling else size + _inflated(inner, ceiling - size, keep=False)[0]


def _inflated(raw: bytes, ceiling: int, *, keep: bool) -> tuple[int, bytes | None]:
    packed = zlib.decompressobj()
    size, kept, rest = 0, bytearray(), raw
    while rest and size <= ceiling:
        try:
            piece = packed.decompress(rest, MEGABYTE)
        except zlib.error:
            break
        size += len(piece)
        kept += piece if keep else b""
        rest = packed.unconsumed_tail
        if not piece:
            break
    return size, bytes(kept) if keep else None


def _filters(stream: pikepdf.Stream) -> list[str]:
    found: Any = stream.get("/Filter")
    if isinstance(found, pikepdf.Name):
        return [str(found)]
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else []
