"""Pictures on other machines: left out until somebody asks, then fetched by the office and drawn anew."""

import base64
import io
import re

import pytest
from django.test import Client
from PIL import Image

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Audience, Original
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Conversation, Message, RemotePicture
from privateoffice.spine.correspondence.services.picturing import PIXEL
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from tests.servers.pictures import stranger  # noqa: F401

DATA = re.compile(r'src="data:(image/\w+);base64,([^"]+)"')


def as_html(*addresses: str, subject="Our new logo", **said) -> bytes:
    pictures = "".join(f'<p><img src="{address}" alt="it"></p>' for address in addresses)
    return letter(subject, f"<p>Dear all</p>{pictures}", mime_version="1.0", content_type="text/html", **said)


@pytest.fixture
def came(cast, tmp_path, stranger, settings):  # noqa: F811
    """came("/logo.png", ...) takes in a mail that names these pictures, and gives it."""
    settings.PICTURES_BESIDE = [stranger.place]

    def come(*paths: str, **said) -> Message:
        addresses = [stranger.at(path) if path.startswith("/") else path for path in paths]
        take(cast, lay(tmp_path / "mail", as_html(*addresses, **said)))
        with scope.acting(cast.pa, office=cast.homicide):
            return Message.objects.select_related("record__office", "original").get()

    return come


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def shown(client: Client, message: Message) -> list[tuple[str, tuple[int, int]]]:
    """The pictures inside the page of a message: their kind and size."""
    page = client.get(f"{message.address}body/").content.decode()
    assert "http" not in page
    found = DATA.findall(page)
    return [(kind, Image.open(io.BytesIO(base64.b64decode(raw))).size) for kind, raw in found]


def rows(cast) -> list[RemotePicture]:
    with scope.acting(cast.pa, office=cast.homicide):
        return list(RemotePicture.objects.select_related("original").order_by("number"))


@pytest.mark.hostile("A04")
def test_nothing_is_asked_until_somebody_asks(pa, came, stranger):  # noqa: F811
    message = came("/logo.png", "/photo.jpg")
    page = pa.get(message.record.get_absolute_url()).content.decode()
    assert "2 pictures on other machines were left out" in page
    assert "Show pictures for this message" in page
    assert shown(pa, message) == []
    assert pa.get(f"{message.address}pictures/").status_code == 405
    assert stranger.asked == []


def test_they_are_fetched_once_drawn_anew_and_shown_inside_the_page(pa, cast, came, stranger):  # noqa: F811
    message = came("/logo.png", "/photo.jpg", "/as-text.png", "/on.png")
    answer = pa.post(f"{message.address}pictures/")
    assert answer["Location"] == f"{message.record.get_absolute_url()}#message-1"
    small, photo = ("image/png", (40, 30)), ("image/jpeg", (1200, 600))
    assert shown(pa, message) == [small, photo, ("image/png", (20, 20)), small]
    assert sorted(stranger.paths) == ["/as-text.png", "/logo.png", "/logo.png", "/on.png", "/photo.jpg"]
    page = pa.get(message.record.get_absolute_url()).content.decode()
    assert "4 pictures fetched by the office and drawn anew, asked for by Delphine Hartsough" in page
    assert "left out" not in page
    assert not any(b"taken at" in row.original.read() for row in rows(cast))
    pa.post(f"{message.address}pictures/")
    assert len(stranger.asked) == 5


def test_asking_is_one_line_of_the_trail_written_before_anybody_is_asked(pa, cast, came):
    message = came("/logo.png", "/vector.svg")
    pa.post(f"{message.address}pictures/")
    entry = Entry.objects.get(verb="correspondence.ask_for_pictures")
    assert (entry.actor, entry.reference, entry.facts) == (
        "Delphine Hartsough",
        message.record.reference,
        {"number": 1, "count": 2},
    )
    page = pa.get(message.record.get_absolute_url()).content.decode()
    assert "asked for the pictures on other machines that this conversation names: 2" in page


@pytest.mark.hostile("A02", "A04")
@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/pixel.gif", PIXEL),
        ("/vector.svg", "It is damaged and could not be drawn."),
        ("/page.png", "It is damaged and could not be drawn."),
        ("/cut.png", "It is damaged and could not be drawn."),
        ("/empty.png", "It is damaged and could not be drawn."),
        ("/bomb.png", "It has more than 50 million pixels."),
        ("/endless.png", "It is too large."),
        ("/to-metadata.png", "It lies on a machine that is not asked."),
        ("/to-this-machine.png", "It lies on a machine that is not asked."),
        ("http://192.168.0.1/router.png", "It lies on a machine that is not asked."),
    ],
)
def test_what_is_no_picture_of_the_open_web_is_left_out_and_said(pa, cast, came, path, why):
    message = came("/logo.png", path)
    pa.post(f"{message.address}pictures/")
    assert shown(pa, message) == [("image/png", (40, 30))]
    assert [row.left_out for row in rows(cast)] == ["", why]
    page = pa.get(message.record.get_absolute_url()).content.decode()
    assert f"1 picture left out: {why}" in page
    assert ("Ask again for those left out" in page) == (why != PIXEL)


def test_asking_again_fetches_only_what_is_missing(pa, cast, came, stranger, settings):  # noqa: F811
    message = came("/logo.png", "/pixel.gif")
    settings.PICTURES_BESIDE = []
    pa.post(f"{message.address}pictures/")
    assert shown(pa, message) == []
    settings.PICTURES_BESIDE = [stranger.place]
    pa.post(f"{message.address}pictures/")
    pa.post(f"{message.address}pictures/")
    assert sorted(stranger.paths) == ["/logo.png", "/pixel.gif"]
    assert [row.left_out for row in rows(cast)] == ["", PIXEL]


def test_no_more_than_thirty_are_asked_for(pa, came, stranger):  # noqa: F811
    message = came(*(f"/{number}.png" for number in range(40)))
    pa.post(f"{message.address}pictures/")
    assert len(set(stranger.paths)) == 30
    assert (
        "40 pictures left out: It is no longer there."
        in pa.get(message.record.get_absolute_url()).content.decode()
    )


def test_they_are_not_offered_for_what_is_sensitive(pa, cast, came, stranger):  # noqa: F811
    message = came("/logo.png", subject="OFFICIAL-SENSITIVE: Our new logo")
    assert_not_offered(pa, message, "OFFICIAL-SENSITIVE or has named readers")
    assert stranger.asked == []


def test_they_are_not_offered_for_what_has_named_readers(pa, cast, came, stranger):  # noqa: F811
    message = came("/logo.png")
    with scope.acting(cast.pa, office=cast.homicide), performing("records.narrow"):
        records.narrow(message.record, roles=(Role.PA,))
        assert Audience.objects.exists()
    assert_not_offered(pa, message, "OFFICIAL-SENSITIVE or has named readers")
    assert stranger.asked == []


def test_an_office_may_fetch_none_at_all(pa, came, stranger, settings):  # noqa: F811
    message = came("/logo.png")
    settings.FETCHES_PICTURES = False
    assert_not_offered(pa, message, "This office fetches no pictures from other machines.")
    assert stranger.asked == []


def assert_not_offered(client: Client, message: Message, why: str) -> None:
    page = client.get(message.record.get_absolute_url()).content.decode()
    assert why in page
    assert "Show pictures for this message" not in page
    page = client.post(f"{message.address}pictures/", follow=True).content.decode()
    assert "No pictures are fetched for this conversation." in page
    with pytest.raises(services.NotOffered), scope.acting_as_system("trial", office=message.record.office):
        services.ask_for_pictures(message, addresses=["http://x.example/"])


def test_a_mail_without_remote_pictures_says_nothing_of_them(pa, came):
    message = came()
    assert "left out" not in pa.get(message.record.get_absolute_url()).content.decode()
    page = pa.post(f"{message.address}pictures/", follow=True).content.decode()
    assert "It names no pictures on other machines." in page


def test_whoever_sorts_comes_back_to_the_mail_that_was_open(pa, cast, came):
    message = came("/logo.png")
    with scope.acting(cast.pa, office=cast.homicide):
        name = message.asks.get().name
    assert f"pictures/?ask={name}" in pa.get("/homicide/mail/").content.decode()
    answer = pa.post(f"{message.address}pictures/?ask={name}")
    assert answer["Location"] == f"/homicide/mail/?ask={name}"
    assert "1 picture fetched by the office" in pa.get(answer["Location"]).content.decode()


def test_a_reader_of_another_office_asks_for_nothing(cast, came, stranger):  # noqa: F811
    message = came("/logo.png")
    client = Client()
    client.force_login(cast.outsider)
    assert client.post(f"{message.address}pictures/").status_code == 404
    assert stranger.asked == []


def test_the_new_pictures_go_when_the_conversation_is_disposed_of(pa, cast, came):
    message = came("/logo.png")
    pa.post(f"{message.address}pictures/")
    with scope.acting(cast.staff_officer, office=cast.homicide):
        assert Original.objects.count() == 2
        found = Conversation.objects.get()
        records.dispose(found, decision="destroy", reason="Its time is over", rule="COR")
        assert (Original.objects.count(), RemotePicture.objects.count()) == (0, 0)
