"""The pages of mail, as the PA meets them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import Conversation, ImportRun
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take

LIST = "/homicide/mail/"
HTML = """From: "boss@specialist-crime.example" <thief@elsewhere.example>
To: office@specialist-crime.example
Subject: Look
Date: Mon, 26 Oct 2026 10:00:00 +0000
Message-ID: <html@elsewhere.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/html; charset=utf-8

<p onclick="alert(1)">Dear <b>Imogen</b></p><script>alert(2)</script><img src="http://elsewhere.example/x.png">
--b
Content-Type: text/html; name="../..\\page.html"
Content-Disposition: attachment; filename="../../page.html"

<script>alert(3)</script>
--b--
""".replace("\n", "\r\n").encode()


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def place(cast, tmp_path):
    """The address of a conversation with a hostile message."""
    take(cast, lay(tmp_path / "html", HTML))
    with scope.acting(cast.pa, office=cast.homicide):
        return Conversation.objects.get().get_absolute_url()


def test_the_list_says_who_wrote_what_when_and_what_is_odd(pa, cast, place):
    page = pa.get(f"{LIST}?show=all").content.decode()
    assert all(
        words in page for words in ("Look", "boss@specialist-crime.example", "Odd sender", "With attachments")
    )
    for show in ("unanswered", "look", "sensitive", "nonsense"):
        assert pa.get(f"{LIST}?show={show}").status_code == 200


@pytest.mark.hostile("A05")
def test_a_conversation_shows_the_true_address_and_the_warning(pa, place):
    page = pa.get(place).content.decode()
    assert "thief@elsewhere.example" in page
    assert "Look at who this is from" in page
    assert "1 picture on other machines was left out" in page
    assert 'sandbox loading="lazy"' in page
    assert "<script>alert" not in page


@pytest.mark.hostile("A01")
def test_the_page_of_a_message_is_locked(pa, place):
    answer = pa.get(f"{place}messages/1/body/")
    page = answer.content.decode()
    assert answer["Content-Security-Policy"].startswith(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "<b>Imogen</b>" in page
    assert not any(words in page for words in ("script", "onclick", "elsewhere.example"))


@pytest.mark.hostile("A01", "D06")
def test_an_attachment_is_a_file_with_a_clean_name(pa, place):
    answer = pa.get(f"{place}messages/1/attachments/1/")
    assert answer.content.strip() == b"<script>alert(3)</script>"
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/octet-stream",
        'attachment; filename="page.html"',
    )
    for nothing in ("0", "2", "99999999999999999999"):
        assert pa.get(f"{place}messages/1/attachments/{nothing}/").status_code == 404


@pytest.mark.hostile("A01")
def test_the_original_comes_back_byte_for_byte(pa, place):
    answer = pa.get(f"{place}messages/1/original/")
    assert (answer.content, answer["Content-Type"]) == (HTML, "application/octet-stream")
    assert answer["Content-Disposition"].endswith('-1.eml"')


def test_an_original_that_was_altered_is_not_shown(pa, cast, place):
    with scope.acting(cast.pa, office=cast.homicide):
        Original.objects.get().path.write_bytes(b"other")
    answer = pa.get(f"{place}messages/1/original/")
    assert (answer.status_code, b"was altered" in answer.content) == (410, True)


def test_an_upload_is_read_in_the_background(pa, cast):
    file = SimpleUploadedFile("saved.eml", letter("Uploaded"))
    answer = pa.post(f"{LIST}imports/", {"file": file})
    assert "Being read" in pa.get(answer["Location"]).content.decode()
    assert drain() == 1
    assert "1 item read, 1 new" in pa.get(answer["Location"]).content.decode()
    assert "Uploaded" in pa.get(LIST).content.decode()


@pytest.mark.parametrize(("name", "raw"), [("virus.exe", b"x"), ("empty.eml", b"")])
def test_an_upload_that_is_no_mail_is_refused_in_words(pa, name, raw):
    page = pa.post(f"{LIST}imports/", {"file": SimpleUploadedFile(name, raw)})
    assert page.status_code == 200
    assert b"govuk-error-summary" in page.content


def test_an_import_lists_by_name_what_needs_a_look(pa, cast, tmp_path):
    take(cast, lay(tmp_path / "mail", letter("SECRET: x"), letter("Undated", date=None)))
    with scope.acting(cast.pa, office=cast.homicide):
        run = ImportRun.objects.get()
    page = pa.get(run.get_absolute_url()).content.decode()
    assert all(words in page for words in ("001.eml", "call security", "002.eml", "Undated", "It has no date."))
    assert pa.post(f"{run.get_absolute_url()}look/").status_code == 302
    assert "Delphine Hartsough looked at these" in pa.get(run.get_absolute_url()).content.decode()


def test_lists_cost_the_same_queries_for_one_and_for_three(pa, cast, tmp_path, queries_of):
    take(cast, lay(tmp_path / "one", letter(message_id=1, date=None)))
    with scope.acting(cast.pa, office=cast.homicide):
        here, run = Conversation.objects.get().get_absolute_url(), ImportRun.objects.get()
    addresses = [f"{LIST}?show=all", here, f"{LIST}imports/", run.get_absolute_url()]
    pa.get(LIST)
    before = [queries_of(pa, address) for address in addresses]
    take(cast, lay(tmp_path / "more", answer(1), answer(1, text="x"), letter("B"), letter("C", date=None)))
    assert [queries_of(pa, address) for address in addresses] == before
