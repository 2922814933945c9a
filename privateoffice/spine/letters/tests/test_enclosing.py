"""Papers that came with a mail go with the draft that answers it, byte for byte."""

from email.message import EmailMessage

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Paper, Sender
from privateoffice.spine.correspondence.models import Ask, Conversation
from privateoffice.spine.correspondence.tests.letters import lay, take
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.letters import services
from privateoffice.spine.letters.models import Draft, File

PAPER = b"Unit,Pilots\nNorth,4\n"


@pytest.fixture
def draft(cast, tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@northmere.example.org", "b@x.example", "The pilot"
    mail["Message-ID"] = "<pilot@northmere.example.org>"
    mail.set_content("The figures are attached.")
    mail.add_attachment(PAPER, maintype="text", subtype="csv", filename="figures.csv")
    take(cast, lay(tmp_path / "m", mail.as_bytes()))
    with scope.acting(cast.pa, office=cast.homicide):
        yield services.answer(Ask.objects.select_related("record__office", "message__record__office").get())


def test_a_paper_that_came_goes_with_the_answer_as_it_came(draft):
    (kept,) = services.kept_with(draft)
    assert (kept.message, kept.place, kept.name) == (1, 1, "figures.csv")
    file = services.attach_kept(draft, message=1, place=1)
    assert (file.name, file.data) == ("figures.csv", PAPER)
    assert services.kept_with(services.begin()) == []


def test_what_is_not_there_and_what_is_marked_higher_is_not_attached(draft):
    with pytest.raises(LookupError):
        services.attach_kept(draft, message=2, place=1)
    with pytest.raises(LookupError):
        services.attach_kept(services.begin(), message=1, place=1)
    records.mark(Conversation.objects.get(), marking=2, handling="PERSONAL DATA")
    with pytest.raises(services.MarkedHigher):
        services.attach_kept(draft, message=1, place=1)


def test_it_is_one_press_on_the_page_of_the_draft(cast, draft):
    client = Client()
    client.force_login(cast.pa)
    place = draft.get_absolute_url()
    assert "Attach figures.csv" in client.get(place).content.decode()
    assert client.post(f"{place}papers/1/1/").status_code == 302
    assert [client.post(f"{place}papers/{which}/").status_code for which in ("1/2", "1/0", "9/1")] == [404] * 3
    with scope.acting(cast.pa, office=cast.homicide):
        assert [file.name for file in File.objects.filter(draft=Draft.objects.get())] == ["figures.csv"]


def held_by(draft, text):
    return [(one.record.kind_declared.word, one.key, one.name) for one in services.papers_held(draft, text)]


def test_what_the_office_holds_is_found_by_name_by_words_and_by_reference(draft):
    reference = Conversation.objects.get().reference
    other = services.begin(title="Another", subject="Another")
    for asked in ("", "figures", "FIGURES csv", "pilot", reference):
        assert held_by(other, asked) == [("conversation", "1-1", "figures.csv")], asked
    assert held_by(other, "nothing of the kind") == []
    services.attach(other, Paper("précis.csv", "text/csv", b"other"))
    assert [one.name for one in services.papers_held(draft, "précis")] == ["précis.csv"]
    assert services.papers_held(other, "précis") == []


def test_a_paper_of_any_mail_goes_with_any_draft_as_it_is_kept_and_says_from_where(draft):
    conversation, other = Conversation.objects.get(), services.begin()
    file = services.attach_held(other, record=conversation, key="1-1")
    assert (file.name, file.content_type, file.data) == ("figures.csv", "text/csv", PAPER)
    assert (file.came_from, file.marking) == (conversation.reference, 1)
    for key in ("1-2", "1-0", "9-1", "x", "1-1-1", ""):
        with pytest.raises(LookupError):
            services.attach_held(other, record=conversation, key=key)


def test_a_letter_that_went_out_as_pdf_goes_with_another(cast, draft):
    sent = deliveries.post(
        sender=Sender("Delphine Hartsough", "d@specialist-crime.example", "pa"),
        recipients=[Addressee("to", "", "a@northmere.example.org")],
        subject="Commendation",
        text="Dear Amabel",
        papers=[Paper("Letter.pdf", "application/pdf", b"%PDF-1.7 the letter", is_rendered=True)],
        title="Commendation",
    )
    (held,) = services.papers_held(draft, "commendation")
    assert (held.record.reference, held.name) == (sent.reference, "Letter.pdf")
    assert services.attach_held(draft, record=sent, key=held.key).data == b"%PDF-1.7 the letter"


def test_what_is_marked_higher_goes_with_the_draft_marked_so_or_with_a_reason(draft):
    conversation = Conversation.objects.get()
    records.mark(conversation, marking=2, handling="PERSONAL DATA")
    raised, reasoned = services.begin(title="One"), services.begin(title="Two")
    with pytest.raises(services.MarkedHigher):
        services.attach_held(raised, record=conversation, key="1-1")
    assert not File.objects.filter(draft=raised).exists()

    services.attach_held(raised, record=conversation, key="1-1", is_raised=True)
    raised = Draft.objects.get(pk=raised.pk)
    assert (raised.marking, raised.handling) == (2, "PERSONAL DATA")
    assert said_of_files(raised) == []
    raised = services.write(raised, seen=raised.version, marking=1, handling="")
    ((words, reason),) = said_of_files(raised)
    assert "marked OFFICIAL-SENSITIVE" in words
    assert reason is None

    services.attach_held(reasoned, record=conversation, key="1-1", reason="The figures are published.")
    assert [reason for _, reason in said_of_files(reasoned)] == ["The figures are published."]
    assert Draft.objects.get(pk=reasoned.pk).marking == 1


def said_of_files(draft):
    found = [one for one in services.findings_on(draft) if one.code == "file_marking"]
    return [(one.words, one.accepted and one.accepted.reason) for one in found]


def test_what_somebody_may_not_see_is_neither_found_nor_attached(cast, draft):
    conversation = Conversation.objects.get()
    place = f"/homicide/drafts/{draft.year}/{draft.number}/papers/"
    held = f"{place}mail/{conversation.year}/{conversation.number}/1-1/"
    records.narrow(conversation, roles=["commander"])
    with scope.acting(cast.staff_officer, office=cast.homicide):
        assert services.papers_held(Draft.objects.get(), "figures") == []
    client = Client()
    client.force_login(cast.staff_officer)
    assert "figures.csv" not in client.get(place, {"q": "figures"}).content.decode()
    assert client.post(held).status_code == 404
    client.force_login(cast.outsider)
    assert client.get(place).status_code == client.post(held).status_code == 404
    client.force_login(cast.reader)
    assert client.get(place).status_code == client.post(held).status_code == 403
    assert not File.objects.filter(draft=draft).exists()


def test_the_page_finds_it_and_one_press_attaches_it(cast, draft):
    client, conversation = Client(), Conversation.objects.get()
    client.force_login(cast.pa)
    place = draft.get_absolute_url()
    page = client.get(f"{place}papers/", {"q": "figures"}).content.decode()
    held = f"{place}papers/mail/{conversation.year}/{conversation.number}/1-1/"
    assert f'action="{held}"' in page
    assert "Nothing found" in client.get(f"{place}papers/", {"q": "gherkins"}).content.decode()
    assert client.post(held.replace("1-1", "1-9")).status_code == 404
    assert client.post(held)["Location"] == place
    with scope.acting(cast.pa, office=cast.homicide):
        assert [file.name for file in File.objects.filter(draft=draft)] == ["figures.csv"]
        records.mark(conversation, marking=2, handling="PERSONAL DATA")
    answer = client.post(held, {"q": "figures"})
    assert answer["Location"] == f"{place}papers/?q=figures"
    assert client.post(held, {"is_raised": "on"})["Location"] == place
    with scope.acting(cast.pa, office=cast.homicide):
        assert Draft.objects.get(pk=draft.pk).marking == 2


def test_papers_are_found_with_as_many_questions_for_three_as_for_one(cast, draft, tmp_path, queries_of):
    client = Client()
    client.force_login(cast.pa)
    place = f"{draft.get_absolute_url()}papers/"
    with scope.acting(cast.pa, office=cast.homicide):
        other = services.begin(title="Other")
        services.attach(other, Paper("one.csv", "text/csv", b"1"))
    one = queries_of(client, place)
    with scope.acting(cast.pa, office=cast.homicide):
        for number in range(3):
            services.attach(services.begin(title=f"T{number}"), Paper(f"{number}.csv", "text/csv", b"2"))
    assert queries_of(client, place) == one
