"""Today gathers, orders hardest first, and what is put off always comes back."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.desk.today import services
from privateoffice.desk.today.models import HURTS, PutOff, board, hardest_first
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Need


def need(**said):
    return Need(**{"key": "x", "title": "X", "why": "", "url": "/", "standing": "well", "group": "now", **said})


@given(st.lists(st.tuples(st.sampled_from(sorted(HURTS)), st.integers(0, 9), st.integers(0, 5)), max_size=12))
def test_what_hurts_more_never_stands_below_what_hurts_less(drawn):
    start = clock.now()
    needs = [
        need(key=str(i), standing=standing, weight=weight, due_at=start + timedelta(days=days))
        for i, (standing, weight, days) in enumerate(drawn)
    ]
    ranks = [(HURTS[n.standing], -n.weight, n.due_at) for n in hardest_first(needs)]
    assert ranks == sorted(ranks)


def test_needs_are_put_in_order_on_a_leap_day():
    with clock.stopped_at(clock.moment(date(2028, 2, 29), "09:00")):
        dated = need(key="b", due_at=clock.now())
        assert hardest_first([need(key="a"), dated]) == [dated, need(key="a")]


@pytest.fixture
def late_enquiry(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield house.receiver_of("enquiry")(
            records.open_matter(title="Inquest"),
            title="Coroner's letter",
            asked="Where is the report?",
            channel="email",
            kind=apps.get_model("enquiries", "EnquiryKind").objects.get(slug="general"),
            received_at=clock.now() - timedelta(days=40),
        )


def test_a_late_enquiry_is_on_the_pas_today_until_put_off_and_then_comes_back(late_enquiry):
    (line,) = board().now
    assert (line.title, line.standing, line.reference) == ("Coroner's letter", "late", late_enquiry.reference)
    until = clock.now() + timedelta(hours=2)
    row = services.put_off(need=line.key, title=line.title, role="pa", until_at=until)
    assert (board().now, board().put_off) == ((), (row,))
    assert [n.key for n in board(until + timedelta(seconds=1)).now] == [line.key]
    services.bring_back(row)
    assert [n.key for n in board().now] == [line.key]


def test_a_line_is_never_put_off_into_the_past(late_enquiry):
    with pytest.raises(services.NotLater):
        services.put_off(need="x", title="X", role="pa", until_at=clock.now())
    assert not PutOff.objects.exists()
