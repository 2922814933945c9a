"""Letters in Word by the office's own template: kept, filled, in batches, each with its own bytes."""

import hashlib
import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.connectors.papers.tests.test_wording import template
from privateoffice.foundations.offices import scope
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.spine.approvals.models import Submission, frozen
from privateoffice.spine.letters import services
from privateoffice.spine.letters.models import Form, Letterhead, SenderAs

pytestmark = pytest.mark.slow

PAPER = template(
    "{{ reference }} {{ date }}",
    "{{ to }}",
    "{{ salutation }}",
    "{{ text }}",
    "{{ signed_by }}",
    header="{{ marking }}",
)
WORDS = "/homicide/drafts/word/"


@pytest.fixture
def pa(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


def paragraphs(data: bytes) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]


def draft_of(**said):
    to = [["Amabel Vellacott", "a.vellacott@northmere.example.org"]]
    text = "Dear Amabel\n\nIt went <well>.\n\nYours sincerely"
    return services.begin(to=to, subject="The pilot", text=text, form=Form.WORD, **said)


def test_a_letter_goes_in_word_with_its_reference_and_who_signs(pa):
    services.keep_letterhead(name="letter.docx", data=PAPER)
    draft = draft_of(sender_as=SenderAs.COMMANDER)
    (paper,) = services.papers_of(draft)
    assert paper.name == "Letter.docx"
    told = paragraphs(paper.data)
    assert told[0].startswith(draft.reference)
    assert told[1:4] == ["Amabel Vellacott", "Dear Amabel", "It went <well>."]
    assert told[4] == services.sender_of(draft).name
    assert services.in_word(draft) == paper.data


def test_without_a_template_there_is_no_letter_in_word(pa):
    with pytest.raises(services.NoLetterhead):
        services.in_word(draft_of())


def test_one_template_holds_at_a_time_and_a_bad_one_changes_nothing(pa):
    first = services.keep_letterhead(name="one.docx", data=PAPER)
    with pytest.raises(Unreadable, match="no field"):
        services.keep_letterhead(name="bad.docx", data=template("{{ settings }}"))
    assert services.letterhead_of(pa.homicide.pk) == first
    second = services.keep_letterhead(name="two.docx", data=template())
    assert services.letterhead_of(pa.homicide.pk) == second
    assert Letterhead.objects.count() == 2


def test_a_batch_in_word_has_a_letter_of_its_own_for_each_d12(pa):
    services.keep_letterhead(name="letter.docx", data=PAPER)
    thanks = services.keep_template(
        name="Thanks",
        subject="Thank you",
        text="Dear {name}\n\nThank you for {thanks_for}.",
        sender_as=SenderAs.COMMANDER,
        form=Form.WORD,
    )
    rows = [
        {"name": n, "address": f"{at}@x.example", "thanks_for": "a {{ 7*7 }}"}
        for at, n in enumerate(("A & B", "C"))
    ]
    made = services.batch(thanks, rows, reason="They helped")
    assert [one.why_not for one in made] == ["", ""]
    bound = [one.attachments.get() for s in Submission.objects.order_by("pk") for one in [s.latest_offer]]
    digests = [one.digest for one in bound]
    data = [frozen.read(pa.homicide, digest) for digest in digests]
    assert [hashlib.sha256(one).hexdigest() for one in data] == digests
    assert len(set(digests)) == 2
    assert paragraphs(data[0])[2:4] == ["Dear A & B", "Thank you for a {{ 7*7 }}."]


def test_the_page_keeps_shows_and_refuses(cast):
    client = Client()
    client.force_login(cast.pa)
    assert client.get(f"{WORDS}file/").status_code == 404
    bad = client.post(WORDS, {"file": SimpleUploadedFile("a.docx", b"%PDF-1.7")})
    assert (bad.status_code, "It is a PDF, not a Word document" in bad.content.decode()) == (422, True)
    assert client.post(WORDS, {"file": SimpleUploadedFile("a.docx", PAPER)}).status_code == 302
    assert "signed_by" in client.get(WORDS).content.decode()
    assert client.get(f"{WORDS}file/").content == PAPER
    with scope.acting(cast.pa, office=cast.homicide):
        draft = draft_of()
    letter = client.get(f"{draft.get_absolute_url()}letter/")
    assert letter["Content-Disposition"].endswith('.docx"')
    assert "Dear Amabel" in paragraphs(letter.content)
