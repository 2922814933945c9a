"""Foreign sheets: kept as typed, hidden things pointed out, hostile and mislabelled files named and refused."""

import io
import struct
import time
import zipfile

import pytest

from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.refusals import Refused
from privateoffice.connectors.sheets.tests.workbooks import packed, parts, table, workbook

STYLES = """
<numFmts><numFmt numFmtId="170" formatCode="00000"/><numFmt numFmtId="171" formatCode="00000\\ 000000"/>
<numFmt numFmtId="172" formatCode="[h]:mm"/><numFmt numFmtId="173" formatCode="dd/mm/yyyy;@"/>
<numFmt numFmtId="174" formatCode="[$-809]d\\ mmmm\\ yyyy"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/>
<xf numFmtId="173"/><xf numFmtId="22"/><xf numFmtId="20"/><xf numFmtId="174"/></cellXfs>
"""


def sheet_of(raw, name="a.xlsx"):
    (sheet,) = reading.read(raw, name)["sheets"]
    return sheet


def cells(inside, **given):
    return sheet_of(workbook(f"<sheetData><row>{inside}</row></sheetData>", **given))["rows"][0][1]


def refusal(raw, name="a.xlsx"):
    with pytest.raises(Refused) as refused:
        reading.read(raw, name)
    return refused.value.sentence


@pytest.mark.hostile("C07", "C08")
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        *[('<c><v>123</v></c>', "123"), ('<c><v>0.30000000000000004</v></c>', "0.3")],
        *[('<c><v>1E5</v></c>', "100000"), ('<c t="str"><f>A1</f><v>x</v></c>', "x")],
        *[('<c><v>12345678901234567</v></c>', "12345678901234567"), ('<c><v>1.5E-7</v></c>', "0.00000015")],
        *[('<c s="2"><v>123</v></c>', "00123"), ('<c s="3"><v>1632960123</v></c>', "01632 960123")],
        *[('<c s="1"><v>46048</v></c>', "2026-01-26"), ('<c s="5"><v>46048</v></c>', "2026-01-26")],
        *[('<c s="8"><v>46048</v></c>', "2026-01-26")],
        *[('<c s="6"><v>46048.729166666664</v></c>', "2026-01-26 17:30")],
        ("<c s=\"7\"><v>0.7291666666666666</v></c>", "17:30"),
        *[('<c s="4"><v>1.1458333333333333</v></c>', "27:30")],
        *[('<c s="1"><v>59</v></c>', "1900-02-28"), ('<c s="1"><v>61</v></c>', "1900-03-01")],
        *[('<c s="1"><v>-3</v></c>', "-3"), ('<c t="b"><v>1</v></c>', "TRUE")],
        *[('<c t="d"><v>2026-01-26T00:00:00</v></c>', "2026-01-26")],
        *[('<c t="inlineStr"><is><t>MARCH1</t></is></c>', "MARCH1"), ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!")],
        *[('<c t="inlineStr"><is><t>01/02/2026</t></is></c>', "01/02/2026")],
        *[('<c><f>A1</f></c>', "not calculated"), ('<c><f>A1</f><v></v></c>', "not calculated")],
        *[('<c t="s"><v>0</v></c>', "two runs"), ('<c t="s"><v>1</v></c>', "line\r\nend")],
    ],
)  # fmt: skip
def test_a_cell_is_kept_as_it_was_typed(cell, text):
    strings = (
        '<si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r><rPh sb="0" eb="1"><t>aid</t></rPh></si>'
        "<si><t>line_x000D_\nend</t></si>"
    )
    assert cells(cell, styles=STYLES, strings=strings) == [text]


@pytest.mark.hostile("C07")
def test_days_counted_from_1904():
    assert cells('<c s="1"><v>44586</v></c>', styles=STYLES, workbook='<workbookPr date1904="1"/>') == [
        "2026-01-26"
    ]


@pytest.mark.hostile("C07")
def test_the_day_that_never_was_is_listed():
    sheet = sheet_of(workbook('<sheetData><row><c s="1"><v>60</v></c></row></sheetData>', styles=STYLES))
    assert sheet["doubtful"] == [
        {"cell": "A1", "value": "1900-02-29", "why": "29 February 1900 never was: Excel counts a day too many"}
    ]


@pytest.mark.hostile("C09")
def test_errors_and_what_was_never_calculated_are_listed():
    sheet = sheet_of(
        workbook('<sheetData><row r="7"><c r="C7"><f>A1</f></c><c r="D7" t="e"><v>#REF!</v></c></row></sheetData>')
    )
    assert (sheet["not_calculated"], sheet["errors"]) == (["C7"], ["D7"])


@pytest.mark.hostile("C04")
def test_a_sheet_that_lies_about_its_size_is_read_for_its_cells():
    inside = (
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row><row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData>'
    )
    began = time.monotonic()
    rows = sheet_of(workbook(inside))["rows"]
    assert [(number, len(texts), texts[-1]) for number, texts in rows] == [
        (1, 1, "1"),
        (2, 2, "2"),
        (1048576, 16384, "3"),
    ]
    assert time.monotonic() - began < 2


@pytest.mark.hostile("C10")
def test_hidden_and_merged_things_are_pointed_out():
    inside = (
        '<cols><col min="2" max="3" hidden="1"/></cols>'
        + table([["One", "Two", "Three"], ["a", "b", "c"]], hidden=(2,), merged=("A1:B1",))
        + '<autoFilter ref="A1:C2"/>'
    )
    book = reading.read(
        packed(parts([("Seen", "", inside), ("Unseen", 'state="veryHidden"', table([["x", "y"]]))])), "a.xlsx"
    )
    seen, unseen = book["sheets"]
    assert (seen["hidden_rows"], seen["hidden_columns"], seen["merged"]) == ([2], ["B", "C"], [(1, 0, 1, 1)])
    assert (seen["is_filtered"], seen["is_hidden"], unseen["is_hidden"]) == (True, False, True)


@pytest.mark.hostile("C10")
def test_headings_are_found_below_a_title_and_in_two_rows():
    rows = [
        ["Strength"],
        [],
        ["Person", "", "Post"],
        ["Surname", "Forename", "Title"],
        ["Wrenholt", "Anjali", "DS"],
    ]
    sheet = sheet_of(workbook(table(rows, merged=("A3:B3",))))
    assert (sheet["heading_rows"], sheet["headings"]) == (
        [3, 4],
        ["Person: Surname", "Person: Forename", "Post: Title"],
    )


@pytest.mark.hostile("C06")
def test_macros_and_links_are_left_out_and_said():
    made = parts([("Staff", "", table([["a", "b"]]))])
    kinds = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="v" Type="{kinds}" Target="vbaProject.bin"/>'
        '<Relationship Id="l" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>',
    )
    made["xl/vbaProject.bin"] = b"\xd0\xcf"
    assert reading.read(packed(made), "a.xlsm")["notes"] == [
        "Left out, and never run or followed: macros, links to other workbooks."
    ]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)
OUTSIDE = '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>'


@pytest.mark.hostile("C02")
@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/workbook.xml", "docProps/app.xml", "xl/worksheets/sheet1.xml"]
)
@pytest.mark.parametrize(
    "text",
    [f"{BOMB}]><x>&j;</x>", OUTSIDE, OUTSIDE.encode("utf-16"), f'<?xml version="1.0"?>\n<!-- x -->{BOMB}]><x/>'],
)
def test_entities_in_any_part_are_refused_at_once(part, text):
    began = time.monotonic()
    assert "not safe to open" in refusal(packed({**parts([("Staff", "", table([["a"]]))]), part: text}))
    assert time.monotonic() - began < 1


@pytest.mark.hostile("C02")
def test_a_schema_from_an_outside_address_is_refused():
    schema = '<MapInfo><Schema><x:schema xmlns:x="s"><x:import schemaLocation="http://127.0.0.1/"/></x:schema></Schema></MapInfo>'
    assert "outside address" in refusal(
        packed({**parts([("Staff", "", table([["a"]]))]), "xl/xmlMaps.xml": schema})
    )


@pytest.mark.hostile("C03")
def test_a_zip_bomb_is_stopped():
    made = parts([("Staff", "", table([["a"]]))])
    assert "hundred times its size" in refusal(packed({**made, "xl/media/a.bin": bytes(30_000_000)}))
    assert "200 MB" in refusal(packed({**made, "xl/media/a.bin": bytes(210_000_000)}))


@pytest.mark.hostile("C03")
def test_a_part_that_lies_about_its_size_is_refused():
    raw = packed({**parts([("Staff", "", table([["a"]]))]), "xl/media/a.bin": bytes(50_000_000)})
    lying = bytearray(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        info = package.getinfo("xl/media/a.bin")
    for place in (info.header_offset + 22, raw.rindex(b"xl/media/a.bin") - 22):
        assert struct.unpack_from("<I", lying, place) == (50_000_000,)
        struct.pack_into("<I", lying, place, 100)
    assert "damaged" in refusal(bytes(lying))


@pytest.mark.hostile("C03")
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_strange_part_names_are_refused():
    made = parts([("Staff", "", table([["a"]]))])
    assert "same name" in refusal(packed(made, more=[("xl/workbook.xml", "<x/>")]))
    assert "same name" in refusal(packed(made, more=[("XL/Workbook.xml", "<x/>")]))
    assert "written elsewhere" in refusal(packed(made, more=[("../../x", "x")]))
    assert "10,000 parts" in refusal(packed(made, more=[(f"xl/x{number}.bin", b"") for number in range(10_001)]))


@pytest.mark.hostile("C05")
@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"%PDF-1.7", "a.xlsx", "This is a PDF."),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "a.xls", "This is a web page, not a workbook."),
        (b"a,b\r\n1,2\r\n", "a.xlsx", "This is a text file with the name of a workbook."),
        (b"", "a.xlsx", "This file is empty."),
        (b"ID;PWXL;N;E\r\n", "a.csv", "This is an old SYLK file (.slk)."),
        (packed({"word/document.xml": "<x/>"}), "a.xlsx", "This is a zip file, not a workbook."),
        (
            packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
            "a.ods",
            "This is an Open",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"),
            "a.xlsx",
            "This workbook is prot",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument\0".encode("utf-16-le"),
            "a.xls",
            "This is an old Word",
        ),
        (workbook(table([["a", "b"]]))[:-60], "a.xlsx", "This workbook is damaged"),
        (workbook("<sheetData><row><c>"), "a.xlsx", "This workbook is damaged"),
        (
            workbook('<sheetData><row><c t="s"><v>9</v></c></row></sheetData>'),
            "a.xlsx",
            "This workbook is damaged",
        ),
    ],
)
def test_a_file_is_named_for_what_it_is_with_the_cure(raw, name, said):
    sentence = refusal(raw, name)
    assert sentence.startswith(said)
    assert any(cure in sentence for cure in ("Ask the sender", "Save As", "Unpack it", "remove the protection"))


def test_a_workbook_named_as_text_is_read_as_what_it_is():
    assert reading.read(workbook(table([["a", "b"]])), "a.csv")["notes"] == [
        "This is a workbook, though it is named as a text file. It was read as a workbook."
    ]


@pytest.mark.hostile("C14")
@pytest.mark.parametrize(
    "raw",
    [
        b"No,Name\r\n00123,Zo\xc3\xab\r\n",
        b"\xef\xbb\xbfNo,Name\n00123,Zo\xc3\xab\n",
        "No;Name\r\n00123;Zoë\r\n".encode("utf-16"),
        "No\tName\r00123\tZoë\r".encode("utf-16-le"),
        b"No;Name\r\n00123;Zo\xeb\r\n",
        b'sep=|\r\n"No"|"Name"\r\n"00123"|Zo\xc3\xab',
    ],
)
def test_text_files_of_every_kind_are_read_alike(raw):
    assert [texts for _, texts in sheet_of(raw, "a.csv")["rows"]] == [["No", "Name"], ["00123", "Zoë"]]


@pytest.mark.hostile("C08")
def test_cells_of_text_files_are_kept_as_typed():
    typed = ["00123", "12345678901234567", "1E5", "MARCH1", "01/02/2026", "two\nlines", 'say "no"', "a,b", " x "]
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in typed)
    assert sheet_of(quoted.encode(), "a.csv")["rows"] == [[1, typed]] or sheet_of(quoted.encode(), "a.csv")[
        "rows"
    ] == [(1, typed)]


@pytest.mark.hostile("C14")
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'a,b\r\n1,"2\r\n3,4\r\n', "Line 2 opens a quotation mark that is never closed."),
        (b'a,b\r\n1,"2" x\r\n3,4\r\n', "In the row that begins on line 2"),
        (b"a,b\r\n1,2\r\n3,\x004\r\n", "Line 3 holds a NUL character"),
        (b"a,b\n1,\x81\n", "Line 2 holds bytes that are no text."),
        (b"a,b\n" + b"x" * 2_000_000, "Line 2 holds more than a million characters"),
        (b"a,b\n" + b"x," * 20_000, "Line 2 is wider"),
        (b"\xff\xfea", "This file begins as UTF-16 text"),
    ],
)
def test_a_text_file_that_would_shift_is_refused_with_its_line(raw, said):
    assert refusal(raw, "a.csv").startswith(said)


def test_rows_that_may_have_shifted_are_listed():
    raw = b'a,b,c\n1,2,3\n1,"2\n1",2,3\n4,5,6,7\n"8\n9,9",9\n1,2,3\n'
    assert sheet_of(raw, "a.csv")["uneven_rows"] == [3, 5, 6]


def test_excel_2003_xml_is_read():
    raw = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
     xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Worksheet ss:Name="One"><Table><Column ss:Index="3" ss:Hidden="1"/>
    <Row><Cell ss:MergeAcross="1"><Data ss:Type="String">00123</Data></Cell>
    <Cell><Data ss:Type="Number">1.0</Data></Cell></Row>
    <Row ss:Index="5" ss:Hidden="1">
    <Cell ss:Index="2"><Data ss:Type="DateTime">2026-01-26T17:30:00.000</Data></Cell>
    <Cell ss:Formula="=A1"/><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row></Table></Worksheet></Workbook>"""
    sheet = sheet_of(raw.encode(), "a.xml")
    assert sheet["rows"] == [(1, ["00123", "", "1"]), (5, ["", "2026-01-26 17:30", "not calculated", "#REF!"])]
    assert (sheet["hidden_rows"], sheet["hidden_columns"], sheet["errors"]) == ([5], ["C"], ["D5"])


def test_the_office_reads_in_a_child_and_the_refusal_crosses():
    assert reading.rows(b"a,b\r\n1,2\r\n", "a.csv")["sheets"][0]["rows"] == [[1, ["a", "b"]], [2, ["1", "2"]]]
    with pytest.raises(reading.Unreadable, match="This is a PDF"):
        reading.rows(b"%PDF-1.7", "a.xlsx")
