"""The staff directory of an office: searched, entered, put right, and left."""

from datetime import timedelta

import pytest

from privateoffice.desk.administration.tests.seats import client_of, words_of
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Person, User
from privateoffice.spine.actions import services as actions

PEOPLE = "/homicide/people/"


@pytest.fixture
def staff(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        for number, (surname, rank, unit) in enumerate(
            [("O’Dunleavy", "DCI", "MIT 93"), ("Wyrembek", "DS", "Family Liaison"), ("Astleford", "DI", "MIT 91")]
        ):
            services.enter_person(
                office=cast.homicide,
                surname=surname,
                rank=rank,
                unit_name=unit,
                warrant_number=f"WX9100{number}",
                line_manager=cast.commander.person,
            )
    return cast


def surnames(client, asked: str) -> list[str]:
    return [person.surname for person in client.get(PEOPLE + asked).context["page"]]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("?q=dunleavy", ["O’Dunleavy"]),
        ("?q=WX91001", ["Wyrembek"]),
        ("?q=DI", ["Astleford"]),
        ("?q=mit", ["Astleford", "O’Dunleavy"]),
        ("?q=mit+dci", ["O’Dunleavy"]),
        ("?unit=Family+Liaison", ["Wyrembek"]),
        ("?q=pemberlaw", []),
    ],
)
def test_people_are_found_by_name_unit_rank_and_number(staff, pa, asked, found):
    assert surnames(pa, asked) == found


def test_leavers_are_marked_and_stand_apart(staff, pa):
    Person.everyone.filter(surname="Astleford").update(left_on=clock.today())
    assert (surnames(pa, "?q=mit"), surnames(pa, "?q=mit&show=leavers")) == (["O’Dunleavy"], ["Astleford"])
    assert surnames(pa, "?q=mit&show=all") == ["Astleford", "O’Dunleavy"]
    assert ">Left<" in words_of(pa.get(PEOPLE + "?show=all"))


def test_a_person_shows_what_they_hold_whom_they_manage_and_what_they_owe(staff, pa):
    with scope.acting(staff.pa, office=staff.homicide):
        owner = Person.objects.get(surname="Wyrembek")
        actions.assign(title="Send the list", owner=owner, due_on=working_days.add(clock.today(), 20))
    page = words_of(pa.get(PEOPLE + "WX91001/"))
    assert ("Imogen Calderwick" in page, "See what they owe" in page, "Family Liaison" in page) == (True,) * 3
    assert "Commander, " in words_of(pa.get(PEOPLE + "PX90003/"))
    assert "Astleford" in words_of(pa.get(PEOPLE + "PX90003/"))


def test_somebody_is_entered_and_put_right(staff, pa):
    typed = {"surname": "Kestlemont", "forenames": "Ffion", "pay_number": "PX99001", "unit_name": "MIT 92"}
    assert pa.post(PEOPLE + "new/", typed)["Location"] == PEOPLE + "PX99001/"
    place = PEOPLE + "PX99001/correction/"
    assert 'value="Kestlemont"' in words_of(pa.get(place))
    corrected = typed | {"rank": "DC", "line_manager": "calderwick", "warrant_number": "WX99001"}
    assert pa.post(place, corrected)["Location"] == PEOPLE + "PX99001/"
    ffion = Person.everyone.get(surname="Kestlemont")
    assert (ffion.rank, ffion.line_manager, ffion.unit.name) == ("DC", staff.commander.person, "MIT 92")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"pay_number": ""}, "Give a warrant number, a pay number or an email address"),
        ({"pay_number": "PX90006"}, "Somebody else in the house has this number"),
        ({"line_manager": "nobody at all"}, "Nobody serving fits"),
        ({"line_manager": "specialist-crime"}, "Several people fit"),
        ({"email": "no address"}, "valid email"),
        ({"post": "SECRET: source handler"}, "SECRET or above"),
    ],
)
def test_what_the_directory_cannot_keep_is_refused_and_stays_in_the_form(staff, pa, typed, why):
    answer = pa.post(PEOPLE + "new/", {"surname": "Refusenot", "pay_number": "PX99009"} | typed)
    assert (answer.status_code, why in words_of(answer), "Refusenot" in words_of(answer)) == (422, True, True)
    assert not Person.everyone.filter(surname="Refusenot").exists()


def test_nobody_manages_themselves(staff, pa):
    typed = {"surname": "Wyrembek", "warrant_number": "WX91001", "line_manager": "WX91001"}
    assert "Nobody manages themselves" in words_of(pa.post(PEOPLE + "WX91001/correction/", typed))


def test_a_leaver_loses_an_open_session_and_the_account_in_one_step(cast, pa):
    reader = client_of(cast.reader)
    assert reader.get("/homicide/").status_code == 200
    page = words_of(pa.get(PEOPLE + "PX90004/leaving/"))
    assert "Reader, Homicide." in page
    pa.post(PEOPLE + "PX90004/leaving/", {"left_on": clock.today().isoformat()})
    answer = reader.get("/homicide/")
    assert (answer.status_code, "sign-in" in answer["Location"]) == (302, True)
    assert not User.objects.get(pk=cast.reader.pk).is_active
    assert ">Left<" in words_of(pa.get(PEOPLE + "PX90004/"))


def test_a_leaver_to_come_keeps_access_until_that_morning(cast, pa):
    tomorrow = clock.today() + timedelta(days=1)
    pa.post(PEOPLE + "PX90004/leaving/", {"left_on": tomorrow.isoformat()})
    reader = client_of(cast.reader)
    assert reader.get("/homicide/").status_code == 200
    with clock.stopped_at(clock.moment(tomorrow)):
        assert reader.get("/homicide/").status_code == 302


def test_a_leaving_recorded_in_error_is_taken_away(cast, pa):
    place = PEOPLE + "PX90004/"
    pa.post(place + "leaving/", {"left_on": clock.today().isoformat()})
    typed = {"surname": "Penhallick", "pay_number": "PX90004", "has_not_left": "on"}
    pa.post(place + "correction/", typed)
    assert Person.everyone.get(pay_number="PX90004").left_on is None


def test_a_reader_sees_no_directory_and_the_slt_enters_nobody(cast):
    assert client_of(cast.reader).get(PEOPLE).status_code == 403
    slt = client_of(cast.slt_member)
    assert (slt.get(PEOPLE).status_code, slt.get(PEOPLE + "new/").status_code) == (200, 403)
    assert "Enter a person" not in words_of(slt.get(PEOPLE))


def test_whoever_covers_sees_the_directory_until_the_end(cast, outsider):
    assert outsider.get(PEOPLE).status_code == 404
    cover = cast.cover()
    assert outsider.get(PEOPLE).status_code == 200
    with clock.stopped_at(cover.ends_at):
        assert outsider.get(PEOPLE).status_code == 404


def test_a_person_of_another_office_is_not_found(cast, pa):
    for page in ("", "correction/", "leaving/"):
        assert pa.get(PEOPLE + "PX90006/" + page).status_code == 404
