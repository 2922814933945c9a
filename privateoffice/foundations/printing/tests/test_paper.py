"""What is printed is read back with two other programs."""

# ruff: noqa: E501, T201
import io
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.foundations import printing
from privateoffice.foundations.printing.glyphs import covered, printable
from privateoffice.foundations.printing.tests.samples import (
    CHANGES,
    HOMICIDE,
    LETTER,
    PACK,
    SENSITIVE,
    STORY,
)
from privateoffice.foundations.registry.declarations import PackLine, PackPaper, PackPart

PLAIN = printing.Stamp(1)


def text_of(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as opened:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in opened]


def bands_of(pdf: bytes) -> list[tuple[str, str]]:
    """What stands in the top and the bottom 60 points of each page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        found = []
        for page in opened:
            width, height = page.get_size()
            text = page.get_textpage()
            found.append(
                (
                    text.get_text_bounded(0, height - 60, width, height),
                    text.get_text_bounded(0, 0, width, 60),
                )
            )
        return found


@cache
def printed() -> dict[str, bytes]:
    return {
        "letter": printing.letter(LETTER, office=HOMICIDE, marking=SENSITIVE),
        "report": printing.report(STORY, office=HOMICIDE, marking=SENSITIVE),
        "daypack": printing.daypack(replace(PACK, handling=SENSITIVE.handling)),
        "slip": printing.slip(
            1, "Board pack", "It is damaged.", kept="It is kept.", office=HOMICIDE, marking=SENSITIVE
        ),
    }


@pytest.mark.parametrize("name", ["letter", "report", "daypack", "slip"])
def test_a_paper_is_tagged_titled_and_claims_pdf_ua(name):
    with pikepdf.open(io.BytesIO(printed()[name])) as pdf:
        told = pdf.open_metadata()
        assert told["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert (str(pdf.Root.Lang), bool(pdf.Root.MarkInfo.Marked)) == ("en-GB", True)
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert "/StructTreeRoot" in pdf.Root
        assert (
            told["dc:title"]
            == {
                "letter": "Family liaison for your constituent",
                "report": "MP’s letter about family liaison for a constituent",
                "daypack": "Day pack for Tuesday 24 November 2026",
                "slip": "Board pack",
            }[name]
        )


@pytest.mark.parametrize("name", ["letter", "report", "daypack", "slip"])
def test_the_marking_and_its_handling_stand_above_and_below_on_every_page(name):
    for top, bottom in bands_of(printed()[name]):
        for band in (top, bottom):
            assert "OFFICIAL-SENSITIVE" in band
            assert "PERSONAL DATA. Recipients only" in band
        assert "Sample data" in bottom
        assert re.search(r"Page \d+ of \d+", bottom)


@pytest.mark.parametrize("name", ["letter", "report", "daypack"])
def test_every_font_is_embedded(name):
    with pikepdf.open(io.BytesIO(printed()[name])) as pdf:
        fonts = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        described = [font for font in fonts if font.get("/Type") == "/FontDescriptor"]
        assert described
        assert all("/FontFile2" in font or "/FontFile3" in font for font in described)
        assert all("SourceSans3" in str(font.FontName) for font in described)


def test_a_letter_says_all_that_it_was_given():
    text = " ".join(text_of(printing.letter(LETTER, office=HOMICIDE, marking=PLAIN)))
    said = [
        *LETTER.to, *LETTER.body, *LETTER.signed_as, *LETTER.enclosures, *LETTER.copies, *HOMICIDE.address,
        LETTER.salutation, LETTER.heading, LETTER.close, LETTER.signed_by, LETTER.reference, LETTER.your_reference,
        "24 November 2026", HOMICIDE.name, HOMICIDE.phone, HOMICIDE.email,
    ]  # fmt: skip
    assert [words for words in said if words not in text] == []
    assert "Sample data" not in text


def test_the_same_letter_gives_the_same_bytes():
    first, second = (printing.letter(LETTER, office=HOMICIDE, marking=PLAIN) for _ in range(2))
    assert first == second


@pytest.mark.hostile("D12")
@pytest.mark.parametrize(
    "name",
    [
        "Siân O’Brien-Müller",
        "Bobby #link(\"x\")[y] {{ settings }} & <b> $x$ `raw` @ref */_ ~ -- \\ \\u{41} #panic()",
        "محمد علي",
        "שלום כהן",
        "王小明",
        "Łukasz Żółć, Ελένη, Юлия, Nguyễn, አበበ, สมชาย, সুমন, ਗੁਰਪ੍ਰੀਤ",
        "A" * 80,
        "x" * 300,
        "\x00\x07\ufeff\ud800\U0001f600\ue000\u202e",
        "",
    ],
)  # fmt: skip
def test_any_name_prints_as_text(name):
    made = printing.letter(
        replace(LETTER, to=(name,), salutation=f"Dear {name}", heading=name, signed_by=name, body=(name,)),
        office=replace(HOMICIDE, name=name or "Office"),
        marking=PLAIN,
    )
    found = "".join("".join(text_of(made)).split())
    assert all(character in found for character in "".join(printable(name).split()) if character.isalnum())


# Drawn from two glyphs, each of which names the whole letter: readers of the page find it twice.
FOUND_TWICE = "\u01ec"
LATIN = st.text(
    st.sampled_from(sorted(c for c in covered() - {FOUND_TWICE} if c < "\u0250" and (c.isalnum() or c in " #$%&*@_`{}[]()<>|~^'\"\\/.,:;!?=+"))),
    min_size=1,
    max_size=200,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(LATIN)
def test_text_comes_back_as_it_was_given(words):
    made = printing.letter(replace(LETTER, body=(words,), heading=""), office=HOMICIDE, marking=PLAIN)
    assert "".join(printable(words).split()) in "".join("".join(text_of(made)).split())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_at_all_stops_the_press(one, other):
    letter = replace(LETTER, heading=one, body=(other, one), to=(other,), enclosures=(one,))
    assert printing.letter(letter, office=HOMICIDE, marking=printing.Stamp(2, other)).startswith(b"%PDF-")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=40), st.sampled_from(("decisions", "tomorrow", "briefs", "letters", "sent", "ahead")))
def test_no_text_at_all_stops_the_pack(words, place):
    line = PackLine(words, words, words, "late", words, words, words)
    pack = replace(PACK, parts=(PackPart(place, (line,), handling=words),), reader=words)
    assert printing.daypack(pack).startswith(b"%PDF-")


def test_page_one_of_the_pack_holds_the_decisions_and_the_day():
    first = text_of(printing.daypack(PACK))[0]
    wanted = [part for part in PACK.parts if part.place in ("decisions", "tomorrow")]
    assert [line.title for part in wanted for line in part.lines if line.title not in first] == []
    assert "Recommended: approve, version 3." in first
    assert "Page 1 of 18" in first  # five pages of ours, twelve of finance, one that says what could not be bound


def test_a_crowded_day_still_fits_page_one():
    hours = tuple(PackLine(f"Meeting {n}", "Room 4.12", f"{n}:15am", "well", body="Pack") for n in range(1, 15))
    asks = tuple(
        PackLine(f"Decision {n}", "Why in one sentence.", "Friday", "soon", body="agree.") for n in range(1, 7)
    )
    pack = replace(PACK, parts=(PackPart("decisions", asks), PackPart("tomorrow", hours)))
    first = text_of(printing.daypack(pack))[0]
    assert [line.title for line in (*hours, *asks) if line.title not in first] == []
    assert "In this pack" in first


def test_an_impossible_day_runs_on_and_loses_nothing():
    hours = tuple(PackLine(f"Meeting {n:03}", "Room", "9:00am", "well") for n in range(120))
    text = " ".join(text_of(printing.daypack(replace(PACK, parts=(PackPart("tomorrow", hours),)))))
    assert [line.title for line in hours if line.title not in text] == []


def test_the_pack_has_a_bookmark_for_each_section():
    with pikepdf.open(io.BytesIO(printing.daypack(PACK))) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        assert (top.title, [item.title for item in top.children]) == (
            "Tuesday 24 November 2026",
            [
                "3 decisions wanted", "Tomorrow, hour by hour", "Briefs and papers", "Letters to sign",
                "Sent in your name", "Overdue to you and by you", "On call", "Seven days ahead",
            ],
        )  # fmt: skip


def test_an_empty_pack_says_so_in_each_section():
    text = " ".join(text_of(printing.daypack(replace(PACK, parts=(), papers=()))))
    for sentence in (
        "Nothing waits for your decision.", "Nothing is in the diary for Tuesday 24 November 2026.",
        "No briefs or papers came for this pack.", "No letters wait for your signature.",
        "Nothing was sent in your name today.", "Nobody owes you anything that is overdue.",
        "You owe nothing that is overdue.", "Nobody is entered as on call.",
        "Nothing is in the diary for the seven days after.",
    ):  # fmt: skip
        assert sentence in text


def test_the_changes_come_first():
    pages = text_of(printing.daypack(replace(PACK, changes=CHANGES, changed_since=PACK.made_at)))
    assert "Since Monday 23 November 2026 at 5:00pm." in pages[0]
    positions = [pages[0].index(words) for words in ("Added", "Changed", "Removed")]
    assert positions == sorted(positions)
    assert "3 lines differ" in pages[1]


def test_a_pack_made_on_the_day_says_today():
    pack = replace(PACK, made_at=datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert "Today, hour by hour" in text_of(printing.daypack(pack))[0]


def test_the_pack_carries_the_highest_marking_inside():
    pack = replace(
        PACK,
        papers=(),
        parts=(PackPart("briefs", papers=(PackPaper("Threat", b"", 2, "LEGAL"),)), PackPart("sent", marking=1, handling="low")),
    )  # fmt: skip
    assert pack.stamp == printing.Stamp(2, "LEGAL", is_sample=True)


def test_a_marking_above_sensitive_is_not_printed():
    with pytest.raises(KeyError):
        printing.letter(LETTER, office=HOMICIDE, marking=printing.Stamp(3))


def test_more_than_a_thousand_pages_are_refused_in_a_sentence():
    letters = tuple(PackLine(f"Letter {n}", body="Dear Øyvind" + 200 * " thank you") for n in range(1_000))
    with pytest.raises(printing.NotPrinted) as refused:
        printing.daypack(replace(PACK, parts=(PackPart("letters", letters),)))
    assert str(refused.value) == (
        "This could not be printed: it would have more than 1,000 pages. Print a part of it."
    )


def test_a_long_register_is_the_same_made_in_a_child_process():
    rows = tuple((f"HOM/ENQ/2026/{n:05}", "Enquiry of a member of the public") for n in range(4_000))
    register = printing.Report(
        "Register", (printing.Section("All", table=printing.Table(("Reference", "What"), rows)),)
    )
    text = " ".join(text_of(printing.report(register, office=HOMICIDE, marking=PLAIN)))
    assert [row[0] for row in rows if row[0] not in text] == []


def test_what_typst_cannot_do_is_said_in_a_sentence():
    with pytest.raises(printing.NotPrinted) as refused:
        printing.letter(LETTER, office=replace(HOMICIDE, colour="no colour"), marking=PLAIN)
    assert str(refused.value).startswith("This could not be printed: ")


def test_a_wide_register_heads_its_columns_on_every_page():
    rows = tuple((f"HOM/ENQ/2026/{n:04}", "Enquiry", "12") for n in range(120))
    table = printing.Table(("Reference", "What", "Days"), rows, shares=(2, 4, 1), figures=(2,))
    register = printing.Report("Register", (printing.Section("Open", table=table),), is_wide=True)
    pages = text_of(printing.report(register, office=HOMICIDE, marking=PLAIN))
    assert len(pages) > 3
    assert all("Reference What Days" in page for page in pages)


def test_letters_are_printed_in_good_time(capsys):
    started = time.perf_counter()
    for number in range(50):
        printing.letter(
            replace(LETTER, reference=f"HOM/COM/2026/{number}", on=date(2026, 12, 1)),
            office=HOMICIDE,
            marking=PLAIN,
        )
    with capsys.disabled():
        print(f"\n50 letters in {time.perf_counter() - started:.2f} s")


@pytest.mark.parametrize("word", ["A" * 160, "homicide@" + "long." * 40 + "example", "ж" * 90])
def test_a_long_word_turns_over_at_the_edge_and_stays_one_word(word):
    made = printing.letter(replace(LETTER, body=(word,)), office=HOMICIDE, marking=PLAIN)
    assert word in "".join(text_of(made)[0].split())
    with pypdfium2.PdfDocument(made) as opened:
        text = opened[0].get_textpage()
        right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
    assert right <= 595 - 70
