"""The pages of drafts, as the office meets them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.correspondence import services as mail
from privateoffice.spine.correspondence.models import Ask, Conversation
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.letters import services
from privateoffice.spine.letters.models import Draft, StandardLine, Template
from privateoffice.spine.letters.tests.test_drafts import workbook

DRAFTS = "/homicide/drafts/"
PEOPLE = "Tobias Fennimarsh <tobias.fennimarsh@specialist-crime.example>"


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def reply(pa, cast, tmp_path):
    """A reply that the PA began with one key."""
    take(cast, lay(tmp_path / "m", letter("The pilot", "What became of the exhibits pilot?", message_id=1)))
    with scope.acting(cast.pa, office=cast.homicide):
        name = Ask.objects.select_related("record", "message").get().name
    return pa.post(f"{DRAFTS}begin/?ask={name}")["Location"]


def typed(pa, place, **said):
    form = pa.get(place).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (shown | said).items() if value not in (None, False)}


def test_a_reply_is_written_checked_and_sent_with_the_way_back(pa, cast, reply):
    page = pa.get(reply).content.decode()
    assert all(
        words in page for words in ("Re: The pilot", "a.vellacott@northmere.example.org", "exhibits pilot?")
    )
    assert pa.post(reply, typed(pa, reply, text="Dear Amabel\n\nWell.")).status_code == 302
    page = pa.get(f"{reply}going/")
    assert "Answer the checks first" in page.content.decode()
    finding = page.context["findings"][0]
    pa.post(f"{reply}acceptance/", {"code": finding.code, "about": finding.digest, "reason": "She asked"})
    page = pa.get(f"{reply}going/")
    assert "you may send it" in page.content.decode()
    sent = pa.post(f"{reply}going/", {"seen": page.context["draft"].version}, follow=True)
    assert "It goes out in 20 seconds" in sent.content.decode()
    assert "On its way" in pa.get(reply).content.decode()
    assert "Called back" in pa.post(f"{reply}recall/", follow=True).content.decode()
    assert "It was called back before it was sent" in pa.get("/homicide/").content.decode()


def test_what_goes_on_behalf_waits_for_the_commander_on_a_telephone(pa, cast, reply):
    pa.post(reply, typed(pa, reply, text="Dear Amabel\n\nWell.", sender_as="behalf"))
    finding = pa.get(f"{reply}going/").context["findings"][0]
    pa.post(f"{reply}acceptance/", {"code": finding.code, "about": finding.digest, "reason": "She asked"})
    version = pa.get(f"{reply}going/").context["draft"].version
    said = {"seen": version, "recommendation": "Approve: it says what we agreed"}
    assert "It waits for the Commander" in pa.post(f"{reply}going/", said, follow=True).content.decode()
    with scope.acting(cast.commander, office=cast.homicide):
        place = Submission.objects.get().get_absolute_url()
    commander = Client()
    commander.force_login(cast.commander)
    assert "Approve: it says what we agreed" in commander.get("/homicide/").content.decode()
    page = commander.get(place).content.decode()
    assert "Delphine Hartsough, for Det Ch Supt Imogen Calderwick" in page
    assert "What the checks found" in page
    assert "She asked" in page


@pytest.mark.hostile("E03")
def test_the_second_save_shows_both_and_loses_neither_e03(pa, cast, reply):
    mine = typed(pa, reply, text="Mine")
    pa.post(reply, typed(pa, reply, text="Theirs"))
    page = pa.post(reply, mine)
    assert page.status_code == 409
    assert all(words in page.content.decode() for words in ("Mine", "Theirs"))


def test_what_cannot_be_kept_is_said_beside_what_was_typed(pa, reply):
    page = pa.post(reply, typed(pa, reply, to="nobody at all", is_sensitive="on", text="Kept as typed"))
    assert page.status_code == 422
    said = page.content.decode()
    assert all(
        words in said for words in ("is not an email address", "Enter how it is to be handled", "Kept as typed")
    )


def test_files_are_looked_into_and_come_back_as_files(pa, cast, reply):
    raw = workbook()
    file = SimpleUploadedFile("staff.xlsx", raw, "application/vnd.ms-excel")
    page = pa.post(f"{reply}files/", {"papers": [file]}, follow=True).content.decode()
    assert "It has 1 hidden sheet" in page
    with scope.acting(cast.pa, office=cast.homicide):
        digest = Draft.objects.get().files.get().digest
    answer = pa.get(f"{reply}files/{digest}/")
    assert (answer.content, answer["Content-Type"]) == (raw, "application/octet-stream")
    pa.post(f"{reply}files/{digest}/removal/")
    assert pa.get(f"{reply}files/{digest}/").status_code == 404
    assert "Nothing was attached" in pa.post(f"{reply}files/", {}, follow=True).content.decode()


def test_lines_and_templates_are_kept_suggested_and_put_in(pa, cast, reply):
    until = (clock.today() + timedelta(days=30)).isoformat()
    said = {"title": "Sharing", "text": "It will be shared.", "terms": "exhibits pilot", "owner_role": "pa"}
    assert pa.post(f"{DRAFTS}lines/", {**said, "until_on": until}).status_code == 302
    with scope.acting(cast.pa, office=cast.homicide):
        line = StandardLine.objects.get()
    assert "Found: exhibits pilot" in pa.get(reply).content.decode()
    assert "It will be shared." in pa.post(f"{reply}lines/{line.pk}/", follow=True).content.decode()
    changed = {**said, "title": "Sharing again", "until_on": until}
    assert pa.post(f"{DRAFTS}lines/{line.pk}/", changed).status_code == 302
    assert pa.get(f"{DRAFTS}lines/{line.pk}/").status_code == 404
    said = {"name": "Thanks", "subject": "Thank you", "text": "Dear {name}", "sender_as": "own", "form": "pdf"}
    assert pa.post(f"{DRAFTS}templates/", said).status_code == 302
    with scope.acting(cast.pa, office=cast.homicide):
        template = Template.objects.get()
    begun = pa.post(f"{DRAFTS}begin/?template={template.pk}")["Location"]
    assert "Dear {name}" in pa.get(begun).content.decode()
    assert pa.post(f"{DRAFTS}begin/?template=999").status_code == 404


def test_a_list_becomes_letters_before_the_commander(pa, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        template = services.keep_template(
            name="Thanks", subject="Thank you", text="Dear {name}\n\n{why}", sender_as="commander", form="mail"
        )
    rows = SimpleUploadedFile(
        "list.csv", b"name,address,why\r\nAda,ada@example.org,Thank you.\r\nBo,bo@example.org,\r\n"
    )
    said = {"template": template.pk, "rows": rows, "reason": "They were thanked"}
    page = pa.post(f"{DRAFTS}batch/", said).content.decode()
    assert all(words in page for words in ("1 letter before the Commander, 1 stopped", "Row 2: why is missing."))
    bad = {"template": template.pk, "rows": SimpleUploadedFile("x.csv", b"\x00\x01"), "reason": "x"}
    assert pa.post(f"{DRAFTS}batch/", bad).status_code == 422


def test_the_staff_officer_settles_who_may_send_what(pa, cast):
    said = {"recipient_class": "public", "sender_as": "own", "leave": "never"}
    assert pa.get(f"{DRAFTS}authority/").status_code == 200
    assert pa.post(f"{DRAFTS}authority/settlement/", said).status_code == 403
    officer = Client()
    officer.force_login(cast.staff_officer)
    assert "Not at all" in officer.post(f"{DRAFTS}authority/settlement/", said, follow=True).content.decode()
    said = {"recipient_class": "public", "sender_as": "commander", "leave": "send"}
    assert officer.post(f"{DRAFTS}authority/settlement/", said).status_code == 422
    place = {"place": "Family@Example.org", "recipient_class": "family"}
    assert "family@example.org" in officer.post(f"{DRAFTS}authority/place/", place, follow=True).content.decode()


def test_a_letter_is_shown_as_pdf_and_a_draft_is_given_up(pa, cast, reply):
    assert pa.get(f"{reply}letter/").content.startswith(b"%PDF-")
    assert "Given up" in pa.post(f"{reply}end/", follow=True).content.decode()
    with scope.acting(cast.pa, office=cast.homicide):
        assert Draft.objects.get().closing.outcome == "given up"
        assert Delivery.objects.count() == 0


@pytest.mark.hostile("F03")
def test_an_answer_to_a_private_mail_is_not_to_be_begun_f03(pa, cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("Private")))
    with scope.acting(cast.commander, office=cast.homicide):
        name = Ask.objects.select_related("record", "message").get().name
        mail.keep_private(Conversation.objects.get())
    assert pa.post(f"{DRAFTS}begin/?ask={name}").status_code == 404


def test_the_list_of_drafts_costs_the_same_for_one_and_for_many(pa, cast, queries_of):
    def begin(count):
        with scope.acting(cast.pa, office=cast.homicide):
            return [services.begin(subject=f"Draft {at}", to=[["", "x@example.org"]]) for at in range(count)]

    begin(1)
    pa.get(DRAFTS)
    before = queries_of(pa, DRAFTS)
    begin(5)
    assert queries_of(pa, DRAFTS) == before
