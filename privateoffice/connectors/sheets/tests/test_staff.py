"""Staff lists: headings matched when sure and asked about when not, every fault of every row, no person lost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.matching import SYNONYMS, amiss, choices_of, field_of
from privateoffice.connectors.sheets.staff import Unreadable, staff_in
from privateoffice.connectors.sheets.staff_row import read_day
from privateoffice.connectors.sheets.tests.workbooks import packed, parts, table, workbook
from privateoffice.foundations.quarantine.reader import Reader

HEADINGS = ["Warrant No", "Pay number", "Surname", "Forename", "Rank/Grade", "Unit/Team", "Line manager", "Email"]
HEADINGS += ["Start date", "Leaving date", "Post"]
ROW = [
    "WX90001",
    "00123",
    "O'Quillmarsh",
    "Zoë Ann",
    "DCI",
    "MIT 91",
    "Imogen Calderwick",
    "zoe@specialist-crime.example",
]
ROW += ["26/01/2020", "", "Senior investigating officer"]


@pytest.fixture(scope="module")
def child():
    with Reader(reading.FUNCTION) as reader:
        yield reader


@pytest.fixture
def staff(child):
    def read(rows, **given):
        answers = {name: given.pop(name) for name in ("agreed", "with_hidden") if name in given}
        return staff_in(workbook(table(rows, **given)), "staff.xlsx", reader=child, **answers)

    return read


def csv_of(rows):
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode()


def test_a_person_is_read_as_typed(staff, child):
    found = staff([HEADINGS, ROW])
    (person,) = found.rows
    assert (found.faults, found.stops, found.unused, found.left_out, found.is_sound) == ([], [], [], [], True)
    assert [person.warrant_number, person.pay_number, person.name, person.rank, person.unit, person.post] == [
        *["WX90001", "00123", "Zoë Ann O'Quillmarsh", "DCI", "MIT 91", "Senior investigating officer"]
    ]
    assert (person.joined_on, person.left_on, person.row) == (date(2020, 1, 26), None, 2)
    (same,) = staff_in(csv_of([HEADINGS, ROW]), "staff.csv", reader=child).rows
    assert (same.name, same.pay_number, same.joined_on) == (person.name, person.pay_number, person.joined_on)


@pytest.mark.hostile("C11")
def test_order_and_slips_of_headings_do_not_matter(staff):
    found = staff(
        [["Post", "Warant No.", "SURNAME", "e-mail", "Line Manger"], ["SIO", "WX90002", "Wrenholt", "", "x"]]
    )
    assert [(column, meant) for _, column, _, meant in found.mapped] == [
        *[("A", "post"), ("B", "warrant_number"), ("C", "surname"), ("D", "email"), ("E", "line_manager")]
    ]
    assert found.is_sound


@pytest.mark.hostile("C11")
def test_an_unsure_heading_is_asked_about_and_the_answer_taken(staff):
    rows = [["Staff No", "Name", "Learning date", "Shoe size"], ["00042", "Tobias Fennimarsh", "", "9"]]
    found = staff(rows)
    assert [(doubt.column, doubt.choices) for doubt in found.doubtful] == [
        ("A", ("warrant_number", "pay_number")),
        ("C", ("left_on",)),
    ]
    assert found.missing == ["The sheet “Staff” has no column for the warrant number or the pay number."]
    assert not found.is_understood
    answered = staff(rows, agreed={"staff no.": "pay_number", "Learning date": ""})
    assert (answered.rows[0].pay_number, answered.rows[0].name) == ("00042", "Tobias Fennimarsh")
    assert (answered.stops, [heading for _, _, heading in answered.unused]) == ([], ["Learning date", "Shoe size"])


@pytest.mark.hostile("C11")
def test_a_heading_said_twice_is_asked_about(staff):
    found = staff(
        [["Warrant No", "Surname", "Email", "E-mail address"], ["WX90001", "Wrenholt", "a@b.example", ""]]
    )
    assert [doubt.column for doubt in found.doubtful] == ["C", "D"]
    assert "both say the email" in found.stops[0]


@pytest.mark.hostile("C11")
def test_a_missing_heading_stops_the_list(staff):
    found = staff([["Rank", "Unit", "Warrant No"], ["DC", "MIT 91", "WX90001"]])
    assert found.missing == ["The sheet “Staff” has no column for the surname or the full name."]
    assert staff([["a", "b"], ["1", "2"]]).missing == [
        "No sheet has headings such as Warrant number, Surname, Rank and Unit."
    ]


@pytest.mark.parametrize(
    ("top", "merged"),
    [
        ([["Homicide, strength at 1 May"], []], ()),
        ([["", "", "Person"], []], ("C1:D1",)),
        ([], ()),
    ],
)
def test_blank_and_title_rows_before_the_headings(staff, top, merged):
    assert [person.row for person in staff([*top, HEADINGS, ROW], merged=merged).rows] == [len(top) + 2]


def test_two_rows_of_headings(staff):
    above = ["Numbers", "", "Person", "", "Rank", "Dates", ""]
    below = ["Warrant no", "Pay no", "Surname", "Forename", "", "Start date", "Leaving date"]
    row = ["WX90001", "1234", "Wrenholt", "Anjali", "DS", "1 May 2020", "2 May 2024"]
    found = staff([above, below, row], merged=("A1:B1", "C1:D1", "E1:E2", "F1:G1"))
    assert found.is_sound
    (person,) = found.rows
    assert (person.rank, person.forenames, person.left_on, person.row) == ("DS", "Anjali", date(2024, 5, 2), 3)


def test_a_first_person_who_sounds_like_a_heading_is_not_taken_for_one(staff):
    found = staff([["Warrant No", "Surname", "Notes"], ["WX90001", "Post", "Left"], ["WX90002", "Grade", "x"]])
    assert [person.surname for person in found.rows] == ["Post", "Grade"]


@pytest.mark.hostile("C10")
def test_totals_repeated_headings_and_notes_are_left_out_and_said(staff):
    rows = [HEADINGS, ROW, HEADINGS, [], ["Total", "1"], ["Source: HR, weekly"]]
    found = staff(rows)
    assert (len(found.rows), found.faults) == (1, [])
    assert found.left_out == [
        "Sheet “Staff”, row 3: the headings again",
        "Sheet “Staff”, row 5: a row of totals",
        "Sheet “Staff”, row 6: a note",
    ]


@pytest.mark.hostile("C12")
def test_every_fault_of_every_row_is_named(staff):
    found = staff(
        [
            ["Warrant No", "Surname", "Email", "Start date", "Leaving date"],
            ["WX-1", "", "nobody", "31/02/2026", "13/13/2026"],
            ["", "Osterlode", "", "", ""],
            ["WX90003", "Tannemore", "", "01/05/2024", "30/04/2024"],
            ["WX90004", "Thistlewain", "", "", "", "too far right"],
            ["WX90005", "Gravelock", "", "", ""],
        ]
    )
    assert [str(fault) for fault in found.faults] == [
        "Sheet “Staff”, row 2, column A: a warrant number has 3 to 10 letters or digits (“WX-1”).",
        "Sheet “Staff”, row 2, column D: the start date is no date; write it as 26/01/2026 (“31/02/2026”).",
        "Sheet “Staff”, row 2, column E: the leaving date is no date; write it as 26/01/2026 (“13/13/2026”).",
        "Sheet “Staff”, row 2, column B: there is no name.",
        "Sheet “Staff”, row 2, column C: this is no email address (“nobody”).",
        "Sheet “Staff”, row 3, column A: there is no warrant number and no pay number.",
        "Sheet “Staff”, row 4, column E: the leaving date is before the start date (“2024-04-30”).",
        "Sheet “Staff”, row 5: the row has 6 columns and the headings 5, so they may have shifted.",
    ]
    assert [person.surname for person in found.rows] == ["Gravelock"]
    assert found.is_understood
    assert not found.is_sound


def test_one_number_in_two_rows_is_a_fault_of_both(staff):
    found = staff([["Warrant No", "Surname"], ["WX90001", "One"], ["wx90001", "Two"], ["WX90002", "Three"]])
    assert [(fault.row, fault.reason) for fault in found.faults] == [
        (2, "the same warrant number stands in row 3"),
        (3, "the same warrant number stands in row 2"),
    ]
    assert [person.surname for person in found.rows] == ["Three"]


@pytest.mark.hostile("C20")
def test_two_people_of_one_name_are_kept_apart(staff):
    found = staff([["Warrant No", "Name"], ["WX90001", "Jonah Pemberlaw"], ["WX90002", "Jonah Pemberlaw"]])
    assert [person.warrant_number for person in found.rows] == ["WX90001", "WX90002"]
    assert found.is_sound


@pytest.mark.hostile("C20")
@pytest.mark.parametrize(
    ("heading", "cell", "surname", "forenames"),
    [
        ("Name", "Sunita Gravelock", "Gravelock", "Sunita"),
        ("Name", "Gravelock, Sunita Rose", "Gravelock", "Sunita Rose"),
        ("Name", "Nyarai", "Nyarai", ""),
        ("Name", "Seán Ó Brackenhale", "Brackenhale", "Seán Ó"),
        ("Surname, Forename", "Ó Brackenhale, Seán", "Ó Brackenhale", "Seán"),
        ("Surname Forename", "Gravelock Sunita", "Gravelock", "Sunita"),
        ("Surname, Forename", "D'Eastermoor-Müller,Zoe\u0308", "D'Eastermoor-Müller", "Zoë"),
    ],
)
def test_names_of_every_shape(staff, heading, cell, surname, forenames):
    (person,) = staff([["Pay No", heading], ["00123", cell]]).rows
    assert (person.surname, person.forenames) == (surname, forenames)


@pytest.mark.hostile("C10")
def test_hidden_rows_and_sheets_want_a_yes(staff, child):
    rows = [["Warrant No", "Surname"], ["WX90001", "Seen"], ["WX90002", "Unseen"]]
    asked = staff(rows, hidden=(3, 9))
    assert asked.stops == ["Sheet “Staff”: 1 row hidden (3). Say whether to take them."]
    assert len(staff(rows, hidden=(3,), with_hidden=True).rows) == 2
    without = staff(rows, hidden=(3,), with_hidden=False)
    assert (len(without.rows), without.left_out) == (1, ["Sheet “Staff”, row 3: hidden"])
    two = packed(
        parts([("Staff", "", table(rows)), ("Old", 'state="hidden"', table([rows[0], ["WX90003", "Old"]]))])
    )
    assert len(staff_in(two, "a.xlsx", reader=child).hidden) == 1
    assert len(staff_in(two, "a.xlsx", reader=child, with_hidden=False).rows) == 2


def test_sheets_of_several_units_are_read_together(child):
    sheets = [
        ("MIT 91", "", table([HEADINGS, ROW])),
        ("MIT 92", "", table([["Surname", "Pay no"], ["Wrenholt", "555"]])),
        ("Notes", "", table([["Who to ask"], ["The PA"]])),
    ]
    found = staff_in(packed(parts(sheets)), "a.xlsx", reader=child)
    assert [(person.sheet, person.surname) for person in found.rows] == [
        ("MIT 91", "O'Quillmarsh"),
        ("MIT 92", "Wrenholt"),
    ]
    assert found.left_out == ["The sheet “Notes”: it has no headings of a staff list."]


@pytest.mark.hostile("C09")
def test_what_was_never_calculated_is_no_number(child):
    inside = (
        '<sheetData><row r="1"><c t="inlineStr"><is><t>Pay No</t></is></c>'
        '<c t="inlineStr"><is><t>Surname</t></is></c></row>'
        '<row r="2"><c><f>A1+1</f></c><c t="e"><v>#REF!</v></c></row></sheetData>'
    )
    found = staff_in(workbook(inside), "a.xlsx", reader=child)
    assert [(fault.column, fault.reason) for fault in found.faults] == [
        ("A", "the pay number was never calculated"),
        ("B", "the surname holds an error"),
    ]


@pytest.mark.hostile("C07")
def test_a_date_that_may_be_read_either_way_is_listed(staff):
    found = staff(
        [["Pay No", "Surname", "Start date"], ["555", "Wrenholt", "01/02/2026"], ["556", "Two", "13/02/2026"]]
    )
    assert [str(note) for note in found.to_check] == [
        "Sheet “Staff”, row 2, column C: read as 1 February 2026, the day before the month (“01/02/2026”)."
    ]
    assert [person.joined_on for person in found.rows] == [date(2026, 2, 1), date(2026, 2, 13)]


@pytest.mark.hostile("C07")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        *[("26/01/2026", date(2026, 1, 26)), ("1.2.26", date(2026, 2, 1)), ("2026-01-26", date(2026, 1, 26))],
        *[
            ("26 January 2026", date(2026, 1, 26)),
            ("1st Sept 99", date(1999, 9, 1)),
            ("Mon 26-Jan-2026", date(2026, 1, 26)),
        ],
        *[("2026-01-26T09:00:00Z", date(2026, 1, 26)), ("2026-01-26 09:00", date(2026, 1, 26))],
        *[("01/31/2026", None), ("29/02/2026", None), ("46048", None), ("soon", None), ("5 Foo 2026", None)],
    ],
)
def test_days_are_read_day_first(text, day):
    assert read_day(text)[0] == day


@pytest.mark.hostile("C07")
@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_day_reads_back_however_it_is_written(day):
    for shape in ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%a %d %b %Y", "%d-%b-%y"):
        assert read_day(day.strftime(shape))[0] == day


@given(st.sampled_from([words for every in SYNONYMS.values() for words in every]), st.data())
def test_a_slip_never_makes_another_field(words, data):
    at = data.draw(st.integers(1, len(words) - 1))
    slipped = words[:at] + words[at + 1 :]
    meant = next(field for field, every in SYNONYMS.items() if words in every)
    found = field_of(slipped)
    assert found in {"", meant} or slipped in SYNONYMS[found] or meant in choices_of(slipped)


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_what_is_amiss_is_the_same_from_both_sides(one, other):
    assert amiss(one, other) == amiss(other, one)
    assert (amiss(one, other) == 0) == (one == other)


@pytest.mark.parametrize("name", ["staff.pdf", "staff.xlsx"])
def test_a_file_that_is_no_list_is_named(name):
    with pytest.raises(Unreadable, match="This is a PDF"):
        staff_in(b"%PDF-1.7 and so on", name)


def test_a_column_that_the_list_does_not_have_is_not_given():
    sheet = staff_in(b"Surname,Warrant number,Rank\nO'Dowd,WX90100,DI\n", "staff.csv")
    assert sheet.as_given == [{"surname": "O'Dowd", "warrant_number": "WX90100", "rank": "DI"}]
