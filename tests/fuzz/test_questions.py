"""Hostile questions in addresses: what is searched for, filtered by, turned to, and the addresses themselves.

The databases differ in what they refuse (zero bytes, lone surrogates, numbers too large for a column): this is run
on both: `DATABASE_URL=postgres://… pytest tests/fuzz/test_questions.py -m slow`.
"""

import re
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.crawl.walking import guesses
from tests.crawl.world import World
from tests.fuzz.forms import VALUES
from tests.house import structure

BOUNDED = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = (
    *("q", "page", "kind", "order", "show", "state", "queue", "month", "from", "seen", "who", "person", "as"),
    *("ask", "how", "leaver", "matter", "name", "office", "record", "template", "title", "was_sent", "owner"),
    *("caller_name", "next", "ended"),
)
"""Every name that a view reads from an address."""

SEEKING = (
    *("search/", "search/hits/", "enquiries/callers/", "actions/people/", "people/", "enquiries/", "actions/"),
    *("mail/", "matters/", "cover/new/"),
)
SYNTAX = st.text(alphabet="\"'*:()^-+|&!<>\\%_ aANDORNOTNEAR\x00\ud800é\u0301\u202e𝟘/0", max_size=60)
NUMBERS = st.integers(min_value=-(2**70), max_value=2**70).map(str)
TYPED = st.one_of(st.text(max_size=40), SYNTAX, NUMBERS, st.sampled_from([v for v in VALUES if len(v) < 1000]))
RAW = st.one_of(TYPED.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=30))
QUESTIONS = st.dictionaries(st.sampled_from(NAMES), RAW, min_size=1, max_size=4)


@pytest.fixture
def client(cast, tmp_path):
    """The PA, who may ask of nearly everything, in an office that holds some of each."""
    World(cast, tmp_path).plant("Umbercote")
    client = Client(raise_request_exception=False)
    client.force_login(cast.pa)
    return client


@pytest.fixture
def pages(client):
    """Every address that answers the PA with a page."""
    with transaction.atomic():
        found = [one for one in guesses("homicide") if client.get(one).status_code == 200]
        transaction.set_rollback(True)
    return found


def broken(client, address):
    """The address, where it is answered by a fault of the program; whatever it wrote is undone."""
    with transaction.atomic():
        answer = client.get(address)
        fault = answer.status_code >= 500
        transaction.set_rollback(True)
    return [address] if fault else []


def asked(said):
    return "&".join(f"{name}={quote_from_bytes(raw)}" for name, raw in said.items())


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_is_looked_for_is_no_fault(client):
    @BOUNDED
    @given(RAW, st.sampled_from(SEEKING), st.sampled_from(["", "&kind=enquiries", "&order=fit"]))
    def look_for(raw, place, more):
        words = "&".join(f"{name}={quote_from_bytes(raw)}" for name in ("q", "owner", "caller_name"))
        assert broken(client, f"/homicide/{place}?{words}{more}") == []

    look_for()


@pytest.mark.slow
@pytest.mark.django_db
def test_whatever_a_page_is_asked_by_its_address_is_no_fault(client, pages):
    @BOUNDED
    @given(st.sampled_from(pages), QUESTIONS)
    def ask(address, said):
        assert broken(client, f"{address}?{asked(said)}") == []

    ask()


@pytest.mark.slow
@pytest.mark.django_db
def test_an_address_made_of_anything_is_no_fault(client):
    routes = [route for route, _ in structure.patterns() if "<" in route and "(?" not in route]
    piece = re.compile(r"<(\w+):(\w+)>")

    @BOUNDED
    @given(st.sampled_from(routes), st.data())
    def go(route, data):
        def fill(found):
            if found[2] == "office":
                return "homicide"
            if found[1] == "int":
                return str(data.draw(st.integers(min_value=0, max_value=2**70)))
            return quote_from_bytes(data.draw(RAW))

        assert broken(client, f"/{piece.sub(fill, route)}") == []

    go()
