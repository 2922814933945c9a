"""Word templates of an office: what they may hold, and letters filled by them."""

import io
import zipfile

import docx
import pytest

from privateoffice.connectors.papers.fields import NEEDED
from privateoffice.connectors.papers.opened import Refused
from privateoffice.connectors.papers.wording import fields, fill

ALL = " ".join(f"{{{{ {name} }}}}" for name in NEEDED)


def template(*paragraphs: str, header: str = "", author: str = "") -> bytes:
    document = docx.Document()
    for words in paragraphs or (ALL,):
        document.add_paragraph(words)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    document.core_properties.author = author
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def added(raw: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


def filled(raw: bytes, **said) -> docx.document.Document:
    return docx.Document(io.BytesIO(fill(raw, said)))


def test_the_fields_of_a_template_are_listed_wherever_they_stand():
    raw = template("{{ text }} {{signed_by}}", "{{ reference }} {{ subject }}", header="{{ marking }}")
    assert fields(raw) == ["text", "reference", "signed_by", "marking", "subject"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (template("{{ text }} {{ reference }}"), "lacks {{ signed_by }}, {{ marking }}"),
        (template(ALL, "{{ settings }}"), "no field"),
        (template(ALL, "{{ text.__class__ }}"), "no field"),
        (template(ALL, "{% for a in b %}{% endfor %}"), "no field"),
        (template(ALL, header="{{ 7 * 7 }}"), "no field"),
        (template(ALL, author="{{ cycler }}"), "no field"),
        (added(template(), "word/vbaProject.bin", b"x"), "macros"),
        (added(template(), "word/embeddings/one.bin", b"x"), "embedded"),
        (added(template(), "word/more.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "definitions"),
        (added(template(), "word/more.xml", b"<w:altChunk r:id='1'/>"), "takes in another file"),
        (added(template(), "word/more.xml", b"<w:instrText> DDEAUTO c:\\cmd</w:instrText>"), "fetches"),
        (added(template(), "word/_rels/settings.xml.rels", b'<Relationship TargetMode="External"/>'), "elsewhere"),
        (added(template(), "word/big.xml", b"a" * 30_000_000), "unpacks"),
        (b"%PDF-1.7", "a PDF"),
        (b"", "empty"),
        (template()[:900], "damaged|zip"),
    ],
)
def test_what_does_more_than_show_is_refused_d04_d13(raw, reason):
    with pytest.raises(Refused, match=reason):
        fields(raw)


def test_a_letter_is_filled_and_each_paragraph_is_one_d12():
    raw = template("{{ reference }}", "{{ text }}", "{{ signed_by }}", header="{{ marking }}")
    said = ["Dear <b>Ann</b> & Bob {{ marking }}", "Second {% x %}"]
    made = filled(raw, text=said, reference="HOM/DRA/2026/0001", signed_by="I. Carraway", marking="OFFICIAL")
    assert [one.text for one in made.paragraphs] == ["HOM/DRA/2026/0001", *said, "I. Carraway"]
    assert made.sections[0].header.paragraphs[0].text == "OFFICIAL"


def test_the_same_letter_has_the_same_bytes_and_another_has_others():
    raw = template()
    assert fill(raw, {"text": ["One"]}) == fill(raw, {"text": ["One"]}) != fill(raw, {"text": ["Two"]})


def test_control_characters_do_not_break_a_letter_e04():
    assert "a b" in filled(template(), text=["a\x07b\x00"]).paragraphs[0].text
