"""What comes from outside, by mail, calendar and paper: kept as it came, shown as words, acted on by nobody."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.connectors.mail.tests.letters import many, part
from privateoffice.connectors.papers import hidden
from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.tests.workbooks import packed
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Ask, Conversation, Message
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.diary import services as diary
from privateoffice.spine.diary.models import Engagement
from privateoffice.spine.diary.tests.samples import calendar, event
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def seen(cast):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


@pytest.fixture
def pa(cast) -> Client:
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.mark.hostile("A10")
def test_nul_is_cleaned_in_what_is_stored_and_kept_in_the_original(cast, seen, tmp_path):
    head = 'Content-Type: application/pdf; name="a\x00b.pdf"'
    raw = many(part("", b"Words\x00 here"), part(head, b"%PDF")).replace(b"Papers for Thursday", b"Pa\x00pers")
    assert b"Pa\x00pers" in raw
    take(cast, lay(tmp_path / "mail", raw))
    message = Message.objects.get()
    assert message.original.read() == raw
    held = [message.subject, message.text, *(one["name"] for one in message.attachments)]
    assert not any("\x00" in text for text in held)
    assert held[0].startswith("Pa")


@pytest.mark.hostile("A09")
def test_bytes_that_are_no_text_save_and_come_back(cast, seen, tmp_path):
    raw = (
        letter("x", text="y").replace(b"Subject: x", b"Subject: caf\xe9 \xed\xa0\x80 =?utf-8?b?w4M=") + b"\xff\xfe"
    )
    take(cast, lay(tmp_path / "mail", raw))
    message = Message.objects.get()
    assert message.subject.startswith("caf")
    assert message.original.read() == raw


@pytest.mark.hostile("A11")
def test_messages_without_a_name_or_with_an_endless_one_are_all_kept(cast, seen, tmp_path):
    endless = "x" * 4_000
    nameless = [letter(message_id="n", text=text).replace(b"Message-ID:", b"X-None:") for text in ("One", "Two")]
    long = [letter(message_id=endless, text=text) for text in ("Three", "Four")]
    folder = lay(tmp_path / "mail", *nameless, *long)
    assert take(cast, folder).counts["new"] == 4
    assert take(cast, folder).counts["unchanged"] == 4
    assert sorted(Message.objects.values_list("text", flat=True)) == ["Four", "One", "Three", "Two"]


@pytest.mark.hostile("A21")
def test_mail_of_every_kind_is_taken_in_and_no_answer_goes_out_by_itself(cast, seen, tmp_path):
    automatic = ({"auto_submitted": "auto-replied"}, {"precedence": "bulk"}, {"return_path": "<>"}, {})
    take(cast, lay(tmp_path / "mail", *(letter(f"No {n}", **said) for n, said in enumerate(automatic))))
    assert (Message.objects.count(), Delivery.objects.count(), Draft.objects.count()) == (4, 0, 0)


@pytest.mark.hostile("A28")
def test_an_answer_to_what_was_deleted_elsewhere_can_be_sent_and_the_thread_says_that_it_is_gone(
    cast, seen, tmp_path, pa
):
    take(cast, lay(tmp_path / "mail", letter("The pilot", "What became of it?")))
    draft = letters.answer(Ask.objects.select_related("record__office", "message__record__office").get())
    Message.objects.update(settled_elsewhere="deleted", settled_at=clock.now())
    page = pa.get(Conversation.objects.get().get_absolute_url()).content.decode()
    assert "Deleted from the mailbox, kept here" in page
    draft = letters.write(draft, seen=draft.version, text="It went well.")
    for finding in letters.findings_on(draft):
        letters.accept(draft, finding=finding, reason="She asked")
    letters.dispatch(draft, seen=draft.version)
    assert Delivery.objects.get().subject == "Re: The pilot"


@pytest.mark.hostile("B01")
def test_markup_in_an_engagement_is_words_in_a_search_and_in_the_day_pack(cast, seen, pa):
    start = f"TZID=Europe/London:{clock.today() + timedelta(days=1):%Y%m%d}T100000"
    diary.take_in(calendar(event("a", f"SUMMARY:Zyxomma {HOSTILE}", start=start)), source="diary.ics")
    for address in ("search/?q=Zyxomma", "search/hits/?q=Zyxomma"):
        page = pa.get(f"/homicide/{address}").content.decode()
        assert "Zyxomma" in page
        assert "<img src=x" not in page


@pytest.mark.hostile("B14")
def test_an_alarm_of_somebody_else_sends_and_runs_nothing(cast, seen):
    alarms = [
        f"BEGIN:VALARM\r\nACTION:{action}\r\nTRIGGER:-PT{n}S\r\nREPEAT:9999\r\nDURATION:PT1S\r\n"
        f"ATTENDEE:mailto:all@elsewhere.example\r\nATTACH:file:///bin/true\r\nEND:VALARM"
        for n, action in enumerate(("EMAIL", "PROCEDURE", "DISPLAY"), start=1)
    ]
    diary.take_in(calendar(event("a", *alarms)), source="diary.ics")
    assert (Engagement.objects.count(), Delivery.objects.count()) == (1, 0)


@pytest.mark.hostile("B20")
def test_a_private_engagement_is_found_by_none_of_its_words(cast, seen, pa):
    lines = ("CLASS:PRIVATE", "SUMMARY:Zyxomma surgery", "LOCATION:Ward Qadrille")
    diary.take_in(calendar(event("a", *lines)), source="diary.ics")
    for word in ("Zyxomma", "Qadrille"):
        for address in ("search/?q=", "search/hits/?q="):
            page = pa.get(f"/homicide/{address}{word}").content.decode()
            assert "surgery" not in page
            assert "/homicide/diary/2" not in page
    assert "/homicide/diary/2" in pa.get("/homicide/search/?q=private").content.decode()


@pytest.mark.hostile("C04")
def test_a_sheet_that_repeats_a_row_a_million_times_is_read_for_its_cells():
    office = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = (
        f"<table:table-row>{cell.format('one')}{cell.format('two')}</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        f"<table:table-row>{cell.format('three')}</table:table-row>"
    )
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Staff">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    raw = packed({"mimetype": mimetype, "content.xml": content, "META-INF/manifest.xml": MANIFEST})
    try:
        (sheet,) = reading.rows(raw, "a.ods")["sheets"]
    except reading.Unreadable as refused:
        assert "rows" in str(refused)  # noqa: PT017
    else:
        filled = [text for _, texts in sheet["rows"] for text in texts if text]
        assert filled == ["one", "two", "three"]


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
)


@pytest.mark.hostile("D04")
@pytest.mark.parametrize(
    ("part_name", "content", "said"),
    [
        ("word/_rels/settings.xml.rels", "attachedTemplate", "fetched from elsewhere"),
        ("word/_rels/document.xml.rels", "image", "fetched from elsewhere"),
        ("word/_rels/document.xml.rels", "hyperlink", ""),
        ("word/embeddings/oleObject1.bin", "x", "1 file inside it"),
        ("word/footnotes.xml", "<w:instrText> DDEAUTO c:\\cmd.exe</w:instrText>", "calls another program"),
        ("word/afchunk.mht", "x", "1 web page inside it"),
    ],
)
def test_what_a_word_file_would_fetch_or_run_is_told_and_nothing_is_opened(part_name, content, said):
    if part_name.endswith(".rels"):
        kind = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{content}"
        content = f'<Relationship Id="r" Type="{kind}" Target="http://127.0.0.1:9/x" TargetMode="External"/>'
    found = hidden.look(packed({"word/document.xml": "<w:p/>", part_name: content}))
    assert [sentence for sentence in found if said and said in sentence] == (found if said else [])
    assert bool(found) == bool(said)


@pytest.mark.hostile("D05")
def test_entities_and_paths_of_a_word_file_do_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    outside = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    began = time.process_time()
    for text in (f"{bomb}]><x>&j;</x>", f"{outside}<x>&f;</x>"):
        assert hidden.look(packed({"word/document.xml": text})) == []
    assert hidden.look(packed({"word/document.xml": "<w:p/>"}, more=[("../../slipped.xml", "x")])) == []
    assert time.process_time() - began < 1
    assert list(tmp_path.parent.rglob("slipped*")) == []


@pytest.mark.hostile("D05")
def test_an_empty_file_is_refused_where_it_is_chosen_and_half_a_file_is_said(cast, seen, pa):
    draft = letters.begin(to=[], subject="s", text="t")
    place = draft.get_absolute_url()
    answer = pa.post(f"{place}files/", {"papers": SimpleUploadedFile("a.docx", b"")}, follow=True)
    assert b"Nothing was attached" in answer.content
    assert draft.files.count() == 0
    whole = packed({"word/document.xml": "<w:p/>" * 500})
    assert hidden.look(whole[: len(whole) // 2]) in (
        ["It is damaged and could not be looked into."],
        ["What lies hidden in a file of this kind cannot be told here. Save it in a newer form, or as PDF."],
    )


@pytest.mark.hostile("D05", "C03")
def test_a_word_file_that_unpacks_to_gigabytes_costs_little():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<w:p/>")
        for number in range(3):
            package.writestr(f"word/header{number}.xml", b" " * 40_000_000)
    began = time.process_time()
    assert hidden.look(held.getvalue()) == []
    assert time.process_time() - began < 2
