"""The count behind the door: kept from page to page, and never past an act, a minute or a reader."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.actions import services

AT = clock.moment(date(2026, 11, 24), "09:00:10")
THE_WEEK_BEFORE = clock.moment(date(2026, 11, 18), "09:00")


@pytest.fixture
def pa(cast):
    cache.clear()
    client = Client()
    client.force_login(cast.pa)
    with clock.stopped_at(AT), scope.acting(cast.pa, office=cast.homicide):
        owed("Late")
        yield client


def owed(title: str, due_on: date = date(2026, 11, 23), **said) -> None:
    """Something that the PA was asked for in the week before."""
    with clock.stopped_at(THE_WEEK_BEFORE):
        services.assign(title=title, owner_role="pa", due_on=due_on, **said)


def counted(client, address="/homicide/matters/") -> int:
    frame = client.get(address).context["frame"]
    return next(door.waiting for door in frame.doors if door.word == "Actions")


def questions(client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/homicide/matters/")
    return len(asked)


def test_a_second_page_does_not_count_again(pa):
    counted(pa, "/homicide/")
    first = questions(pa)
    cache.clear()
    assert questions(pa) > first + 10


def test_an_act_of_anybody_counts_anew(pa, cast):
    assert counted(pa) == 1
    with scope.acting(cast.staff_officer, office=cast.homicide):
        owed("Late too")
    assert counted(pa) == 2


def test_a_minute_that_passes_counts_anew(pa, cast):
    owed("Due today", date(2026, 11, 24))
    before = counted(pa)
    with clock.stopped_at(clock.moment(date(2026, 11, 25), "09:00")):
        assert (before, counted(pa)) == (1, 2)


def test_nobody_is_told_what_another_may_see(pa, cast):
    owed("Quiet", marking=2, handling="PERSONAL DATA")
    other = Client()
    other.force_login(cast.reader)
    assert (counted(pa), counted(other), counted(pa)) == (2, 1, 2)


def test_it_is_kept_for_a_minute_at_most(pa, cast):
    counted(pa)
    with clock.stopped_at(AT + timedelta(seconds=60)):
        first = questions(pa)
    assert first > questions(pa)
