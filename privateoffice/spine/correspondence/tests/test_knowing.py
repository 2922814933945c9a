"""Senders who pass for somebody are marked beside their true address: in lists, mails, for the Commander."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Message
from privateoffice.spine.correspondence.services.knowing import known_to
from privateoffice.spine.correspondence.tests.letters import lay, letter, take


def told(cast, tmp_path, *mails: bytes) -> list[str]:
    take(cast, lay(tmp_path / "m", *mails))
    with scope.acting(cast.pa, office=cast.homicide):
        messages = list(Message.objects.newest_first())
        return known_to(messages).mistaken(messages[0])


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ("Press <press@specialist-crirne.example>", "looks like our own specialist-crime.example"),
        ("Press <press@specialist-crime.example.co>", "looks like our own specialist-crime.example"),
        ("Press <press@xn--specalist-crime-dqj.example>", "stands for"),
    ],
)
def test_a_domain_that_passes_for_our_own_is_told_a05(cast, tmp_path, sender, said):
    (first, *_) = told(cast, tmp_path, letter(sender=sender))
    assert said in first


def test_a_domain_that_passes_for_one_that_has_written_before_is_told_and_the_true_one_is_not(cast, tmp_path):
    true = [letter(f"Q{at}", days_ago=9) for at in range(2)]
    fake = letter("Invoice", sender="A <a.vellacott@northrnere.example.org>", days_ago=1)
    assert told(cast, tmp_path, *true, fake) == [
        "Its domain (northrnere.example.org) looks like northmere.example.org, from which more mail has come, "
        "and is another."
    ]
    with scope.acting(cast.pa, office=cast.homicide):
        oldest = list(Message.objects.newest_first())[-1]
        assert known_to([oldest]).mistaken(oldest) == []


@pytest.mark.parametrize("name", ["{0} {1}", "{1}, {0}", "DCI {0} {1}", "{0} {1}".upper()])
def test_a_name_of_the_directory_from_another_address_is_told_a05(cast, tmp_path, name):
    person = cast.commander.person
    shown = name.replace("{0}".upper(), "{0}").format(person.forenames, person.surname)
    (said,) = told(cast, tmp_path, letter(sender=f'"{shown}" <someone@free.example.net>'))
    assert said == f"It bears the name of {person.ranked_name}, whose address is {person.email}."


def test_who_writes_from_their_own_address_and_whoever_nobody_knows_is_not(cast, tmp_path):
    other = cast.staff_officer.person
    mails = [letter(sender=f'"{other.name}" <{other.email}>'), letter(sender="Jo Nobody <jo@free.example.net>")]
    take(cast, lay(tmp_path / "m", *mails))
    with scope.acting(cast.pa, office=cast.homicide):
        messages = list(Message.objects.all())
        assert [known_to(messages).mistaken(message) for message in messages] == [[], []]


def test_every_page_that_shows_the_sender_says_so(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter(sender="Press <press@specialist-crirne.example>")))
    pa, commander = Client(), Client()
    pa.force_login(cast.pa)
    commander.force_login(cast.commander)
    with scope.acting(cast.pa, office=cast.homicide):
        ask = Ask.objects.select_related("message", "record__office").get()
        services.dispose(ask, way="for_commander", words="Look at it")
    where = ["/homicide/mail/?queue=commander", ask.record.get_absolute_url()]
    pages = [pa.get(place) for place in where] + [commander.get(f"{ask.address}reading/")]
    for page in pages:
        text = page.content.decode()
        assert "Look-alike" in text
        assert "looks like our own specialist-crime.example" in text
        assert "press@specialist-crirne.example" in text


def test_knowing_costs_the_same_queries_for_one_and_for_many(cast, tmp_path):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            known = known_to(messages)
            [known.mistaken(message) for message in messages]
        return len(queries)

    take(cast, lay(tmp_path / "m", *(letter(sender=f"A{at} B{at} <a@b{at}.example>") for at in range(20))))
    with scope.acting(cast.pa, office=cast.homicide):
        every = list(Message.objects.all())
        messages = every[:1]
        one = cost()
        messages = every
        assert cost() == one
