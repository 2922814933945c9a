"""Rotas from spreadsheets and back: what is sure is taken, what is not is asked, what is wrong stops it."""

import io
from datetime import date

import pytest
from django.test import Client

from privateoffice.connectors.sheets.reading import read
from privateoffice.connectors.sheets.writing import write_xlsx
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Change, Duty, Period
from privateoffice.rooms.rotas.services.sheets import COLUMNS, read_sheet, rows_of
from privateoffice.rooms.rotas.services.taking_in import plan_of
from privateoffice.rooms.rotas.tests.ground import officer
from privateoffice.rooms.rotas.tests.test_publishing import fill

WEEKS = (
    ("07/12/2026", "DCI Trevannick", "Merriwack"),
    ("14/12/2026", "Pennistone", "Dunnavale"),
    ("21/12/2026", "O'Dunleavy", "Merriwack"),
    ("28/12/2026", "gap", "Det Supt Dunnavale"),
)


def sheet(columns, rows) -> bytes:
    held = io.BytesIO()
    write_xlsx(held, columns, rows, title="On call")
    return held.getvalue()


def understood(ground, raw: bytes, answers=None, name="rota.xlsx"):
    return read_sheet(read(raw, name), ground.rota, answers or {})


def test_a_week_a_row_with_a_column_for_each_duty_is_taken_whole(ground):
    found = understood(ground, sheet(("Week commencing", "On call SIO", "Det Supt"), WEEKS))
    assert found.is_sound, (found.asks, found.faults)
    services.take_in(ground.period, found, source="rota.xlsx")
    assert ground.duty("S-20261221").person == ground.people["O’Dunleavy"]
    assert ground.duty("S-20261228").person is None
    assert ground.duty("D-20261228").person == ground.people["Dunnavale"]
    assert Change.objects.count() == 1


@pytest.mark.hostile("C13")
def test_the_same_sheet_twice_changes_nothing(ground):
    """C13."""
    found = understood(ground, sheet(("Date", "SIO", "Det Supt"), WEEKS))
    services.take_in(ground.period, found, source="rota.xlsx")
    with pytest.raises(services.NothingChanged):
        services.take_in(ground.period, found, source="rota.xlsx")


@pytest.mark.hostile("C13")
def test_our_own_sheet_comes_back_with_its_edits_as_a_diff(ground):
    fill(ground)
    rows = [list(row) for row in rows_of(Duty.objects.filter(period=ground.period).in_order())]
    edited = next(row for row in rows if row[7] == "S-20261214")
    edited[5], edited[6] = ground.people["O’Dunleavy"].mark, ""
    plan = plan_of(ground.period, understood(ground, sheet(COLUMNS, rows)).turns)
    assert plan.lines == ["SIO, 14 Dec to 20 Dec: DCI Hal Pennistone to DCI Hal O’Dunleavy"]
    assert plan.unchanged == 7


@pytest.mark.hostile("C20")
def test_two_people_of_one_name_are_asked_about_and_never_merged(ground, cast):
    """C20."""
    other = officer(cast.homicide, "Pennistone", "DCI", 77, "Ida")
    services.enrol(ground.rota, person=other, duty_types=[ground.sio], starts_on=date(2025, 1, 1))
    raw = sheet(("Date", "SIO", "Det Supt"), WEEKS)
    found = understood(ground, raw)
    assert [(ask.kind, ask.said, len(ask.choices)) for ask in found.asks] == [("person", "Pennistone", 3)]
    assert understood(ground, raw, {"person:Pennistone": other.mark}).turns[2].person == other


@pytest.mark.hostile("C11")
def test_a_heading_that_is_nearly_right_is_asked_about(ground):
    """C11."""
    found = understood(ground, sheet(("Date", "SIO", "Det Sput"), WEEKS))
    assert [ask.said for ask in found.asks] == ["Det Sput"]


@pytest.mark.hostile("C11")
def test_a_missing_column_stops_it_before_anything_is_written(ground):
    """C11."""
    found = understood(ground, sheet(("Comment", "SIO", "Det Supt"), WEEKS))
    assert not found.is_sound
    assert "No column holds the day" in found.faults[0]


@pytest.mark.hostile("C12")
def test_every_fault_is_named_with_its_sheet_and_row(ground):
    """C12."""
    rows = (("31/02/2026", "Trevannick", ""), *WEEKS[:1], ("soon", "Trevannick", ""))
    found = understood(ground, sheet(("Date", "SIO", "Det Supt"), rows))
    assert [fault.split(":")[0] for fault in found.faults] == ["On call, row 2", "On call, row 4"]


def test_a_sheet_that_changes_hands_inside_a_block_cuts_it(ground):
    rows = (
        ("Mon 07 Dec 2026", "10/12/2026", "SIO", "Trevannick"),
        ("11/12/2026", "13/12/2026", "S", "Pennistone"),
    )
    found = understood(ground, sheet(("From", "To", "Duty", "Name"), rows))
    services.take_in(ground.period, found, source="rota.xlsx")
    assert ground.duty("S-20261207").last_on == date(2026, 12, 10)
    assert ground.duty("S-20261211").person == ground.people["Pennistone"]


@pytest.mark.hostile("C02", "C05")
def test_a_hostile_file_is_refused_in_words_and_nothing_is_written(ground, cast):
    """C02, C05."""
    pa = Client()
    pa.force_login(cast.pa)
    for name, raw in (("rota.xlsx", b"%PDF-1.7 not a workbook"), ("rota.xlsx", b"PK\x03\x04 half a file")):
        held = io.BytesIO(raw)
        held.name = name
        answer = pa.post(f"{ground.rota.get_absolute_url()}sheet/", {"file": held}, follow=True)
        assert answer.status_code == 422
        assert "Nothing was written" in answer.content.decode()
    assert Period.objects.count() == 1


def test_a_period_is_made_of_a_sheet_on_the_page(ground, cast):
    pa = Client()
    pa.force_login(cast.pa)
    rows = (("11/01/2027", "Trevannick", "Merriwack"), ("18/01/2027", "=1+1", "Dunnavale"))
    held = io.BytesIO(sheet(("Date", "SIO", "Det Supt"), rows))
    held.name = "old rota.xlsx"
    asked = pa.post(f"{ground.rota.get_absolute_url()}sheet/", {"file": held}, follow=True)
    assert "Nobody on this rota is called" in asked.content.decode()
    here = asked.redirect_chain[-1][0].split("?")[0]
    said = {"name": "old rota.xlsx", "answer": "none|person:=1+1", "take": "yes"}
    made = pa.post(here, said, follow=True)
    assert made.status_code == 200
    period = Period.objects.exclude(pk=ground.period.pk).get()
    assert (period.starts_on, period.ends_on) == (date(2027, 1, 11), date(2027, 1, 24))
    assert Duty.objects.filter(period=period).gaps().count() == 1


def test_a_period_is_opened_for_a_sheet(ground):
    rows = (("11/01/2027", "Trevannick", "Merriwack"),)
    found = understood(ground, sheet(("Date", "SIO", "Det Supt"), rows))
    days = {"starts_on": date(2027, 1, 11), "ends_on": date(2027, 1, 17)}
    period = services.take_in_new(ground.rota, found, **days, source="rota.xlsx")
    assert Duty.objects.filter(period=period).gaps().count() == 0
