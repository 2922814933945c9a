"""Matters as people meet them: the list, one thread with all that belongs to it, and its end."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Matter, MatterEntry
from privateoffice.foundations.registry import house

LIST = "/homicide/matters/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def pa(cast):
    return signed_in(cast.pa)


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def matter(desk):
    return records.open_matter(title="Inquest", summary="Into the fire")


def enquiry(source, title="Letter of the coroner", days=0):
    return house.receiver_of("enquiry")(
        source,
        title=title,
        asked="When?",
        channel="email",
        kind=apps.get_model("enquiries", "EnquiryKind").objects.get(slug="general"),
        received_at=clock.now() - timedelta(days=days),
    )


def titles(answer, name="items"):
    return [item["title"] for item in answer.context[name]]


def test_a_matter_is_opened_and_records_are_put_on_it_by_reference(pa, desk):
    answer = pa.post(LIST + "new/", {"title": "Inquest", "summary": "Into the fire"})
    matter = Matter.objects.get()
    assert answer["Location"] == matter.get_absolute_url()
    letter = enquiry(matter)
    MatterEntry.objects.all().delete()
    pa.post(matter.get_absolute_url() + "records/", {"record": "enq 1"})
    page = pa.get(matter.get_absolute_url())
    assert titles(page) == [letter.title]
    assert f"put enquiry {letter.reference} on a matter" in page.content.decode()
    pa.post(matter.get_absolute_url() + "records/off/", {"record": f"enquiries/{letter.year}/1"})
    assert titles(pa.get(matter.get_absolute_url())) == []


@pytest.mark.parametrize(
    ("typed", "said"), [("enq 9", "No record has the reference enq 9"), ("mat 1", "A matter is not put on itself")]
)
def test_what_cannot_be_put_on_is_said(pa, matter, typed, said):
    answer = pa.post(matter.get_absolute_url() + "records/", {"record": typed})
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


def test_the_records_of_a_matter_stand_in_order_with_their_standing(pa, matter):
    late = enquiry(matter, "Late", days=40)
    fresh = enquiry(matter, "Fresh")
    for record in (late, fresh):
        records.put_on(matter, record)
    answer = pa.get(matter.get_absolute_url())
    assert [(item["title"], item["standing"][0]) for item in answer.context["items"]] == [
        ("Late", "late"),
        ("Fresh", "well"),
    ]
    told = [line.reference for line in pa.get(matter.get_absolute_url(), {"kind": "enquiries"}).context["story"]]
    assert set(told) == {late.reference, fresh.reference}


def test_the_second_save_of_two_shows_both(pa, matter):
    place = matter.get_absolute_url() + "correction/"
    first = pa.post(place, {"seen": 1, "title": "Inquest, first", "summary": "A"})
    second = pa.post(place, {"seen": 1, "title": "Inquest, second", "summary": "A"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Inquest, first" in second.content.decode()
    assert "Inquest, second" in second.content.decode()
    pa.post(place, {"seen": 2, "title": "Inquest, second", "summary": "A"})
    assert Matter.objects.get().title == "Inquest, second"


def test_a_matter_is_closed_once_and_opened_again(pa, matter):
    place = matter.get_absolute_url()
    assert pa.post(place + "closing/", {"words": "Verdict given"}).status_code == 302
    assert pa.post(place + "closing/", {"words": "Again"}).status_code == 409
    page = pa.get(place).content.decode()
    assert "Verdict given" in page
    assert "closed this matter" in page
    assert titles(pa.get(LIST), "rows") == []
    assert titles(pa.get(LIST, {"show": "closed"}), "rows") == ["Inquest"]
    pa.post(place + "reopening/", {"reason": "An appeal"})
    assert titles(pa.get(LIST), "rows") == ["Inquest"]


def test_the_verbs_themselves(matter):
    records.close_matter(matter, words="Over")
    records.reopen_matter(matter, reason="It is not")
    assert Matter.objects.open().get() == matter


def test_the_matter_where_something_happened_last_is_first(pa, matter):
    other = records.open_matter(title="Other")
    assert titles(pa.get(LIST), "rows") == ["Other", "Inquest"]
    letter = enquiry(matter)
    records.put_on(matter, letter)
    assert titles(pa.get(LIST), "rows") == ["Inquest", "Other"]
    records.put_on(other, letter)
    assert titles(pa.get(LIST, {"words": "fire"}), "rows") == ["Inquest"]
    assert pa.get(LIST, {"page": "-1", "show": "x", "words": "%'"}).status_code == 200


def test_what_is_restricted_is_absent_at_home_and_a_number_under_cover(cast, matter):
    hidden = records.open_matter(title="Grievance", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    records.put_on(matter, hidden)
    cast.cover()
    at_home, under_cover = (
        signed_in(user).get(matter.get_absolute_url()).content.decode() for user in (cast.reader, cast.outsider)
    )
    assert "Grievance" not in at_home + under_cover
    assert "restricted" not in at_home
    assert "1 restricted matter on this matter is counted, not shown" in under_cover
    assert hidden.reference not in at_home + under_cover


def test_a_reader_reads_and_changes_nothing(cast, matter):
    reader = signed_in(cast.reader)
    page = reader.get(matter.get_absolute_url())
    assert (page.status_code, "Put it on" in page.content.decode()) == (200, False)
    assert reader.post(matter.get_absolute_url() + "closing/", {"words": "x"}).status_code == 403
    assert reader.get(LIST + "new/").status_code == 403


def test_three_cost_as_many_queries_as_one(pa, matter):
    pa.get(LIST)
    counts = []
    for new in (1, 2):
        for _ in range(new):
            records.put_on(matter, enquiry(matter))
            records.open_matter(title="Another")
        for address in (LIST, matter.get_absolute_url()):
            with CaptureQueriesContext(connection) as run:
                pa.get(address)
            counts.append(len(run))
    assert counts[:2] == counts[2:]
