"""Foreign papers are described, read, bound; nothing that they hold acts, and one never stops another."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from privateoffice.connectors import papers
from privateoffice.connectors.papers.kinds import real_kind
from privateoffice.connectors.papers.tests import foreign
from privateoffice.foundations import printing
from privateoffice.foundations.printing.tests.samples import HOMICIDE, PACK
from privateoffice.foundations.quarantine.reader import Unreadable


def text_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def paper(title: str, raw: bytes, marking: int = 1, handling: str = "") -> papers.Paper:
    return papers.Paper(title, raw, marking, handling)


def refusal(raw: bytes) -> str:
    return papers.ready([paper("A paper", raw)])[0].refused


@pytest.mark.hostile("D01")
def test_what_a_paper_would_do_is_named():
    assert papers.describe(foreign.hostile()) == papers.PaperFacts(
        kind="pdf",
        pages=3,
        actions=(
            "carries a file inside",
            "links to the web",
            "opens another file",
            "runs a script",
            "sends a form to an address",
            "starts a program",
        ),
    )


def test_a_plain_paper_does_nothing():
    facts = papers.describe(foreign.saved(foreign.plain(2)))
    assert (facts.kind, facts.pages, facts.encrypted, facts.actions, facts.trouble) == ("pdf", 2, "", (), "")


@pytest.mark.hostile("D06")
@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "empty"),
        (b"\x00" * 900, "empty"),
        (b"<!DOCTYPE html><html>", "page"),
        (b"{\\rtf1 hello}", "rtf"),
        (b"MZ\x90\x00", "program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old office"),
        (b"Dear Sir", "text"),
        (b"\xff\xd8\xff\xe0", "picture"),
    ],
)  # fmt: skip
def test_the_kind_is_judged_by_content(raw, kind):
    assert real_kind(raw) == kind


@pytest.mark.hostile("D03")
def test_an_owner_password_does_not_lock_a_paper_and_a_user_password_does():
    assert papers.describe(foreign.locked_for_owner()).encrypted == "owner"
    assert papers.describe(foreign.locked()).encrypted == "user"
    assert papers.text_of(foreign.locked_for_owner()) == "Foreign page 1\fForeign page 2"
    with pytest.raises(Unreadable) as refused:
        papers.text_of(foreign.locked())
    assert "it asks for a password" in str(refused.value)


@pytest.mark.hostile("D02", "D03", "D05")
def test_a_paper_that_cannot_be_bound_is_refused_with_the_reason_and_the_rest_goes_on():
    half = foreign.saved(foreign.plain())[:200]
    wanted = {
        "Locked": (foreign.locked(), "it asks for a password. Ask the sender for an open copy."),
        "Looping": (foreign.looping(), "it is damaged and could not be opened."),
        "Half a file": (half, "it is damaged and could not be opened."),
        "Bomb": (foreign.bomb(), "it unpacks to more than 37 MB."),
        "Giant picture": (foreign.giant_picture(), "it holds a picture of more than 50 million pixels."),
        "Thousand and one": (foreign.too_many_pages(), "it has 1,001 pages; a pack takes 1,000."),
        "Empty": (b"", "it is empty: it has no content at all."),
        "Web page": (b"<html>", "it is a web page, not a PDF."),
        "Large": (b"%PDF-1.7\n" + b" " * 26_214_400, "it is larger than 25 MB."),
        "Good": (foreign.saved(foreign.plain(2)), ""),
    }
    made = papers.ready([paper(title, raw) for title, (raw, _) in wanted.items()])
    assert {each.paper.title: each.refused for each in made} == {name: why for name, (_, why) in wanted.items()}
    assert [each.pages for each in made] == [1] * 9 + [2]


@pytest.mark.hostile("D02")
def test_a_paper_that_draws_itself_for_ever_is_refused_and_the_next_is_read():
    made = papers.ready([paper("Nested", foreign.nested_forms()), paper("Next", foreign.saved(foreign.plain(1)))])
    assert [each.refused for each in made] == ["it broke the program that reads such files.", ""]


@pytest.fixture(scope="module")
def pack():
    """The sample pack with a hostile paper, a locked one and one that lies on its side."""
    made = papers.ready(
        [
            paper("Finance pack", foreign.hostile()),
            paper("Threat assessment", foreign.locked(), 2, "LEGAL"),
            paper("Plan", foreign.saved(foreign.plain(1, rotate=90, box=(10, 10, 605, 852)))),
        ]
    )
    told = replace(PACK, papers=tuple(each.entry for each in made))
    return papers.bind(printing.daypack(told), made, office=HOMICIDE, marking=told.stamp)


def test_foreign_pages_stand_behind_ours_with_their_place_and_marking(pack):
    pages = text_of(pack)
    assert len(pages) == 10
    assert [n for n, page in enumerate(pages, start=1) if f"Page {n} of 10" not in page] == []
    assert [n for n, page in enumerate(pages, start=1) if page.count("OFFICIAL-SENSITIVE") < 2] == []
    assert "Foreign page 2" in pages[6]
    assert "Paper 1, page 2 of 3" in pages[6]
    assert "Paper 3, page 1 of 1" in pages[9]


def test_a_page_of_ours_says_what_could_not_be_bound_and_where_it_is(pack):
    assert text_of(pack)[8].count("Threat assessment") == 1
    assert "It asks for a password. Ask the sender for an open copy." in text_of(pack)[8]
    assert "The original is kept with its record." in text_of(pack)[8]
    assert "Could not be bound: it asks for a password." in text_of(pack)[1]


@pytest.mark.hostile("D01")
def test_nothing_hostile_came_along(pack):
    facts = papers.describe(pack)
    assert (facts.pages, facts.actions, facts.trouble) == (10, ("links to the web",), "")
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        addresses = [
            str(link.A.URI)
            for page in pdf.pages
            for link in page.get("/Annots", ())
            if "/A" in link and "/URI" in link.A
        ]
    assert addresses == ["https://www.example.org/"]


def test_links_lead_to_papers_and_within_them(pack):
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        contents = [
            places[link.A.D[0].objgen] for link in pdf.pages[1].Annots if "/A" in link and link.A.S == "/GoTo"
        ]
        inside = [places[link.Dest[0].objgen] for link in pdf.pages[5].Annots if "/Dest" in link]
    assert contents == [6, 9, 10]
    assert inside == [8]


def test_each_paper_has_a_bookmark_and_its_place_in_the_structure(pack):
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        top = pdf.Root.StructTreeRoot.K[0]
        sections = [str(kid.T) for kid in top.K if kid.get("/S") == "/Sect" and "/T" in kid]
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        last = pdf.pages[9]
        (paragraph,) = parents[int(last.StructParents)]
        assert paragraph.Pg.objgen == last.obj.objgen
        keys = [int(page.StructParents) for page in pdf.pages]
        assert len(set(keys)) == len(keys)
    assert titles == [
        "Tuesday 24 November 2026", "Paper 1: Finance pack", "Paper 2: Threat assessment", "Paper 3: Plan",
    ]  # fmt: skip
    assert sections == ["Finance pack", "Threat assessment", "Plan"]


def test_pdf_ua_is_claimed_only_where_all_pages_are_ours(pack):
    claim = "{http://www.aiim.org/pdfua/ns/id/}part"
    front = printing.daypack(replace(PACK, papers=()))
    with pikepdf.open(io.BytesIO(papers.bind(front, []))) as ours, pikepdf.open(io.BytesIO(pack)) as bound:
        assert (ours.open_metadata().get(claim), bound.open_metadata().get(claim)) == ("1", None)
        assert str(bound.Root.Lang) == "en-GB"


def test_the_bands_cover_nothing_of_a_page(pack):
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        upright, lying = [float(n) for n in pdf.pages[6].MediaBox], [float(n) for n in pdf.pages[9].MediaBox]
    assert upright == [0, -30, 595, 872]
    assert lying == [-20, 10, 635, 852]


def test_what_is_bound_is_the_same_each_time():
    made = papers.ready([paper("Paper", foreign.saved(foreign.plain(1), deterministic_id=True))])
    front = printing.daypack(replace(PACK, papers=tuple(each.entry for each in made)))
    assert papers.bind(front, made) == papers.bind(front, made)


def test_a_word_file_is_not_converted_without_libreoffice(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert refusal(b"{\\rtf1 hello}") == "it was not converted: LibreOffice is not installed here."


def test_a_converter_that_hangs_is_ended_and_one_that_works_is_used(tmp_path, monkeypatch):
    made = tmp_path / "made.pdf"
    made.write_bytes(foreign.saved(foreign.plain(1)))
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nfor last; do :; done\ncp {made} "${{last%.*}}.pdf"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert papers.ready([paper("Letter", b"{\\rtf1 hello}")])[0].pages == 1

    program.write_text(f"#!/bin/sh\nsleep 60 & echo $! > {tmp_path}/child\nwait\n")
    with pytest.raises(papers.NotConverted) as refused:
        papers.converted(b"{\\rtf1 hello}", "rtf", seconds=1)
    assert str(refused.value) == "it could not be converted within 1 seconds."
    child = int((tmp_path / "child").read_text())
    state = f"/proc/{child}/stat"
    try:
        with open(state) as told:
            assert told.read().split()[2] == "Z"
    except FileNotFoundError:
        pass


@pytest.mark.hostile("D04")
def test_a_macro_file_is_never_opened():
    with pytest.raises(papers.NotConverted) as refused:
        papers.converted(b"PK", "word with macros")
    assert str(refused.value) == "it was not converted: files of this kind are not opened here."


def test_a_scan_packed_in_a_way_only_pictures_are_is_bound_as_it_is():
    pdf = foreign.plain(1)
    scan = pikepdf.Stream(pdf, b"\x00\x01scan")
    scan.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1_000, Height=1_400,
        ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1, Filter=pikepdf.Name.JBIG2Decode,
    )  # fmt: skip
    pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Im=pdf.make_indirect(scan))
    (made,) = papers.ready([paper("Scan", foreign.saved(pdf))])
    assert made.refused == ""
    with pikepdf.open(io.BytesIO(made.pdf)) as bound:
        form = bound.pages[0].Resources.XObject.Paper
        assert form.Resources.XObject.Im.read_raw_bytes() == b"\x00\x01scan"
