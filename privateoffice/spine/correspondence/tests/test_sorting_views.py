"""The page of sorting, as the PA meets it: one key, and the next mail opens."""

import re

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, Sight
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take

MAIL = "/homicide/mail/"
TEXT = "Could Imogen speak on Friday 12 March 2027 at 9:30am?\r\n\r\nAnd what became of the exhibits pilot?"
INVITATION = """From: a.vellacott@northmere.example.org
To: office@specialist-crime.example
Subject: Training day
Date: Mon, 26 Oct 2026 10:00:00 +0000
Message-ID: <invitation@northmere.example.org>
MIME-Version: 1.0
Content-Type: text/calendar; method=REQUEST; charset=utf-8

BEGIN:VCALENDAR
METHOD:REQUEST
BEGIN:VEVENT
UID:1@northmere.example.org
DTSTAMP:20261026T100000Z
DTSTART:20270312T093000Z
DTEND:20270312T101500Z
SUMMARY:Open the detective training day
LOCATION:Northmere
ORGANIZER:mailto:a.vellacott@northmere.example.org
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def three(cast, tmp_path):
    """Three mails, the newest of which asks two things."""
    mails = [letter(name, TEXT, days_ago=days) for name, days in (("Newest", 1), ("Middle", 2), ("Oldest", 3))]
    take(cast, lay(tmp_path / "three", *mails))


def subject(page) -> str:
    return re.search(r'<h2 id="subject">(.*?)</h2>', page.content.decode())[1]


def place(cast, title: str, number: int = 1) -> str:
    with scope.acting(cast.pa, office=cast.homicide):
        return (
            Ask.objects.select_related("message__record__office").get(record__title=title, number=number).address
        )


def test_the_newest_opens_first_with_every_act_and_its_key(pa, three):
    page = pa.get(MAIL)
    assert subject(page) == "Newest"
    keys = set(re.findall(r'data-key="(\w)"', page.content.decode()))
    assert keys >= set("sqadbxwfenzj")


def test_one_key_settles_it_and_the_next_opens_with_the_way_back(pa, cast, three):
    page = pa.post(f"{place(cast, 'Newest')}disposition/?way=no_action&queue=open", follow=True)
    assert (subject(page), "No action: Newest" in page.content.decode()) == ("Middle", True)
    page = pa.post(f"{place(cast, 'Oldest')}disposition/?way=answered&queue=open", follow=True)
    assert subject(page) == "Middle"
    page = pa.post(f"{place(cast, 'Newest')}undoing/?queue=open", follow=True)
    assert subject(page) == "Newest"


def test_a_mail_settled_twice_says_so_and_goes_on(pa, cast, three):
    for _ in range(2):
        page = pa.post(f"{place(cast, 'Newest')}disposition/?way=no_action&queue=open", follow=True)
    assert "Something has become of this already" in page.content.decode()
    assert pa.post(f"{place(cast, 'Newest')}disposition/?way=enquiry", follow=True).status_code == 200
    with scope.acting(cast.pa, office=cast.homicide):
        assert Disposition.objects.count() == 1


def test_the_other_forms_file_wait_put_off_redirect_and_put_before_the_commander(pa, cast, tmp_path):
    take(cast, lay(tmp_path / "five", *(letter(name) for name in "ABCDE")))
    with scope.acting(cast.pa, office=cast.homicide):
        unit = Unit.objects.create(name="Press Bureau")
    said = {
        "filing": {"filed_as": "complaint"},
        "waiting": {"until_on": "2099-01-02", "words": "The unit"},
        "put-off": {"when": "tomorrow"},
        "redirection": {"unit": unit.pk, "title": "x", "asked": "y", "kind": "press"},
        "commander": {"words": "Accept"},
    }
    for title, (name, fields) in zip("ABCDE", said.items(), strict=True):
        assert pa.get(f"{place(cast, title)}{name}/").status_code == 200
        assert pa.post(f"{place(cast, title)}{name}/", {"x": ""}).status_code == 422
        assert pa.post(f"{place(cast, title)}{name}/", fields).status_code == 302
    for queue, title in (("waiting", "B"), ("later", "C"), ("commander", "E"), ("nonsense", None), ("back", None)):
        page = pa.get(f"{MAIL}?queue={queue}")
        assert page.status_code == 200
        assert title is None or subject(page) == title


def test_an_invitation_fills_the_form_of_the_diary(pa, cast, tmp_path):
    take(cast, lay(tmp_path / "one", INVITATION))
    form = pa.get(f"{place(cast, 'Training day')}engagement/").context["form"]
    assert {name: str(form[name].value()) for name in ("title", "on", "starts", "ends", "place")} == {
        "title": "Open the detective training day",
        "on": "2027-03-12",
        "starts": "09:30:00",
        "ends": "10:15:00",
        "place": "Northmere",
    }


def test_a_mail_is_split_by_its_paragraphs(pa, cast, three):
    here = place(cast, "Newest")
    assert "exhibits pilot" in pa.get(f"{here}split/").content.decode()
    page = pa.post(f"{here}split/", {"parts": ["1"]}, follow=True)
    assert "2. And what became of the exhibits pilot?" in page.content.decode()
    assert pa.post(f"{here}split/", {"parts": ["7"]}).status_code == 422


def test_those_that_are_ticked_are_settled_at_once(pa, cast, three):
    with scope.acting(cast.pa, office=cast.homicide):
        names = [ask.name for ask in Ask.objects.select_related("record", "message")]
    said = {"ask": [*names[:2], "9.9.9.9", "nonsense"], "way": "filed"}
    assert "2 mails: filed" in pa.post(f"{MAIL}many/", said, follow=True).content.decode()


def test_the_commander_has_one_page_with_one_recommendation_each(pa, cast, three):
    here = place(cast, "Newest")
    pa.post(f"{here}commander/", {"words": "Accept, and take the figures."})
    commander = Client()
    commander.force_login(cast.commander)
    page = commander.get(f"{MAIL}for-the-commander/").content.decode()
    assert "Recommended: Accept, and take the figures." in page
    assert "Recommended: Accept, and take the figures" in commander.get("/homicide/").content.decode()
    assert "I have seen it" in commander.get(f"{here}reading/").content.decode()
    commander.post(f"{here}sight/")
    with scope.acting(cast.pa, office=cast.homicide):
        assert Sight.objects.get().person == cast.commander.person
    assert pa.post(f"{here}sight/").status_code == 403
    assert commander.post(f"{here}otherwise/", {"words": "Send Tobias"}).status_code == 302
    assert "Send Tobias" in pa.get("/homicide/").content.decode()
    assert "Send Tobias" in pa.get(MAIL).content.decode()


@pytest.mark.hostile("F03")
def test_nothing_of_a_private_conversation_is_to_be_had_f03(pa, cast, tmp_path):
    take(cast, lay(tmp_path / "p", letter("Xylophone", "Quixotic"), letter("Plain")))
    here = place(cast, "Xylophone")
    with scope.acting(cast.pa, office=cast.homicide):
        whole = Conversation.objects.get(title="Xylophone").get_absolute_url()
    commander = Client()
    commander.force_login(cast.commander)
    assert commander.post(f"{whole}privacy/").status_code == 302
    gone = [whole, f"{whole}messages/1/body/", f"{whole}messages/1/original/", f"{whole}messages/1/attachments/1/"]
    gone += [f"{here}{name}/" for name in ("filing", "split", "enquiry", "reading")]
    assert [pa.get(address).status_code for address in gone] == [404] * len(gone)
    assert [pa.post(f"{here}{name}/").status_code for name in ("disposition", "undoing")] == [404, 404]
    for address in (
        MAIL,
        f"{MAIL}?show=all",
        "/homicide/",
        "/homicide/search/?q=quixotic",
        "/homicide/search/?q=xylophone",
    ):
        text = pa.get(address).content.decode()
        assert "Xylophone" not in text.replace('value="xylophone"', ""), address
        assert "Quixotic" not in text, address
    assert commander.get(whole).status_code == 200


def test_sorting_costs_the_same_queries_for_one_and_for_many(pa, cast, tmp_path, queries_of):
    take(cast, lay(tmp_path / "one", letter(message_id=1, days_ago=3)))
    addresses = [
        MAIL,
        f"{MAIL}?queue=waiting",
        f"{MAIL}for-the-commander/",
        place(cast, "A question") + "reading/",
    ]
    pa.get(MAIL)
    before = [queries_of(pa, address) for address in addresses]
    take(cast, lay(tmp_path / "more", *(letter(f"Another {at}", days_ago=4) for at in range(20)), answer(1)))
    assert [queries_of(pa, address) for address in addresses] == before
