"""Every list costs the same number of queries for one row, for three, and on a page deep in it."""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing, Matter
from privateoffice.rooms.enquiries.models import Caller, Enquiry, EnquiryKind, Redirection
from privateoffice.spine.actions.models import Action, Discharge
from tests.house.rotas import fill_rotas

DEEP = 110
"""Rounds of rows after which every list has a third page."""

LISTS = [
    "/homicide/",
    *(f"/homicide/enquiries/?show={show}" for show in ("open", "late", "redirected", "closed", "all")),
    *(f"/homicide/actions/?show={show}" for show in ("open", "red", "amber", "awaiting", "closed")),
    *(f"/homicide/actions/?sort={sort}" for sort in ("title", "owner", "reference")),
    "/homicide/actions/mine/",
]


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def fill(cast, count: int) -> None:
    """So many rounds of an enquiry and an action of each sort: to come, in other hands, late and closed."""
    with scope.acting(cast.pa, office=cast.homicide), performing("records.make_many"):
        caller = Caller.objects.create(office=cast.homicide, name="N. Prest")
        dues = [clock.now() + timedelta(days=days) for days in (3, 4, -3, -30)] * count
        enquiries = records.make_many(Enquiry, [_enquiry(due, caller) for due in dues])
        actions = records.make_many(Action, [_action(due) for due in dues])
        ended = [*enquiries[3::4], *actions[3::4]]
        records.close_many([Closing(record=one, outcome="answered", closed_by="D. Hartsough") for one in ended])
        done = [Discharge(record=one, words="Done", discharged_by="x", owner_words="x") for one in actions[1::4]]
        Discharge.objects.bulk_create(done)
        unit, _ = Unit.objects.get_or_create(name="Coroner liaison")
        passed = [Redirection(enquiry=e, unit=unit, chase_at=e.due_at, redirected_by="x") for e in enquiries[1::4]]
        Redirection.objects.bulk_create(passed)
        records.make_many(Matter, [{"title": "A matter"}] * count)


def _enquiry(due_at, caller) -> dict:
    return {
        "title": "A question",
        "asked": "What?",
        "channel": "phone",
        "enquiry_kind": EnquiryKind.objects.get(slug="general"),
        "caller": caller,
        "acknowledge_by": due_at,
        "due_at": due_at,
        "reply_at_most_by": due_at,
    }


def _action(due_at) -> dict:
    return {
        "title": "Send it",
        "due_on": due_at.date(),
        "due_at": due_at,
        "owner_role": "pa",
        "setter_role": "pa",
    }


def test_a_list_asks_the_same_of_one_row_of_three_and_deep_within(pa, cast, queries_of):
    fill(cast, 1)
    pa.get("/homicide/")
    of_one = {address: queries_of(pa, address) for address in LISTS}
    fill(cast, 2)
    assert {address: queries_of(pa, address) for address in LISTS} == of_one
    fill(cast, DEEP - 3)
    deep = {address: f"{address}{'&' if '?' in address else '?'}page=3" for address in LISTS}
    assert {address: queries_of(pa, deep[address]) for address in LISTS} == of_one


def test_a_list_of_rotas_asks_the_same_of_one_row_and_of_many(pa, cast, queries_of):
    lists = fill_rotas(cast, 1)
    pa.get("/homicide/")
    of_one = {address: queries_of(pa, address) for address in lists}
    fill_rotas(cast, 2)
    assert {address: queries_of(pa, address) for address in lists} == of_one
    fill_rotas(cast, 12)
    assert {address: queries_of(pa, address) for address in lists} == of_one


def test_a_record_costs_the_same_however_many_there_are(pa, cast, queries_of):
    fill(cast, 1)
    with scope.acting(cast.pa, office=cast.homicide):
        pages = [kind.objects.order_by("pk")[0].get_absolute_url() for kind in (Enquiry, Action)]
    pa.get("/homicide/")
    before = [queries_of(pa, page) for page in pages]
    fill(cast, 60)
    assert [queries_of(pa, page) for page in pages] == before


@pytest.mark.hostile("E07")
@pytest.mark.parametrize("page", ["-1", "0", "1000000000000", "abc", "", "٣"])
def test_a_page_that_does_not_exist_is_the_nearest_that_does(pa, cast, page):
    fill(cast, 1)
    for address in ("/homicide/enquiries/?show=all&page=", "/homicide/actions/?show=closed&sort=secret&page="):
        answer = pa.get(address + page)
        assert (answer.status_code, answer.context["page"].number) == (200, 1)
