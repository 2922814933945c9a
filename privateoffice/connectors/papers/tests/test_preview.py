"""What a foreign file would show, made anew: pages, pictures, words, and refusals with their reasons."""

import base64
import io
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from privateoffice.connectors.papers.opened import Refused
from privateoffice.connectors.papers.preview import LONGEST, SIDE, look
from privateoffice.connectors.papers.tests import foreign
from privateoffice.foundations.quarantine.reader import Unreadable, read_once

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f'<w:document xmlns:w="{MAIN}"><w:body>{{}}</w:body></w:document>'


def drawn(told: dict) -> list[Image.Image]:
    return [Image.open(io.BytesIO(base64.b64decode(one))) for one in told["pictures"]]


def picture(size: tuple[int, int] = (40, 20), format: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, format, **options)
    return out.getvalue()


def word(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", BODY.format(body) if "<!DOCTYPE" not in body else body)
    return out.getvalue()


def test_the_first_pages_of_a_pdf_are_drawn():
    told = look(foreign.saved(foreign.plain(5)))
    pages = drawn(told)
    assert (len(pages), told["count"], told["is_cut"]) == (3, 5, True)
    assert max(pages[0].size) == SIDE
    assert pages[0].getextrema() != ((255, 255),) * 3


def test_a_hostile_pdf_is_only_drawn_d01():
    raw = base64.b64decode(look(foreign.hostile())["pictures"][0])
    assert raw.startswith(b"\x89PNG")
    assert b"app.alert" not in raw


def test_a_picture_is_written_anew_without_where_it_was_taken_d07():
    exif = Image.Exif()
    exif[0x010E] = "Evidence room 4"
    exif[0x0112] = 6  # turned by a quarter
    (made,) = drawn(look(picture(exif=exif)))
    assert (made.size, made.format, dict(made.getexif())) == ((20, 40), "PNG", {})


@pytest.mark.parametrize("format", ["PNG", "GIF", "BMP", "TIFF", "WEBP"])
def test_pictures_of_every_kind_are_shown(format):
    (made,) = drawn(look(picture((3000, 10), format)))
    assert made.size[0] == SIDE


def test_a_picture_that_says_it_is_huge_is_refused_before_it_is_decoded_d07():
    huge = bytearray(picture((40, 20), "PNG"))
    huge[16:24] = (60_000).to_bytes(4, "big") * 2
    huge[29:33] = zlib.crc32(bytes(huge[12:29])).to_bytes(4, "big")
    with pytest.raises(Refused, match="million pixels"):
        look(bytes(huge))


def test_the_words_of_a_word_file_are_read_and_entities_are_not_d05():
    told = look(word("<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t></w:r></w:p><w:p><w:t>Three</w:t></w:p>"))
    assert told == {"kind": "word", "text": "One\ttwo\n\nThree", "is_cut": False}
    bomb = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY.format("<w:p><w:t>&a;</w:t></w:p>")
    assert "root:" not in look(word(bomb))["text"]


def test_a_word_file_that_unpacks_to_far_more_is_refused_c03():
    with pytest.raises(Refused, match="unpacks"):
        look(word(f"<w:p><w:t>{'a' * 30_000_000}</w:t></w:p>"))


def test_a_long_text_is_cut_and_says_so():
    told = look(("é" * (LONGEST + 5)).encode())
    assert (len(told["text"]), told["is_cut"]) == (LONGEST, True)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00program", "a program"),
        (b"<html><script>alert(1)</script>", "a web page"),
        (b"%PDF-1.7 half", "damaged"),
        (b"\x89PNG\r\n\x1a\nhalf", "damaged"),
        (foreign.locked(), "password"),
    ],
    ids=["nothing", "program", "page", "half a pdf", "half a picture", "locked"],
)
def test_what_cannot_be_shown_says_why(raw, reason):
    with pytest.raises(Refused, match=reason):
        look(raw)


def test_the_child_refuses_in_words():
    pdf = pikepdf.Pdf.new()
    with pytest.raises(Unreadable, match="damaged"):
        read_once("privateoffice.connectors.papers.preview:look", foreign.saved(pdf)[:60])
