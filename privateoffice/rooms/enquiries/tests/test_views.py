"""The pages of enquiries, as the PA, the reader and the outsider meet them."""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Link
from privateoffice.rooms.enquiries import services
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind

LIST = "/homicide/enquiries/"


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def logged(cast, count=1, **said):
    kind = EnquiryKind.objects.get(slug=said.pop("kind", "general"))
    with scope.acting(cast.pa, office=cast.homicide):
        for number in range(count):
            enquiry = services.log(
                **{"title": f"Question {number}", "asked": "What?", "channel": "phone", "caller_name": "N. Prest"}
                | said,
                kind=kind,
            )
    return enquiry


def test_a_call_is_logged_with_the_question_alone(pa, cast):
    kind = EnquiryKind.objects.get(slug="general")
    answer = pa.post(
        LIST + "new/", {"channel": "phone", "asked": "Can the Commander speak in May?", "kind": kind.pk}
    )
    with scope.acting(cast.pa, office=cast.homicide):
        enquiry = Enquiry.objects.get()
    assert answer["Location"] == enquiry.get_absolute_url()
    assert enquiry.title == "Can the Commander speak in May?"
    page = pa.get(enquiry.get_absolute_url()).content.decode()
    assert "Delphine Hartsough" in page
    assert "logged this enquiry, by phone" in page


def test_a_wrong_door_shows_at_once_what_must_happen(pa, cast):
    page = pa.get(logged(cast, kind="foi").get_absolute_url()).content.decode()
    assert "Forward it today to the central unit" in page
    assert "The statutory date is" in page


def test_a_question_marked_secret_is_refused_and_stays_in_the_form(pa):
    kind = EnquiryKind.objects.get(slug="general")
    answer = pa.post(LIST + "new/", {"channel": "phone", "asked": "x", "title": "SECRET: plan", "kind": kind.pk})
    assert answer.status_code == 200
    assert "SECRET: plan" in answer.content.decode()


def test_the_life_of_a_redirected_enquiry_through_its_pages(pa, cast):
    place = logged(cast).get_absolute_url()
    pa.post(place + "redirection/", {"other": "Coroner liaison", "other_email": "c@example.org", "note": "Yours"})
    assert "was asked on" in pa.get(place).content.decode()
    assert pa.post(place + "chaser/").status_code == 302
    refused = pa.post(place + "redirection/", {"unit": Unit.objects.get().pk})
    assert (refused.status_code, "with another unit already" in refused.content.decode()) == (409, True)
    pa.post(place + "acceptance/", {"accepted_by": "A. Clerk"})
    assert "Coroner liaison: A. Clerk" in pa.get(place).content.decode()
    pa.post(place + "reopening/", {"reason": "They sent it back"})
    pa.post(place + "resolution/", {"answer": "Told them"})
    assert "Told them" in pa.get(place).content.decode()


@pytest.mark.parametrize(
    ("act", "typed", "shown"),
    [
        ("acknowledgement", {"how": "email"}, "told the caller"),
        ("note", {"text": "She rang again"}, "She rang again"),
        ("owner", {"role": "staff_officer"}, "Staff Officer"),
        ("promise", {"due_on": "TOMORROW", "reason": "Waiting for Finance"}, "Waiting for Finance"),
        ("split", {"title": "Second", "asked": "And Y?", "kind": "GENERAL"}, "split"),
        ("kind", {"kind": "PRESS"}, "from General enquiry to Press"),
    ],
)
def test_each_act_leaves_its_sentence_on_the_page(pa, cast, act, typed, shown):
    values = {
        "TOMORROW": (clock.today() + timedelta(days=1)).isoformat(),
        "GENERAL": EnquiryKind.objects.get(slug="general").pk,
        "PRESS": EnquiryKind.objects.get(slug="press").pk,
    }
    place = logged(cast).get_absolute_url()
    assert pa.get(f"{place}{act}/").status_code == 200
    answer = pa.post(f"{place}{act}/", {name: values.get(value, value) for name, value in typed.items()})
    assert answer["Location"] == place
    assert shown in pa.get(place).content.decode()


@pytest.mark.hostile("E03")
def test_the_second_correction_of_two_shows_both(pa, cast):
    place = logged(cast).get_absolute_url()
    pa.post(place + "correction/", {"seen": 1, "title": "Hers", "asked": "What?"})
    answer = pa.post(place + "correction/", {"seen": 1, "title": "His", "asked": "What?"})
    page = answer.content.decode()
    assert (answer.status_code, "Hers" in page, "His" in page) == (409, True, True)
    answer = pa.post(place + "correction/", {"seen": 2, "title": "His", "asked": "What?"})
    assert answer.status_code == 302


def test_a_list_costs_the_same_queries_for_one_row_and_for_three(pa, cast, queries_of):
    logged(cast)
    pa.get(LIST)
    one = queries_of(pa, LIST)
    logged(cast, count=2)
    assert queries_of(pa, LIST) == one


@pytest.mark.hostile("E07")
@pytest.mark.parametrize("query", ["page=-1", "page=abc", "page=1000000000000", "show=secret", "kind=%27%3B"])
def test_an_odd_address_gives_an_ordinary_page(pa, cast, query):
    logged(cast)
    assert pa.get(f"{LIST}?{query}").status_code == 200


def test_a_sensitive_enquiry_is_not_there_for_a_reader(cast):
    enquiry = logged(cast, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA", title="Grievance")
    reader = Client()
    reader.force_login(cast.reader)
    assert reader.get(enquiry.get_absolute_url()).status_code == 404
    assert "Grievance" not in reader.get(LIST).content.decode()


def test_a_sensitive_page_carries_its_marking_above_and_below(pa, cast):
    enquiry = logged(cast, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    assert pa.get(enquiry.get_absolute_url()).content.decode().count("PERSONAL DATA") >= 2


def test_a_caller_is_shown_while_the_number_is_typed(pa, cast):
    logged(cast, caller_name="Nadia Prestwood", caller_phone="020 7946 0123")
    assert "Nadia Prestwood" in pa.get(LIST + "callers/?caller_phone=020 7946").content.decode()
    assert "Nadia" not in pa.get(LIST + "callers/?caller_phone=02").content.decode()


def test_an_enquiry_is_made_of_what_the_office_holds_already(pa, cast):
    first = logged(cast, title="Letter from the council")
    place = f"{LIST}new/?from=enquiries/{first.year}/{first.number}"
    assert "Letter from the council" in pa.get(place).content.decode()
    kind = EnquiryKind.objects.get(slug="general")
    answer = pa.post(place, {"channel": "email", "asked": "And the second point?", "kind": kind.pk})
    with scope.acting(cast.pa, office=cast.homicide):
        link = Link.objects.get()
        assert link.to_record_id == first.pk
        assert answer["Location"] == link.from_record.get_absolute_url()
    assert pa.get(f"{LIST}new/?from=nonsense").status_code == 404


def test_choosing_a_kind_shows_what_must_happen_before_anything_is_logged(pa):
    press = EnquiryKind.objects.get(slug="press")
    assert "Make no comment" in pa.get(f"{LIST}advice/?kind={press.pk}").content.decode()
    assert pa.get(f"{LIST}advice/?kind=x").content.decode().strip() == ""


def test_the_figures_count_what_was_in_time(pa, cast):
    place = logged(cast).get_absolute_url()
    logged(cast, received_at=clock.now() - timedelta(days=60))
    pa.post(place + "resolution/", {"answer": "Done"})
    page = pa.get(LIST + "figures/").content.decode()
    assert "General enquiry" in page
    assert "50%" in page
