"""What a foreign file would show, made anew by us: pages and pictures as PNG, words as text. Runs in the child.

Nothing of the file's own bytes is passed on: nothing in it can run, be fetched, or tell where it was taken.
"""

import base64
import io
import zipfile
from typing import Any

import pypdfium2
from lxml import etree
from PIL import Image, ImageOps

from privateoffice.connectors.papers.kinds import WORDS, real_kind
from privateoffice.connectors.papers.opened import Refused, opened, refuse_bombs
from privateoffice.foundations.quarantine.limits import IMAGE_PIXELS, MEGABYTE, UNPACK_RATIO, UPLOAD_BYTES

PAGES = 3
LONGEST = 30_000
SIDE = 1_200
"""Pixels of the longer side of what is shown."""

TOO_MANY_PIXELS = f"It has more than {IMAGE_PIXELS // 1_000_000} million pixels."
PART_BYTES = 20 * MEGABYTE
FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def look(raw: bytes) -> dict[str, Any]:
    """`kind`, and for what is shown `pictures` (base64 PNG) or `text`, with `is_cut` where there is more.

    Of a sheet only the kind is said: another child reads sheets. Raises Refused with the reason.
    """
    if len(raw) > UPLOAD_BYTES:
        raise Refused(f"It is larger than {UPLOAD_BYTES // MEGABYTE} MB.")
    kind = real_kind(raw)
    kind = "picture" if (kind == "unknown" and raw[:2] == b"BM") or _is_webp(raw) else kind
    maker = {"pdf": _pages, "picture": _picture, "word": _word, "word with macros": _word, "text": _text}.get(kind)
    if maker:
        return {"kind": kind, **maker(raw)}
    if kind in ("sheet", "sheet with macros"):
        return {"kind": "sheet"}
    raise Refused(f"It is {WORDS[kind]}. Files of this kind are not shown here.")


def _is_webp(raw: bytes) -> bool:
    return raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"


def _pages(raw: bytes) -> dict[str, Any]:
    with opened(raw) as pdf:
        refuse_bombs(pdf, len(raw))
    try:
        with pypdfium2.PdfDocument(raw) as shown:
            count = len(shown)
            return {
                "pictures": [_page(shown, at) for at in range(min(count, PAGES))],
                "is_cut": count > PAGES,
                "count": count,
            }
    except pypdfium2.PdfiumError:
        raise Refused("It is damaged and could not be drawn.") from None


def _page(shown: pypdfium2.PdfDocument, at: int) -> str:
    page = shown[at]
    longer = max(page.get_size())
    picture = page.render(scale=SIDE / longer if longer > 1 else 1).to_pil()
    page.close()
    return _png(picture)


def picture(raw: bytes) -> dict[str, Any]:
    """A picture alone, drawn anew: its own `width` and `height`, and the new one as `kind` and `content` (base64).

    What came as a photograph stays one; everything else becomes a PNG. Raises Refused where it is no picture.
    """
    drawn, (width, height), came_as = _drawn(raw)
    kind = "JPEG" if came_as == "JPEG" else "PNG"
    content = _written(drawn, kind)
    return {"width": width, "height": height, "kind": f"image/{kind.lower()}", "content": content}


def _picture(raw: bytes) -> dict[str, Any]:
    return {"pictures": [_png(_drawn(raw)[0])], "is_cut": False, "count": 1}


def _drawn(raw: bytes) -> tuple[Image.Image, tuple[int, int], str]:
    """Decoded only when it says that it is small enough, and without what else it carried.

    Returns it no larger than SIDE, with its own size and the format in which it came.
    """
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            size, came_as = picture.size, picture.format or ""
            if picture.width * picture.height > IMAGE_PIXELS:
                raise Refused(TOO_MANY_PIXELS)
            picture.draft("RGB", (SIDE, SIDE))
            turned = ImageOps.exif_transpose(picture)
            turned.thumbnail((SIDE, SIDE))
            return turned, size, came_as
    except Image.DecompressionBombError:
        raise Refused(TOO_MANY_PIXELS) from None
    except (OSError, ValueError, SyntaxError):
        raise Refused("It is damaged and could not be drawn.") from None


def _png(picture: Image.Image) -> str:
    return _written(picture, "PNG")


def _written(picture: Image.Image, format: str) -> str:
    """The bare pixels on white, in base64: nothing else that the picture carried goes along."""
    bare = Image.new("RGB", picture.size, "white")
    seen = picture.convert("RGBA")
    bare.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    bare.save(out, format)
    return base64.b64encode(out.getvalue()).decode()


def _text(raw: bytes) -> dict[str, Any]:
    return _cut(raw[: LONGEST * 4].decode("utf-8-sig", "replace"))


def _word(raw: bytes) -> dict[str, Any]:
    """The paragraphs of the text proper, without looking anything up that the file names."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            size = package.getinfo("word/document.xml").file_size
            if size > min(PART_BYTES, max(MEGABYTE, len(raw) * UNPACK_RATIO)):
                raise Refused("Its text unpacks to more than is read here.")
            with package.open("word/document.xml") as part:
                content = part.read(PART_BYTES)
    except (KeyError, zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        raise Refused("It is damaged and could not be opened.") from None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        raise Refused("It is damaged and could not be read.") from None
    return _cut("\n\n".join(filter(None, map(_paragraph, root.iter(f"{_W}p")))))


def _paragraph(element: Any) -> str:
    words = {f"{_W}t": lambda one: one.text or "", f"{_W}tab": lambda _: "\t", f"{_W}br": lambda _: "\n"}
    return "".join(words[one.tag](one) for one in element.iter(*words)).strip()


def _cut(text: str) -> dict[str, Any]:
    plain = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return {"text": plain[:LONGEST], "is_cut": len(plain) > LONGEST}
