"""The administrator's pages: offices, who holds which role, and no record anywhere."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.desk.administration.tests.seats import client_of, words_of
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.records import services as records
from privateoffice.foundations.registry import house

HOUSE = "/administration/"
PAGES = (
    "",
    "offices/",
    "offices/new/",
    "offices/homicide/",
    "offices/homicide/settings/",
    "offices/homicide/holders/new/",
    "offices/homicide/holders/new/?q=hartsough",
    "offices/homicide/holders/new/?person=PX90001",
    "offices/homicide/holders/new/?person=new",
    "offices/homicide/cover/new/",
    "administrators/",
    "administrators/new/",
    "administrators/new/?person=PX90001",
    "administrators/new/?person=new",
    "accounts/",
    "people/",
    "people/?q=hartsough",
    "people/PX90001/",
    "people/PX90001/second-factor/",
    "people/PX90001/office/",
    "cover/",
)
SETTINGS = {
    "name": "Homicide",
    "short_name": "Homicide",
    "colour": "#37377a",
    "address": "1 Example Street\r\nZZ99",
}
NEW = SETTINGS | {"name": "Complex Case", "slug": "complex", "code": "cce", "colour": "#7a2f5d"}


@pytest.fixture
def secret_title(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        house.receiver_of("enquiry")(
            records.open_matter(title="Sample Heron matter"),
            title="Sample Heron enquiry",
            asked="Who?",
            channel="email",
            kind=apps.get_model("enquiries", "EnquiryKind").objects.get(slug="general"),
            received_at=clock.now(),
        )


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_alone_opens_each_page_and_sees_no_record(cast, ada, secret_title, page):
    cast.cover()
    answer = ada.get(HOUSE + page)
    assert answer.status_code == 200
    assert "Sample Heron" not in answer.content.decode()
    for stranger in (cast.pa, cast.commander, cast.reader, cast.outsider):
        assert client_of(stranger).get(HOUSE + page).status_code == 404
        assert client_of(stranger).post(HOUSE + page, NEW).status_code == 404


def test_the_rail_leads_about_the_house_and_an_office_leads_an_administrator_back(cast, ada):
    page = ada.get(HOUSE + "accounts/")
    assert [(door.word, door.is_here) for door in page.context["frame"].doors] == [
        ("Mailboxes", False),
        ("Overview", False),
        ("Offices", False),
        ("Administrators", False),
        ("Accounts", True),
        ("Tries to sign in", False),
        ("Staff directory", False),
        ("Cover", False),
        ("Keeping", False),
        ("Jobs", False),
    ]
    assert "Administration<small>" not in client_of(cast.pa).get("/homicide/").content.decode()
    Holding.objects.create(person=cast.pa.person, role="administrator", starts_at=clock.now())
    assert "Administration<small>" in client_of(cast.pa).get("/homicide/").content.decode()


def test_an_office_is_added_and_settled(ada):
    answer = ada.post(HOUSE + "offices/new/", NEW)
    assert answer["Location"] == HOUSE + "offices/complex/"
    ada.post(HOUSE + "offices/complex/settings/", SETTINGS | {"phone": "020 7946 0300", "colour": "#1f3f77"})
    office = Office.objects.get(slug="complex")
    assert (office.code, office.name, office.phone, office.colour, office.address) == (
        "CCE",
        "Homicide",
        "020 7946 0300",
        "#1f3f77",
        "1 Example Street\nZZ99",
    )


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"slug": "static"}, "is an address of the program itself"),
        ({"slug": "homicide"}, "Office with this Slug already exists"),
        ({"code": "HOM"}, "Office with this Code already exists"),
        ({"colour": "#ff0000"}, "Select a valid choice"),
        ({"name": ""}, "Enter: name"),
        ({"name": "SECRET: the plan"}, "SECRET or above"),
    ],
)
def test_an_office_that_does_not_fit_is_refused_and_what_was_typed_stays(ada, typed, why):
    answer = ada.post(HOUSE + "offices/new/", NEW | typed)
    assert (answer.status_code, why in words_of(answer), "ZZ99" in words_of(answer)) == (422, True, True)
    assert not Office.objects.filter(slug="complex").exists()


def test_somebody_of_the_directory_is_appointed_and_relieved(cast, ada):
    place = HOUSE + "offices/homicide/holders/new/"
    assert "Jonah Pemberlaw" in words_of(ada.get(place + "?q=pemberlaw"))
    last = clock.today() + timedelta(days=9)
    answer = ada.post(place + "?person=PX90006", {"role": "reader", "ends_on": last.isoformat()})
    assert answer["Location"] == HOUSE + "offices/homicide/"
    held = Holding.objects.get(person=cast.outsider.person, office=cast.homicide)
    assert (held.role, clock.day_of(held.ends_at)) == ("reader", last)
    again = ada.post(place + "?person=PX90006", {"role": "reader"})
    assert "holds the role already" in words_of(again)
    assert client_of(cast.outsider).get("/homicide/").status_code == 200
    page = words_of(ada.get(HOUSE + "offices/homicide/"))
    assert f"{words.day(last)}" in page
    ada.post(HOUSE + f"holders/{held.pk}/end/", {})
    assert client_of(cast.outsider).get("/homicide/").status_code == 404


def test_a_newcomer_is_entered_and_appointed_in_one_step_or_not_at_all(cast, ada):
    place = HOUSE + "offices/homicide/holders/new/?person=new"
    typed = {"surname": "Newcome", "email": "new@example.org", "role": "pa"}
    taken = ada.post(place, typed | {"pay_number": "px90001"})
    assert (taken.status_code, "has this number" in words_of(taken)) == (422, True)
    assert not Person.everyone.filter(surname="Newcome").exists()
    ada.post(place, typed | {"starts_on": (clock.today() + timedelta(days=3)).isoformat()})
    held = Holding.objects.get(person__surname="Newcome")
    assert (held.office, held.role, held.starts_at > clock.now()) == (cast.homicide, "pa", True)
    assert "To come" in words_of(ada.get(HOUSE + "offices/homicide/"))


def test_administrators_are_appointed_and_the_last_is_warned_of(cast, ada):
    only = Holding.objects.get(role="administrator")
    assert "The only administrator" in words_of(ada.get(HOUSE + f"holders/{only.pk}/end/"))
    ada.post(HOUSE + "administrators/new/?person=PX90002", {})
    ada.post(HOUSE + "administrators/new/?person=new", {"surname": "Newcome", "email": "n@example.org"})
    page = words_of(ada.get(HOUSE + "administrators/"))
    assert ("Tobias Fennimarsh" in page, "Newcome" in page) == (True, True)
    assert client_of(cast.staff_officer).get(HOUSE).status_code == 200
    ada.post(HOUSE + f"holders/{only.pk}/end/", {})
    assert ada.get(HOUSE).status_code == 404


def test_what_is_missing_stands_first(cast, ada):
    Holding.objects.filter(person=cast.outsider.person).delete()
    page = words_of(ada.get(HOUSE))
    assert "Proactive and Trident has no PA" in page
    assert "Homicide and Major Investigations has no PA" not in page


def test_an_office_that_nobody_has_is_not_found(ada):
    for page in ("offices/nowhere/", "people/nobody/", "holders/999/end/", "cover/999/end/"):
        assert ada.get(HOUSE + page).status_code == 404


def test_lists_ask_the_same_number_of_questions_for_one_row_and_for_many(cast, ada):
    most = 30
    for page in ("", "offices/", "accounts/", "people/", "cover/", "administrators/", "offices/homicide/"):
        before = _asked(ada, HOUSE + page)
        _more(cast)
        assert _asked(ada, HOUSE + page) == before <= most, page


@pytest.mark.parametrize(
    "page",
    [
        "people/?q=%00",
        "people/?office=%00",
        "people/%00/",
        "accounts/?q=%00&page=x",
        "offices/homicide/cover/new/?q=%00",
    ],
)
def test_what_no_database_takes_breaks_no_page(ada, page):
    assert ada.get(HOUSE + page).status_code in {200, 404}


def _asked(client, page) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(page)
    return len(asked)


def _more(cast) -> None:
    number = Office.objects.count()
    letters = chr(65 + number % 26)
    office = Office.objects.create(
        slug=f"more{number}", code=f"Z{letters}Z", name=f"More {number}", short_name="M"
    )
    for place in range(3):
        person = Person.everyone.create(office=office, surname=f"More{place}", pay_number=f"M{number}{place}0")
        Holding.objects.create(person=person, office=office, role="pa", starts_at=clock.now())
        Holding.objects.create(person=person, role="administrator", starts_at=clock.now())
        Holding.objects.create(person=person, office=cast.homicide, role="reader", starts_at=clock.now())
    cast.cover()
