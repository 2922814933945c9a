"""What we write runs nowhere, comes back as it was, and is whole or not there."""

import io
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.harmless import text_for_sheet, text_from_sheet
from privateoffice.connectors.sheets.writing import DoesNotFit, csv_lines, write_csv, write_xlsx

HOSTILE = [
    *[
        "=1+1",
        "+44 7700 900123",
        "-1+1",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1",
        "=cmd|' /C calc'!A0",
        "'=1+1",
        "''-1",
        " =1",
    ],
    *[
        "＝1+1",
        '=HYPERLINK("http://example.com")',
        "'plain",
        "it's",
        "00123",
        "12345678901234567",
        "1E5",
        "MARCH1",
    ],
    *["01/02/2026", "=", "TRUE", "_x000D_", "a\nb", 'say "no"', "a,b;c", "  spaced  ", "Ó Brien-Müller", "#REF!"],
]
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufffe\uffff"), max_size=60)


def back(write, columns, rows, name):
    file = io.BytesIO()
    assert write(file, columns, rows) == len(rows)
    (sheet,) = reading.read(file.getvalue(), name)["sheets"]
    return [cells + [""] * (len(columns) - len(cells)) for _, cells in sheet["rows"]]


@pytest.mark.hostile("C01")
@pytest.mark.parametrize(("write", "name"), [(write_csv, "a.csv"), (write_xlsx, "a.xlsx")])
def test_texts_come_back_as_they_were(write, name):
    columns = ["Number", "Note"]
    rows = [[f"{number}", text] for number, text in enumerate(HOSTILE)]
    assert back(write, columns, rows, name) == [columns, *rows]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, texts), max_size=4))
@example([("'", "'''=\r\n"), ("\r", "\x1f;")])
def test_any_texts_come_back_as_they_were(pairs):
    columns, rows = ["No", "One", "Two"], [[f"r{number}", *pair] for number, pair in enumerate(pairs)]
    assert back(write_csv, columns, rows, "a.csv") == [columns, *rows]
    assert back(write_xlsx, columns, rows, "a.xlsx") == [columns, *rows]


@pytest.mark.hostile("C01")
@given(texts)
def test_no_cell_of_csv_begins_with_what_runs(text):
    out = text_for_sheet(text)
    assert not out.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not out.startswith(("\t", "\r", "\n"))
    assert text_from_sheet(out) == text


@pytest.mark.hostile("C01")
def test_a_workbook_holds_no_formula_and_no_link():
    file = io.BytesIO()
    write_xlsx(file, ["=1+1"], [[text] for text in HOSTILE], marking="OFFICIAL-SENSITIVE")
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet.lower().replace("=hyperlink", "")
        assert sheet.count("OFFICIAL-SENSITIVE") == 2
        assert not any("rels" in name and "sheet1" in name for name in parts.namelist())


def test_days_moments_and_numbers_come_back():
    values = [
        *[
            date(2026, 2, 1),
            date(1900, 1, 5),
            datetime(2026, 7, 1, 22, 30, tzinfo=UTC),
            time(17, 5),
            True,
            None,
            "",
        ],
        *[12, -3.5, 12345678901234567, Decimal("10.10"), 0],
    ]
    expected = [
        *["2026-02-01", "1900-01-05", "2026-07-01 23:30", "17:05", "TRUE", "", ""],
        *["12", "-3.5", "12345678901234567", "10.1", "0"],
    ]
    columns = [f"c{number}" for number in range(len(values))]
    assert back(write_xlsx, columns, [values], "a.xlsx")[1] == expected
    assert back(write_csv, columns, [values], "a.csv")[1] == [*expected[:-2], "10.10", "0"]


@pytest.mark.hostile("C15")
def test_half_a_file_is_never_left(tmp_path):
    def rows():
        yield ["one"]
        raise OSError("the line was cut")

    for write in (write_csv, write_xlsx):
        place = tmp_path / "export"
        place.write_text("yesterday's")
        file = io.BytesIO()
        for target in (place, file):
            with pytest.raises(OSError, match="the line was cut"):
                write(target, ["a"], rows())
        assert (place.read_text(), file.getvalue(), len(list(tmp_path.iterdir()))) == ("yesterday's", b"", 1)


def test_a_text_that_no_cell_holds_is_said_with_its_place(tmp_path):
    with pytest.raises(DoesNotFit, match="Cell B3 would hold 32,768"):
        write_xlsx(tmp_path / "a.xlsx", ["a", "b"], [["", ""], ["", "x" * 32_768]])


@pytest.mark.hostile("C15")
def test_a_long_sheet_is_written_row_by_row():
    taken = []

    def rows():
        for number in range(1_000):
            taken.append(number)
            yield [number]

    lines = csv_lines(["a"], rows())
    assert next(lines) + next(lines) + next(lines) == "\ufeffa\r\n0\r\n".encode()
    assert taken == [0]
