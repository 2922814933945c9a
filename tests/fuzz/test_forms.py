"""Hostile forms: never a fault of the program, and never a write outside what the sender may do."""

import random

import pytest
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Record
from tests.crawl.world import SECRET, World
from tests.fuzz.forms import ROLES, Forms

MOST = 60
"""So many forms for each role. More, and longer, with `python -m tests.fuzz`."""


def counted(office) -> dict[str, tuple]:
    with scope.acting_as_system("looking", office=office):
        return {
            record.reference: (record.version, record.title, record.marking) for record in Record.objects.all()
        }


def signed_in(user, **said) -> Client:
    client = Client(raise_request_exception=False, **said)
    client.force_login(user)
    session = client.session
    session["confirmed_at"] = 4e9
    session.save()
    return client


@pytest.mark.slow
@pytest.mark.parametrize("who", ROLES)
def test_no_form_breaks_and_none_writes_where_its_sender_may_not(cast, tmp_path, who, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 24 * 60 * 60
    world = World(cast, tmp_path)
    world.plant("Umbercote")
    world.plant(SECRET, office=cast.proactive)
    forms = Forms(random.Random(f"forms {who}"))
    user, theirs = getattr(cast, who), cast.homicide if who == "outsider" else cast.proactive
    before, readable = counted(theirs), counted(cast.homicide)
    addresses = forms.addresses("homicide")
    for address in forms.chance.sample(addresses, min(MOST, len(addresses))):
        forms.post(signed_in(user), who, address)
    assert [str(finding) for finding in forms.findings] == []
    assert counted(theirs) == before
    if who in ("reader", "administrator", "outsider"):
        assert counted(cast.homicide) == readable
    acted = set(Entry.objects.filter(office_id=theirs.pk, actor=user.person.name).values_list("verb", flat=True))
    assert (
        {verb for verb in acted if not verb.startswith("edge.")} <= {"offices.settle"}
        if who == "administrator"
        else ({verb for verb in acted if not verb.startswith("edge.")} == set())
    )


@pytest.mark.slow
@pytest.mark.hostile("E02")
def test_no_form_is_taken_without_our_token(cast):
    client = signed_in(cast.pa, enforce_csrf_checks=True)
    taken = {
        address: status
        for address in Forms(random.Random(1)).addresses("homicide")
        if (status := client.post(address, {"text": "x"}).status_code) not in (403, 404, 405)
    }
    assert taken == {}
