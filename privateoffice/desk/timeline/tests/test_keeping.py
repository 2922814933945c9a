"""What can be done with a record of any kind, from its own page."""

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Matter, MatterEntry
from privateoffice.foundations.records.pages import acts_on


@pytest.fixture
def pa(cast):
    return signed_in(cast.pa)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def matter(desk):
    return records.open_matter(title="Inquest")


def acts(matter):
    return f"/homicide/records/matters/{matter.year}/{matter.number}/"


def test_every_act_offered_on_a_record_opens(pa, matter):
    offered = acts_on(matter)
    assert len(offered) == 7
    assert [pa.get(act.url).status_code for act in offered] == [200] * 7
    page = pa.get(matter.get_absolute_url()).content.decode()
    assert all(act.url in page for act in offered)


def test_a_record_of_any_kind_is_put_on_a_matter_old_or_new(pa, matter):
    other = records.open_matter(title="Fire safety")
    place = f"/homicide/records/matter/?record=matters/{matter.year}/{matter.number}"
    assert "Fire safety" in pa.get(place).content.decode()
    pa.post(place, {"matter": other.reference})
    pa.post(place, {"title": "A new one"})
    on = MatterEntry.objects.filter(record_id=matter.pk).order_by("pk").values_list("matter__title", flat=True)
    assert list(on) == ["Fire safety", "A new one"]
    assert "Enter a matter, or the title of a new one" in pa.post(place, {"title": ""}).content.decode()


def test_a_marking_needs_handling_and_two_savers_see_both(pa, matter):
    place = acts(matter) + "marking/"
    assert "Enter how it is to be handled" in pa.post(place, {"seen": 1, "marking": 2}).content.decode()
    assert pa.post(place, {"seen": 1, "marking": 2, "handling": "PERSONAL DATA"}).status_code == 302
    assert (Matter.objects.get().marking, Matter.objects.get().handling) == (2, "PERSONAL DATA")
    assert pa.post(place, {"seen": 1, "marking": 1}).status_code == 409


def test_a_coverer_cannot_mark_what_they_would_not_see(cast, matter):
    cast.cover()
    answer = signed_in(cast.outsider).post(acts(matter) + "marking/", {"seen": 1, "marking": 2, "handling": "X"})
    assert answer.status_code == 200
    assert Matter.objects.get().marking == 1


def test_readers_are_named_and_the_whole_office_let_in_again(cast, pa, matter):
    place = acts(matter) + "readers/"
    pa.post(place, {"roles": ["pa"], "people": "Fennimarsh\n"})
    assert "Tobias Fennimarsh" in pa.get(place).content.decode()
    assert signed_in(cast.commander).get(matter.get_absolute_url()).status_code == 404
    pa.post(place + "everybody/")
    assert signed_in(cast.commander).get(matter.get_absolute_url()).status_code == 200
    assert "Nobody in the directory is called Xenia" in pa.post(place, {"people": "Xenia"}).content.decode()


def test_who_shuts_the_door_on_themselves_is_led_to_today(pa, matter):
    answer = pa.post(acts(matter) + "readers/", {"roles": ["commander"]})
    assert answer["Location"] == "/homicide/"


def test_a_record_is_kept_from_whom_it_concerns(cast, pa, matter):
    pa.post(acts(matter) + "conflict/", {"person": "Fennimarsh", "reason": "It is about them"})
    assert signed_in(cast.staff_officer).get(matter.get_absolute_url()).status_code == 404


def test_a_hold_is_placed_once_and_lifted_by_the_staff_officer(cast, pa, matter):
    place = acts(matter) + "hold/"
    assert pa.post(place, {"reason": "Public inquiry"}).status_code == 302
    assert pa.post(place, {"reason": "Public inquiry"}).status_code == 409
    assert "Public inquiry" in pa.get(matter.get_absolute_url()).content.decode()
    assert pa.get(place + "lifting/").status_code == 403
    staff_officer = signed_in(cast.staff_officer)
    assert staff_officer.post(place + "lifting/", {"hold": "Public inquiry"}).status_code == 302
    assert matter.holds.filter(lifted_at=None).count() == 0


def test_two_records_are_linked(pa, matter):
    other = records.open_matter(title="Fire safety")
    place = acts(matter) + "link/"
    pa.post(place, {"kind": "about", "record": other.reference})
    assert [(link.from_record_id, link.to_record_id) for link in Link.objects.all()] == [(matter.pk, other.pk)]
    assert "Is spoken of in" in pa.get(other.get_absolute_url()).content.decode()
    assert f"it is about {other.reference}" in pa.get(matter.get_absolute_url()).content.decode()
    assert "not linked to itself" in pa.post(place, {"kind": "about", "record": "mat 1"}).content.decode()


@pytest.mark.parametrize("record", ["matters/2026/99", "matters/x/1", "nothing/2026/1", "../../x", "x"])
@pytest.mark.parametrize("place", ["marking", "readers", "conflict", "hold", "link"])
def test_what_is_not_there_is_not_found(pa, record, place):
    assert pa.get(f"/homicide/records/{record}/{place}/").status_code == 404


def test_a_reader_is_offered_nothing(cast, matter):
    with scope.acting(cast.reader, office=cast.homicide):
        assert acts_on(matter) == []
    assert signed_in(cast.reader).get(acts(matter) + "marking/").status_code == 403
