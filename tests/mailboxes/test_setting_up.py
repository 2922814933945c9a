"""Setting mailboxes up: by the administrator alone, secrets sealed, paused and taken up again."""

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, secrets
from privateoffice.spine.mailboxes.services.news import Posted
from tests.mailboxes.office import letter, set_up

PLACE = {"imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none"}
TYPED = {
    "office": "homicide",
    "slug": "shared",
    "kind": "imap",
    "name": "The shared mailbox",
    "address": "shared@homicide.example",
    "readers": "office",
    "imap_host": "mail.homicide.example",
    "imap_port": "993",
    "imap_security": "tls",
    "password": "a quiet word",
}


@pytest.fixture
def administrator(cast):
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_a_mailbox_is_added_on_its_page_and_its_password_is_never_shown(administrator, cast):
    answer = administrator.post("/administration/mailboxes/new/", TYPED)
    assert answer.status_code == 302
    with scope.acting(cast.administrator, office=None):
        mailbox = Mailbox.objects.get()
    assert "quiet" not in mailbox.secret
    assert mailbox.words == {"password": "a quiet word"}
    for address in (answer["Location"], f"{answer['Location']}settings/", "/administration/mailboxes/"):
        page = administrator.get(address)
        assert page.status_code == 200
        assert b"a quiet word" not in page.content


def test_without_security_a_server_elsewhere_is_refused(administrator):
    answer = administrator.post("/administration/mailboxes/new/", TYPED | {"imap_security": "none"})
    assert answer.status_code == 422
    assert b"in the clear" in answer.content


def test_a_password_left_empty_stays(administrator, cast):
    mailbox = set_up(cast, word="first", place=PLACE, sends=False)
    place = f"/administration/mailboxes/homicide/{mailbox.slug}/"
    typed = TYPED | {"password": "", "address": mailbox.address}
    assert administrator.post(f"{place}settings/", typed).status_code == 302
    with scope.acting(cast.administrator, office=None):
        mailbox.refresh_from_db()
    assert mailbox.words == {"password": "first"}
    assert mailbox.place["imap_host"] == "mail.homicide.example"


@pytest.mark.hostile("A27")
def test_a_mailbox_that_cannot_be_reached_says_so_in_words(administrator, cast):
    mailbox = set_up(cast, place=PLACE)
    place = f"/administration/mailboxes/homicide/{mailbox.slug}/"
    administrator.post(f"{place}trial/")
    page = administrator.get(place)
    assert "cannot be reached" in page.content.decode()


def test_paused_and_taken_up_again(administrator, cast):
    mailbox = set_up(cast, place=PLACE)
    place = f"/administration/mailboxes/homicide/{mailbox.slug}/"
    administrator.post(f"{place}pause/", {"reason": "The server moves."})
    with scope.acting_as_system("test", office=cast.homicide):
        assert not Mailbox.objects.at_work().exists()
        with pytest.raises(services.PausedAlready):
            services.pause(mailbox, reason="Twice")
        services.take_up(mailbox)
        with pytest.raises(services.NotPaused):
            services.take_up(mailbox)
        assert Mailbox.objects.at_work().exists()
    assert administrator.post(f"{place}taking-up/").status_code == 302


def test_the_pa_does_not_set_mailboxes_up(cast):
    mailbox = set_up(cast, place=PLACE)
    with scope.acting(cast.pa, office=cast.homicide):
        for act in (
            lambda: services.add(cast.homicide, slug="x", name="x", kind="imap", address="x@y.example"),
            lambda: services.settle(mailbox, name="y"),
            lambda: services.try_out(mailbox),
        ):
            with pytest.raises(Refused):
                act()


def test_another_key_does_not_open_the_secrets(cast, monkeypatch):
    mailbox = set_up(cast, place=PLACE)
    monkeypatch.setattr("privateoffice.settings._MASTER_KEY", b"of another office")
    with pytest.raises(secrets.Locked):
        _ = mailbox.words


def test_reading_is_for_the_office_and_is_refused_to_a_reader(cast):
    with scope.acting(cast.reader, office=cast.homicide), pytest.raises(Refused):
        services.pull_due()
    with scope.acting(cast.pa, office=cast.homicide):
        assert services.pull_due() == 0
        assert services.keep_copies() == 0


def _arrive(mailbox, *raws):
    with scope.acting_as_system("mailbox", office=mailbox.office):
        kept = [records.keep_original(raw) for raw in raws]
        posted = [Posted(mailbox, "Inbox", "inbox", one, one.size, is_whole=True) for one in kept]
        return correspondence.arrive(mailbox, posted)


def test_mail_of_the_commanders_box_is_for_its_readers_and_joins_no_other(cast):
    shared = set_up(cast, slug="shared", address="shared@homicide.example")
    own = set_up(cast, slug="own", address="commander@homicide.example", readers="commander_only")
    _arrive(shared, letter("Open", id="open1"))
    _arrive(own, letter("Re: Open", in_reply_to="<open1@northmere.example.org>"))
    with scope.acting(cast.commander, office=cast.homicide):
        assert Conversation.objects.count() == 2
        assert Audience.objects.get().role == "commander"
    with scope.acting(cast.pa, office=cast.homicide):
        assert [each.title for each in Conversation.objects.all()] == ["Open"]
