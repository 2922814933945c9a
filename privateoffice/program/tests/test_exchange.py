"""The import and export commands, as a script and a person meet them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from privateoffice.foundations.offices.models import Person
from privateoffice.spine.correspondence.tests.letters import lay, letter

STAFF = "Warrant No,Surname,Forename,Rank,Unit,Start date\r\n"
GOOD = "WX90501,Quillmarsh,Zoë,DCI,MIT 91,26/01/2020\r\n"
BAD = "WX90502,Wrenholt,Ann,DC,MIT 91,31/02/2020\r\n"


def run(*words):
    """What a command prints, and the sentence with which it refuses."""
    said, refusal = StringIO(), ""
    try:
        call_command(*words, stdout=said, stderr=StringIO())
    except CommandError as fault:
        refusal = str(fault)
    return said.getvalue(), refusal


def counts(*words):
    said, refusal = run(*words, "--json")
    return json.loads(said), refusal


def test_mail_goes_in_once_and_comes_out_byte_for_byte(cast, tmp_path):
    folder = lay(tmp_path / "mail", letter(), letter("Undated", date=None))
    words = ("import", "mail", str(folder), "--office", "homicide")
    assert counts(*words) == ({"read": 2, "new": 2, "unchanged": 0, "needs_a_look": 1}, "")
    assert counts(*words) == ({"read": 2, "new": 0, "unchanged": 2, "needs_a_look": 1}, "")
    out = tmp_path / "out"
    for new in (2, 0):
        given, _ = counts("export", "mail", str(out), "--office", "homicide")
        assert given == {"read": 2, "new": new, "unchanged": 2 - new, "needs_a_look": 0}
    assert {path.read_bytes() for path in out.glob("*.eml")} == {path.read_bytes() for path in folder.iterdir()}
    head, *rows = (out / "manifest.tsv").read_text().splitlines()
    assert (head.split("\t")[:2], len(rows)) == (["file", "sha256"], 2)
    assert sorted(path.name for path in out.iterdir()) == sorted(
        ["manifest.tsv", *(row.split("\t")[0] for row in rows)]
    )


def test_a_person_reads_the_counts_and_what_needs_a_look(cast, tmp_path):
    folder = lay(tmp_path / "mail", letter(date=None))
    said, _ = run("import", "mail", str(folder), "--office", "homicide")
    assert [line.split() for line in said.splitlines()[:2]] == [["Read", "1"], ["New", "1"]]
    assert said.splitlines()[-1] == "  001.eml: It has no date."


def test_each_refusal_is_one_clear_sentence(cast, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("No mail in here.")
    cast.proactive.is_sample = True
    cast.proactive.save()
    tries = [
        (tmp_path / "notes.txt", "nowhere", "There is no office “nowhere”. There are: homicide, proactive."),
        (tmp_path / "notes.txt", "proactive", "“proactive” is a sample office. Add --into-sample"),
        (tmp_path / "absent", "homicide", "There is nothing at"),
        (tmp_path / "empty", "homicide", "There is no mail in"),
        (tmp_path / "notes.txt", "homicide", "is a message that could be read. It was kept and listed."),
    ]
    for path, office, words in tries:
        said, refusal = run("import", "mail", str(path), "--office", office, "--json")
        assert (said, words in refusal) == ("", True), refusal
    folder = lay(tmp_path / "mail", letter())
    assert counts("import", "mail", str(folder), "--office", "proactive", "--into-sample")[0]["new"] == 1


def test_a_staff_list_is_all_or_nothing(cast, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text(STAFF + GOOD + BAD, encoding="utf-8")
    words = ("import", "staff", str(path), "--office", "homicide")
    said, refusal = counts(*words)
    assert said == {"read": 2, "new": 0, "unchanged": 0, "needs_a_look": 1}
    assert "Row 3, column F: the start date is no date; write it as 26/01/2026 (“31/02/2020”)." in refusal
    assert not Person.everyone.filter(warrant_number="WX90501").exists()

    assert counts(*words, "--skip-bad") == ({"read": 2, "new": 1, "unchanged": 0, "needs_a_look": 1}, "")
    assert Person.everyone.get(warrant_number="WX90501").name == "Zoë Quillmarsh"
    assert counts(*words, "--skip-bad")[0] == {"read": 2, "new": 0, "unchanged": 1, "needs_a_look": 1}


@pytest.mark.parametrize(
    ("name", "raw", "words"),
    [
        ("staff.csv", b"One,Two\r\n1,2\r\n", "The list cannot be taken yet."),
        ("staff.xlsx", b"<html></html>", "Excel"),
        ("absent.csv", None, "There is no file at"),
    ],
)
def test_a_file_that_is_no_staff_list_is_refused_with_the_reason(cast, tmp_path, name, raw, words):
    if raw is not None:
        (tmp_path / name).write_bytes(raw)
    said, refusal = run("import", "staff", str(tmp_path / name), "--office", "homicide", "--json")
    assert (said, words in refusal) == ("", True), refusal


def test_a_calendar_is_brought_in_once(cast, tmp_path):
    file = tmp_path / "diary.ics"
    file.write_bytes(
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a@diary.example\r\nDTSTART:20261124T100000Z\r\nDTEND:soon\r\n"
        b"SUMMARY:Board\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    first = {"read": 1, "new": 1, "unchanged": 0, "needs_a_look": 1}
    said = [counts("import", "calendar", str(file), "--office", "homicide") for _ in range(2)]
    assert said == [(first, ""), ({**first, "new": 0, "unchanged": 1}, "")]
    told, _ = run("import", "calendar", str(tmp_path), "--office", "homicide", "--calendar", "Another")
    assert "diary.ics, line 2: Line 5: DTEND is not a date: soon" in told


def test_a_folder_of_calendars_is_read_by_what_the_files_say(cast, tmp_path):
    calendar = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:%b\r\nDTSTART:20261124T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "without an ending").write_bytes(calendar % b"one@diary.example")
    (tmp_path / "OLD.ICS").write_bytes(calendar % b"two@diary.example")
    (tmp_path / "readme.txt").write_bytes(b"Calendars of last year")
    told = counts("import", "calendar", str(tmp_path), "--office", "homicide")
    assert told == ({"read": 2, "new": 2, "unchanged": 0, "needs_a_look": 0}, "")
