"""What rules propose is seen in the list of mail, and taken there without opening anything."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Disposition, Filing, Way
from privateoffice.spine.correspondence.tests.letters import lay, letter, take

LIST = "/homicide/mail/"
TAKEN = re.compile(r'formaction="([^"]+)"')


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def switched_on(cast, **said) -> None:
    with scope.acting(cast.pa, office=cast.homicide):
        rule = services.keep_rule(**{"name": "Bulletins", "way": Way.FILED, "filed_as": Filing.MEETING, **said})
        services.switch_on(services.try_rule(rule))


def buttons(client: Client, address: str = LIST) -> list[str]:
    page = client.get(address).content.decode()
    return [found.replace("&amp;", "&") for found in TAKEN.findall(page)]


def test_each_row_says_what_is_proposed_for_it_and_by_which_rule(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter("Crime bulletin 1"), letter("A question"), letter("Crime bulletin 2")))
    switched_on(cast, words="crime bulletin")
    page = client.get(LIST).content.decode()
    assert page.count("File as senior leaders&#x27; papers and decisions, 6 years") == 3  # twice here, once beside
    assert page.count("by “Bulletins”") == 2
    assert len(buttons(client)) == 2


def test_taking_it_settles_that_one_and_stays_in_the_list(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter("Crime bulletin 1", days_ago=2), letter("Crime bulletin 2", days_ago=1)))
    switched_on(cast, words="crime bulletin")
    answer = client.post(buttons(client)[1], {"way": "no_action", "ask": "1.1.1.1"})
    assert answer["Location"] == f"{LIST}?queue=open"
    page = client.get(answer["Location"]).content.decode()
    assert "Filed, as “Bulletins” proposed: Crime bulletin 1" in page
    with scope.acting(cast.pa, office=cast.homicide):
        (made,) = Disposition.objects.select_related("record")
        assert (made.record.title, made.way, made.by_rule) == ("Crime bulletin 1", "filed", "Bulletins")
        assert Ask.objects.open().count() == 1
    assert len(buttons(client)) == 1


def test_one_taken_twice_is_settled_once(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter("Crime bulletin 1")))
    switched_on(cast, words="crime bulletin")
    (place,) = buttons(client)
    client.post(place)
    page = client.post(place, follow=True).content.decode()
    assert "The rule no longer proposes this" in page
    with scope.acting(cast.pa, office=cast.homicide):
        assert Disposition.objects.count() == 1


def test_words_of_the_text_and_of_an_ask_that_was_split_off_count(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter("A", "May I ask?\r\n\r\nThe crime bulletin is late."), letter("B")))
    switched_on(cast, words="crime bulletin", looks_in_text=True)
    with scope.acting(cast.pa, office=cast.homicide):
        ask = Ask.objects.select_related("message", "record__office").get(record__title="A")
        services.split(ask, quoted="May I ask?")
        found = services.proposals_for(list(Ask.objects.for_list()))
        assert list(found) == [ask.pk]
    assert len(buttons(client)) == 1


def test_nothing_is_proposed_for_what_is_settled_or_to_whoever_does_not_sort(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter("Crime bulletin 1")))
    switched_on(cast, words="crime bulletin")
    with scope.acting(cast.pa, office=cast.homicide):
        services.dispose(
            Ask.objects.select_related("message", "record__office").get(), way=Way.COMMANDER, words="Y"
        )
    assert buttons(client, f"{LIST}?queue=commander") == []
    other = Client()
    other.force_login(cast.commander)
    assert buttons(other) == []


def test_the_list_costs_the_same_for_one_proposal_and_for_many(cast, client, tmp_path):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    take(cast, lay(tmp_path / "one", letter("Crime bulletin 1")))
    switched_on(cast, words="crime bulletin", looks_in_text=True)
    switched_on(cast, name="Others", words="zebra")
    client.get(LIST)
    before = cost()
    take(cast, lay(tmp_path / "more", *(letter(f"Crime bulletin {at}") for at in range(2, 9))))
    assert len(buttons(client)) == 8
    assert cost() == before
