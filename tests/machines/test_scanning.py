"""What comes from outside is looked at by a real clamd; what it finds is let in by nobody and given to nobody."""

import base64
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from privateoffice.connectors.mail.sources import Found
from privateoffice.connectors.scanning.clamd import Clamd
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import Original
from privateoffice.foundations.scanning import services, tasks
from privateoffice.foundations.scanning.models import Quarantined, Scan
from privateoffice.foundations.scanning.scanner import Unanswered
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.correspondence.services import take_in
from tests.servers.clamd import EICAR, LARGEST, NAME
from tests.servers.waiting import free_port

pytestmark = pytest.mark.slow

MAIL = (
    "From: Kit Marlowe <kit@outside.example>\r\nTo: pa@specialist-crime.example\r\nSubject: {subject}\r\n"
    "Message-ID: <{subject}@outside.example>\r\nDate: Mon, 05 Jan 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n'
    '--b\r\nContent-Type: application/octet-stream; name="plan.bin"\r\nContent-Transfer-Encoding: base64\r\n'
    'Content-Disposition: attachment; filename="plan.bin"\r\n\r\n{file}\r\n--b--\r\n'
)


def mail(subject, file):
    return MAIL.format(subject=subject, file=base64.b64encode(file).decode()).encode()


def zipped(raw):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.com", raw)
    return made.getvalue()


@pytest.fixture
def away(settings):
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{free_port()}"


@pytest.fixture
def pa(client, cast):
    client.force_login(cast.pa)
    return client


def send(client, raw, name="mail.mbox", **said):
    return client.post("/homicide/mail/imports/", {"file": SimpleUploadedFile(name, raw), **said})


@pytest.mark.parametrize("address", ["url", "socket_url"])
@pytest.mark.parametrize(
    ("raw", "finding", "is_clean"),
    [
        (b"a clean file", "", True),
        (b"", "", True),
        (bytes(200_000), "", True),
        (EICAR, NAME, False),
        (zipped(EICAR), NAME, False),
        (mail("x", EICAR), NAME, False),
        (bytes(LARGEST + 1_000_000), "", False),
    ],
    ids=["clean", "empty", "many pieces", "eicar", "in an archive", "in a mail", "too large"],
)
def test_the_daemon_is_asked_over_its_own_protocol(daemon, address, raw, finding, is_clean):
    answer = Clamd(getattr(daemon, address)).scan([raw[:7], raw[7:]])
    assert (answer.finding, answer.is_clean) == (finding, is_clean)


def test_one_that_does_not_answer_is_said_and_nothing_counts_as_clean(daemon, tmp_path, monkeypatch):
    for url in (f"tcp://127.0.0.1:{free_port()}", f"unix://{tmp_path}/none.sock"):
        with pytest.raises(Unanswered, match="does not answer"):
            Clamd(url).scan([b"x"])
        assert "does not answer" in Clamd(url).fault()
    assert Clamd(daemon.url).fault() == ""
    monkeypatch.setattr("privateoffice.connectors.scanning.clamd.ANSWER", 0.5)
    with daemon.frozen(), pytest.raises(Unanswered, match="broke off"):
        Clamd(daemon.url).scan([b"x"])


def test_a_clean_upload_is_let_in_and_a_harmful_one_is_not(scanned, pa, cast):
    answer = send(pa, EICAR, "plan.mbox", note="please read these")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"was not let in: a virus was found in it ({NAME})" in page
    assert "please read these" in page
    held = Quarantined.objects.get()
    assert (held.office, held.sender, held.name, held.finding) == (cast.homicide, cast.pa, "plan.mbox", NAME)
    assert list(shelf.shelf().names("")) == [f"quarantine/{cast.homicide.pk}/{held.digest}"]
    with shelf.shelf().open(f"quarantine/{held.place}") as file:
        assert EICAR not in file.read()
    assert Entry.objects.filter(office_id=cast.homicide.pk, verb="scanning.hold").count() == 1
    assert send(pa, b"From a@b.example Mon Jan  5 09:00:00 2026\nSubject: x\n\nText\n").status_code == 302


def test_no_upload_is_let_in_while_the_scanner_is_away_or_cannot_look(away, pa, daemon, settings):
    answer = send(pa, b"From a@b.example", note="please read these")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "The virus scanner does not answer" in page
    assert "please read these" in page
    settings.CLAMAV_URL = daemon.url
    answer = send(pa, bytes(LARGEST + 1_000_000))
    assert (answer.status_code, "larger than the scanner takes" in answer.content.decode()) == (422, True)
    assert (list(shelf.shelf().names("")), Quarantined.objects.count()) == ([], 0)


def test_whoever_may_not_send_has_nothing_looked_at(scanned, client, cast):
    assert send(client, EICAR).status_code == 302
    client.force_login(cast.outsider)
    assert send(client, EICAR).status_code == 404
    assert not Quarantined.objects.exists()


@pytest.fixture
def arrived(cast, tmp_path):
    """Two mails, one with a harmful file, taken in as from a mailbox."""
    raws = [mail("harmful", EICAR), mail("clean", b"a plan")]
    with scope.acting(cast.pa, office=cast.homicide):
        take_in([Found(raw, f"{n}.eml", "eml", tmp_path, size=len(raw)) for n, raw in enumerate(raws)], source="x")
        return {
            one.subject: one.record.get_absolute_url() for one in Message.objects.select_related("record__office")
        }


def test_mail_is_looked_at_and_a_harmful_file_is_given_to_nobody(scanned, arrived, pa):
    with scope.acting_as_system("looking for viruses"):
        assert tasks.scan_what_waits.call() == 2
        assert tasks.scan_what_waits.call() == 0
        assert sorted(Scan.objects.values_list("finding", flat=True)) == ["", NAME]
        assert {one.scanner.split()[0] for one in Scan.objects.all()} == {"ClamAV"}
        assert EICAR not in Original.objects.first().read()  # it stays as it came: base64, byte for byte
    for place in ("attachments/1/", "original/"):
        answer = pa.get(f"{arrived['harmful']}messages/1/{place}")
        assert (answer.status_code, f"A virus was found in it ({NAME})" in answer.content.decode()) == (409, True)
        assert pa.get(f"{arrived['clean']}messages/1/{place}").status_code == 200
    assert "Not given out" in pa.get(arrived["harmful"]).content.decode()
    assert "Not given out" not in pa.get(arrived["clean"]).content.decode()


def test_a_file_that_nobody_looked_at_yet_is_looked_at_when_it_is_asked_for_or_not_given(
    arrived, pa, settings, daemon, away
):
    place = f"{arrived['clean']}messages/1/attachments/1/"
    answer = pa.get(place)
    assert (answer.status_code, "not looked at for viruses yet" in answer.content.decode()) == (409, True)
    with scope.acting_as_system("looking for viruses"), pytest.raises(Unanswered):
        tasks.scan_what_waits.call()
    settings.CLAMAV_URL = daemon.url
    assert pa.get(place).content == b"a plan"
    settings.CLAMAV_URL = ""
    assert pa.get(place).content == b"a plan"
    with scope.acting_as_system("test"):
        assert services.waiting().count() == 1


def test_the_quarantine_is_listed_given_out_and_destroyed_by_the_administrator_alone(
    scanned, pa, cast, tmp_path, capsys
):
    send(pa, EICAR, "plan.mbox")
    held = Quarantined.objects.get()
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises(Refused):
        services.let_go(held)
    call_command("quarantine")
    assert f"plan.mbox  68 bytes  {NAME}" in capsys.readouterr().out
    call_command("quarantine", "--give", str(held.pk), str(tmp_path / "specimen"))
    assert (tmp_path / "specimen").read_bytes() == EICAR
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("quarantine", "--give", str(held.pk), str(tmp_path / "specimen"))
    call_command("quarantine", "--destroy", str(held.pk))
    assert (list(shelf.shelf().names("")), Quarantined.objects.count()) == ([], 0)
    with pytest.raises(CommandError, match="no number"):
        call_command("quarantine", "--destroy", str(held.pk))
    with scope.acting(cast.pa, office=cast.homicide):
        again = services.hold("again", EICAR, finding=NAME, sender=cast.pa)
        assert services.opened(again) == EICAR


def look_again(hours, version="ClamAV 1.0/27000/older signatures"):
    """As when the files were looked at so many hours ago, by older signatures."""
    Scan.objects.update(scanner=version, scanned_at=clock.now() - timedelta(hours=hours))
    with scope.acting_as_system("looking again for viruses"):
        return tasks.scan_again.call()


def test_what_is_kept_is_looked_at_again_by_new_signatures(scanned, cast, tmp_path, pa):
    """Local signatures do not change the daemon's version, so the one that is remembered is made older."""
    raw = mail("plan", b"a plan that is new to everybody")
    with scope.acting(cast.pa, office=cast.homicide):
        take_in([Found(raw, "1.eml", "eml", tmp_path, size=len(raw))], source="x")
        place = f"{Message.objects.select_related('record__office').get().record.get_absolute_url()}messages/1/"
    with scope.acting_as_system("looking for viruses"):
        assert tasks.scan_what_waits.call() == 1
        assert tasks.scan_again.call() == 0
    assert pa.get(f"{place}attachments/1/").status_code == 200
    scanned.learn("Newer", b"a plan that is new to everybody")
    try:
        assert look_again(hours=2) == 0  # once a day at most
        assert look_again(hours=21) == 1
        assert look_again(hours=21, version=Clamd(scanned.url).version()) == 0
        answer = pa.get(f"{place}attachments/1/")
        assert (answer.status_code, "Newer" in answer.content.decode()) == (409, True)
        assert look_again(hours=21) == 1
    finally:
        scanned.forget("Newer")
    assert look_again(hours=21) == 1
    assert pa.get(f"{place}attachments/1/").content == b"a plan that is new to everybody"
    told = Entry.objects.filter(office_id=cast.homicide.pk, verb__startswith="scanning.").order_by("number")
    assert [one.verb for one in told] == ["scanning.find", "scanning.clear"]
    assert list(audit.verify()) == []


def test_without_a_scanner_or_while_it_is_away_nothing_is_changed(arrived, scanned, settings, cast):
    with scope.acting_as_system("looking for viruses"):
        tasks.scan_what_waits.call()
    before = list(Scan.objects.values_list("pk", "finding"))
    settings.CLAMAV_URL = ""
    assert look_again(hours=21) == 0
    settings.CLAMAV_URL = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(Unanswered):
        look_again(hours=21)
    assert list(Scan.objects.values_list("pk", "finding")) == before
