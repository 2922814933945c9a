"""Enclosures as we draw them: a page of ours, never the file's own bytes."""

from email.message import EmailMessage

import pytest
from django.test import Client

from privateoffice.connectors.papers.tests import foreign
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.tests.letters import lay, take

pytestmark = pytest.mark.slow

FILES = (
    ("paper.pdf", foreign.hostile()),
    ("list.csv", b"Name,Post\nAda,<b>DCI</b>\n"),
    ("page.html", b"<html><script>alert(1)</script>"),
    ("words.txt", b"Only <i>words</i>"),
)


@pytest.fixture
def message(cast, tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@northmere.example.org", "b@x.example", "Papers"
    mail["Message-ID"] = "<papers@northmere.example.org>"
    mail.set_content("Here they are.")
    for name, content in FILES:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    take(cast, lay(tmp_path / "m", mail.as_bytes()))
    with scope.acting(cast.pa, office=cast.homicide):
        yield Message.objects.select_related("record__office", "original").get()


def test_pictures_tables_and_words_are_told_apart(message):
    assert len(services.preview(message, 0).pictures) == 3
    assert services.preview(message, 1).tables[0][1] == [["Name", "Post"], ["Ada", "<b>DCI</b>"]]
    assert services.preview(message, 3).text == "Only <i>words</i>"
    for place in (-1, 4):
        with pytest.raises(IndexError):
            services.preview(message, place)


def test_the_page_shows_text_as_text_and_says_what_it_does_not_show(cast, message):
    client = Client()
    client.force_login(cast.pa)
    pages = [client.get(f"{message.address}attachments/{at}/preview/") for at in (1, 2, 3, 4)]
    texts = [page.content.decode() for page in pages]
    assert [page.status_code for page in pages] == [200] * 4
    assert "data:image/png;base64," in texts[0]
    assert "app.alert" not in texts[0]
    assert "&lt;b&gt;DCI&lt;/b&gt;" in texts[1]
    assert "It is a web page. Files of this kind are not shown here." in texts[2]
    assert "alert(1)" not in texts[2]
    assert "Only &lt;i&gt;words&lt;/i&gt;" in texts[3]
    assert client.get(f"{message.address}attachments/5/preview/").status_code == 404
    assert f'{message.address}attachments/1/preview/"' in client.get("/homicide/mail/").content.decode()
