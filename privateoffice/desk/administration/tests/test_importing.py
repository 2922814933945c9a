"""A staff list is looked at first, and taken whole or not at all."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from privateoffice.desk.administration.tests.seats import words_of
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.quarantine import limits
from privateoffice.foundations.records.models import Original

IMPORT = "/homicide/people/import/"
HEAD = "Warrant No,Surname,Forenames,Rank,Unit,Line manager"
GOOD = f"{HEAD}\nWX92001,Trevannick,Hamish,DCI,MIT 91,\nWX92002,Kestlemont,Ffion,DC,MIT 91,WX92001\n"


def upload(client, text: str, name: str = "staff.csv"):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, text.encode())})


def looked_at(client, text: str, name: str = "staff.csv") -> str:
    """The address of the preview of a list."""
    return upload(client, text, name)["Location"]


def take(client, place: str, **more):
    parts = urlsplit(place)
    return client.post(parts.path, {**parse_qs(parts.query), **more})


def test_a_sound_list_says_what_it_would_do_and_then_does_it_once(cast, pa):
    place = looked_at(pa, GOOD)
    page = words_of(pa.get(place))
    assert ("Ready to import" in page, "2 people are new, 0 changed, 0 as they are" in page) == (True, True)
    assert "5 people of the directory are not in this list" in page
    assert not Person.everyone.filter(warrant_number="WX92001").exists()
    assert take(pa, place)["Location"] == "/homicide/people/"
    ffion = Person.everyone.get(warrant_number="WX92002")
    assert (ffion.name, ffion.unit.name, ffion.line_manager.surname) == (
        "Ffion Kestlemont",
        "MIT 91",
        "Trevannick",
    )
    assert "0 people are new, 0 changed, 2 as they are" in words_of(pa.get(place))


@pytest.mark.hostile("C12")
def test_every_fault_is_shown_by_its_row_and_stops_the_whole_list(cast, pa):
    bad = GOOD + "W?,Astleford,Rhys,DI,MIT 92,\nPX90006,,,,,\n"
    place = looked_at(pa, bad)
    page = words_of(pa.get(place))
    assert ("cannot be taken yet" in page, "A warrant number has 3 to 10 letters or digits" in page) == (
        True,
        True,
    )
    assert "There is no name" in page
    assert take(pa, place).status_code == 422
    assert not Person.everyone.filter(warrant_number="WX92001").exists()


def test_a_number_of_another_office_is_a_fault_of_its_row(cast, pa):
    place = looked_at(pa, "Pay number,Surname,Forenames,Rank\nPX90006,Pemberlaw,Jonah,\n")
    page = words_of(pa.get(place))
    assert "PX90006 is in the directory of another office" in page
    assert take(pa, place).status_code == 422
    assert Person.everyone.get(pay_number="PX90006").office == cast.proactive


def test_a_doubtful_heading_is_asked_about_and_the_answer_is_kept(cast, pa):
    place = looked_at(pa, "Staff no,Surname,Forenames,Rank,Unit\n92001,Trevannick,Hamish,DCI,MIT 91\n")
    page = words_of(pa.get(place))
    assert ("Answer, then import" in page, "may be the warrant number or pay number" in page) == (True, True)
    assert take(pa, place).status_code == 422
    answered = f"{place}&agreed=&agreed=pay_number%3AStaff+no"
    page = words_of(pa.get(answered))
    assert ("Ready to import" in page, 'name="agreed" value="pay_number:Staff no"' in page) == (True, True)
    take(pa, place, agreed="pay_number:Staff no")
    assert Person.everyone.get(pay_number="92001").surname == "Trevannick"


def test_a_column_that_the_list_does_not_have_changes_nothing(cast, pa):
    before = Person.everyone.get(pay_number="PX90001")
    place = looked_at(pa, "Pay number,Surname,Forenames,Rank\nPX90001,Hartsough,Delphine,Band D\n")
    take(pa, place)
    after = Person.everyone.get(pay_number="PX90001")
    assert (after.rank, after.email) == ("Band D", before.email)


@pytest.mark.parametrize("text", ["", "just words", "\x00\x01", "%PDF-1.7\n"])
def test_what_is_no_list_is_refused_in_words(pa, text):
    answer = upload(pa, text)
    if answer.status_code == 302:
        answer = pa.get(answer["Location"])
    assert answer.status_code in {200, 422}
    assert "Ready to import" not in words_of(answer)


def test_a_file_above_the_ceiling_is_not_kept(pa, monkeypatch):
    monkeypatch.setattr("privateoffice.desk.administration.forms.people.UPLOAD_BYTES", 100)
    assert limits.UPLOAD_BYTES == 25 * limits.MEGABYTE
    answer = upload(pa, "x" * 101)
    assert (answer.status_code, "The file is larger than" in words_of(answer)) == (422, True)
    from privateoffice.foundations.offices import scope

    with scope.acting_as_system("test"):
        assert not Original.objects.exists()


def test_a_list_of_another_office_is_not_found_by_its_digest(cast, pa, outsider):
    digest = looked_at(pa, GOOD)
    theirs = digest.replace("/homicide/", "/proactive/")
    assert (outsider.get(digest).status_code, outsider.get(theirs).status_code) == (404, 404)
