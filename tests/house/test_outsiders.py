"""Whoever works in another office gets “not found” everywhere, for every address and every kind of record."""

import re

import pytest
from django.test import Client

from privateoffice.foundations.offices.edge import FOREIGN_VIEWS
from tests.house import structure

SAMPLE = {"int": "1", "slug": "homicide", "str": "x", "uuid": "00000000-0000-0000-0000-000000000000", "path": "x"}


def office_addresses() -> list[str]:
    """Every address of a room, in the office Homicide, with numbers that could exist."""
    found = []
    for address, pattern in structure.patterns():
        view = getattr(pattern.callback, "view_class", pattern.callback)
        if address.startswith("<slug:office>/") and not view.__module__.startswith(FOREIGN_VIEWS):
            found.append("/" + re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLE[m.group(1) or "str"], address))
    return sorted(set(found))


@pytest.mark.hostile("F01")
@pytest.mark.parametrize("address", office_addresses() or ["/homicide/"])
def test_an_outsider_finds_nothing(cast, address):
    for stranger in (cast.outsider, cast.administrator):
        client = Client()
        client.force_login(stranger)
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 404, (stranger, address, answer.status_code)


@pytest.mark.parametrize("address", office_addresses() or ["/homicide/"])
def test_whoever_is_not_signed_in_is_asked_to(db, address):
    answer = Client().get(address)
    assert answer.status_code == 302
    assert "sign-in" in answer["Location"]
