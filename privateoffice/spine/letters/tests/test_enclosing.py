"""Papers that came with a mail go with the draft that answers it, byte for byte."""

from email.message import EmailMessage

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.spine.correspondence.models import Ask, Conversation, Message
from privateoffice.spine.correspondence.tests.letters import lay, take
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
    with pytest.raises(Message.DoesNotExist):
        services.attach_kept(draft, message=2, place=1)
    with pytest.raises(Message.DoesNotExist):
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
