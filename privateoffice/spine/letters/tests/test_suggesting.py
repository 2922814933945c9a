"""The address book: the directory and past mail suggest whom a draft goes to, without scripts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services as mail
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.letters import services
from privateoffice.spine.letters.models import Draft
from privateoffice.spine.letters.tests.test_views import typed

THEIRS = "Amabel Vellacott <a.vellacott@northmere.example.org>"


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def test_past_mail_comes_first_then_the_directory_each_address_once(cast, tmp_path):
    odd = letter("Odd", sender='"boss@x.example" <thief@c.example>')
    take(cast, lay(tmp_path / "m", letter("A"), letter("B"), odd))
    with scope.acting(cast.pa, office=cast.homicide):
        suggested = services.people_to_suggest()
    assert suggested[0] == THEIRS
    person = cast.commander.person
    assert f"{person.name} <{person.email}>" in suggested
    assert len({one.lower() for one in suggested}) == len(suggested)
    assert not any("thief" in one or cast.outsider.person.email in one for one in suggested)


def test_who_writes_to_the_commander_alone_is_suggested_to_nobody_else_f03(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("A")))
    with scope.acting(cast.commander, office=cast.homicide):
        mail.keep_private(Conversation.objects.get())
        assert THEIRS in services.people_to_suggest()
    with scope.acting(cast.pa, office=cast.homicide):
        assert THEIRS not in services.people_to_suggest()


def test_somebody_else_is_added_under_to_once(cast, pa, tmp_path):
    take(cast, lay(tmp_path / "m", letter("A")))
    place = pa.post("/homicide/drafts/begin/")["Location"]
    page = pa.get(place).content.decode()
    assert '<option value="Amabel Vellacott &lt;a.vellacott@northmere.example.org&gt;">' in page
    assert 'list="people"' in page
    for _ in range(2):
        assert pa.post(place, typed(pa, place, subject="A", add=THEIRS)).status_code == 302
    assert pa.post(place, typed(pa, place, add="nobody")).status_code == 422
    with scope.acting(cast.pa, office=cast.homicide):
        assert Draft.objects.get().to == [["Amabel Vellacott", "a.vellacott@northmere.example.org"]]


def test_suggesting_costs_two_queries_however_many_there_are(cast, tmp_path):
    take(cast, lay(tmp_path / "m", *(letter(f"M{at}", sender=f"A{at} <a@b{at}.example>") for at in range(9))))
    with scope.acting(cast.pa, office=cast.homicide), CaptureQueriesContext(connection) as queries:
        services.people_to_suggest()
    assert len(queries) == 2
