"""What was found by damaging files, each by its name, so that it is never found again."""

import io

import pikepdf
import pytest

from privateoffice.connectors.papers import hidden
from privateoffice.connectors.papers.tests import foreign
from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.refusals import Refused
from privateoffice.connectors.sheets.tests.workbooks import packed, table, workbook


@pytest.mark.hostile("C03")
def test_a_workbook_whose_beginning_was_cut_off_is_called_damaged():
    whole = workbook(table([["Surname", "Number"], ["Wrenholt", "00123"]]))
    for cut in (1, 64, 200):
        with pytest.raises(Refused) as refused:
            reading.read(whole[cut:], "a.xlsx")
        assert refused.value.sentence.startswith("This ")


@pytest.mark.hostile("D02")
def test_a_paper_with_a_note_that_is_nothing_is_looked_into():
    with pikepdf.open(io.BytesIO(foreign.saved(foreign.plain(1)))) as pdf:
        pdf.pages[0].obj["/Annots"] = pikepdf.Array(
            [None, 7, pikepdf.Dictionary({"/Subtype": pikepdf.Name("/Text")})]
        )
        assert hidden.look(foreign.saved(pdf)) == ["It has 1 comment."]


@pytest.mark.hostile("D05")
def test_a_word_file_with_a_part_that_does_not_unpack_is_called_damaged():
    raw = bytearray(packed({"word/document.xml": "<w:p/>" * 500}))
    start = raw.index(b"word/document.xml") + len(b"word/document.xml")
    raw[start : start + 8] = b"\xff" * 8
    assert hidden.look(bytes(raw)) == ["It is damaged and could not be looked into."]
