"""What came in on a day is all accounted for: dealt with one way, or listed by name."""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.desk.ledger import services
from privateoffice.desk.ledger.models import Check, dropped, proof_of
from privateoffice.desk.ledger.room import needs
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import EnquiryKind

DAY = clock.moment(clock.today().replace(month=3, day=18), "10:00")


@pytest.fixture
def pa(cast):
    with clock.stopped_at(DAY), scope.acting(cast.pa, office=cast.homicide):
        yield cast.pa


def log(title="Who signs for the loan car?", **said):
    return enquiries.log(title=title, asked=title, channel="phone", kind=EnquiryKind.objects.first(), **said)


def counts():
    proof = proof_of(clock.today())
    assert proof.adds_up
    return {code: count for source in proof.sources for code, count in source.counts.items()}


def test_each_enquiry_has_one_thing_that_became_of_it(pa):
    assert proof_of(clock.today()).came == 0
    unit = Unit.objects.create(name="Press Bureau")
    first, second, third = log(), log(), log()
    enquiries.resolve(first, answer="The Staff Officer")
    enquiries.redirect(second, unit=unit)
    assert counts() == {"answered": 1, "waiting": 1, "enquiry": 1}
    enquiries.accept(second, accepted_by="M. Vantongeren")
    assert counts() == {"answered": 1, "re-directed": 1, "enquiry": 1}
    enquiries.reopen(second, reason="They sent it back")
    enquiries.split(third, title="And parking?", asked="Where?", kind=EnquiryKind.objects.first())
    assert counts() == {"answered": 1, "enquiry": 3}


def test_what_came_is_counted_on_the_day_it_came_in_london(pa):
    log(received_at=clock.moment(clock.today() - timedelta(days=1), "23:59"))
    log(received_at=clock.moment(clock.today()))
    assert [proof_of(clock.today() - timedelta(days=ago)).came for ago in (0, 1, 2)] == [1, 1, 0]


def test_the_check_finds_what_lost_its_date_and_today_tells(pa, cast):
    enquiry = log()
    assert services.check(cast.homicide).is_clean
    assert list(needs(clock.now())) == []
    enquiries.correct(enquiry, seen=enquiry.version, due_at=None)
    assert dropped(clock.now()).adrift == 1
    assert list(needs(clock.now())) == []  # until the next check
    check = services.check(cast.homicide)
    assert (check.adrift, check.is_clean) == (1, False)
    assert [need.key for need in needs(clock.now())] == ["ledger:adrift"]


def test_a_check_is_kept_for_a_year_and_a_bit(pa, cast):
    for days in (500, 399, 0):
        with clock.stopped_at(DAY - timedelta(days=days)):
            services.check(cast.homicide)
    assert Check.objects.count() == 2


def test_today_counts_again_for_whoever_reads(cast):
    """A check sees the whole office; who covers hears of what they may see and of nothing else (F03)."""
    cast.cover()
    with scope.acting(cast.pa, office=cast.homicide):
        restricted = log(marking=2, handling="PERSONAL DATA")
        enquiries.correct(restricted, seen=restricted.version, due_at=None)
    with scope.acting_as_system("ledger.check", office=cast.homicide):
        assert services.check(cast.homicide).adrift == 1
    with scope.acting(cast.outsider, office=cast.homicide):
        assert list(needs(clock.now())) == []
        assert proof_of(clock.today()).came == 0
    with scope.acting(cast.pa, office=cast.homicide):
        assert [need.key for need in needs(clock.now())] == ["ledger:adrift"]


def test_the_pages_show_it_by_name(pa, cast):
    client = Client()
    client.force_login(cast.pa)
    kept, lost = log("A question of keys"), log("A question of cars")
    enquiries.resolve(kept, answer="Here")
    enquiries.correct(lost, seen=lost.version, due_at=None)
    services.check(cast.homicide)
    page = client.get("/homicide/ledger/").content.decode()
    assert "2 things came in, 2 dealt with, 0 not. It adds up." in page
    lines = client.get("/homicide/ledger/lines/?became=answered&source=enquiry").content.decode()
    assert "A question of keys" in lines
    assert "A question of cars" not in lines
    adrift = client.get("/homicide/ledger/adrift/").content.decode()
    assert "A question of cars" in adrift
    assert "A question of keys" not in adrift


@pytest.mark.parametrize("asked", ["day=0001-01-01", "day=9999-12-31", "day=x", "source=99999", "became=x"])
def test_a_strange_question_is_answered_with_today(pa, cast, asked):
    client = Client()
    client.force_login(cast.pa)
    assert client.get(f"/homicide/ledger/?{asked}").status_code == 200
    assert client.get(f"/homicide/ledger/lines/?{asked}").status_code == 200
