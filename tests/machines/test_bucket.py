"""Files in a bucket: kept whole or not at all, proved when read, and never half there when the store fails."""

import hashlib
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from privateoffice.foundations.keeping import services as keeping
from privateoffice.foundations.keeping.models import Damage
from privateoffice.foundations.keeping.restoring import NotEmpty, refuse_unless_empty
from privateoffice.foundations.keeping.services.moving import _record_move
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import Damaged, Original, packs
from privateoffice.foundations.records.services.originals import drop_unused
from tests.servers import moto
from tests.servers.waiting import free_port

pytestmark = pytest.mark.slow

RAWS = [f"original {n}".encode() * (n + 1) for n in range(40)]


@pytest.fixture
def acting(cast):
    with scope.acting_as_system("test", office=cast.homicide) as opened:
        yield opened


def name_of(original):
    return shelf.name_of(original.office_id, original.digest)


def put(store, bucket, name, raw):
    """Write past our own code, as somebody who tampers with the bucket would."""
    store.client().put_object(Bucket=urlsplit(bucket).netloc, Key=name, Body=raw)


def test_what_is_kept_comes_back_proved_and_lies_in_no_folder(bucket, acting, home):
    kept = records.keep_original(b"one")
    assert kept.read() == b"one"
    assert list(shelf.shelf().names("")) == [name_of(kept)]
    assert not (home / "files").exists()


def test_many_are_kept_each_as_an_object_of_its_own(bucket, acting, cast):
    kept = records.keep_originals(RAWS)
    assert [one.read() for one in kept] == RAWS
    assert {one.pack for one in kept} == {""}
    assert records.keep_original_keys(RAWS, office=cast.homicide) == [one.pk for one in kept]
    assert records.keep_original_keys([b"later"], office=cast.homicide) != []
    assert len(list(shelf.shelf().names(str(cast.homicide.pk)))) == len(RAWS) + 1


def test_two_offices_share_no_object(bucket, cast):
    for office in (cast.homicide, cast.proactive):
        with scope.acting_as_system("test", office=office):
            records.keep_original(b"the same")
    assert len(list(shelf.shelf().names(""))) == 2


def test_one_larger_than_is_held_in_memory_comes_in_pieces(bucket, acting):
    piece = bytes(range(256)) * 4096
    kept = records.keep_original_in_pieces(piece for _ in range(12))
    assert kept.size == 12 * len(piece)
    assert kept.digest_now == kept.digest == hashlib.sha256(piece * 12).hexdigest()


def test_what_was_altered_or_taken_away_is_said_and_healed_when_it_comes_again(bucket, acting, store):
    one, two = records.keep_original(b"one"), records.keep_original(b"two")
    put(store, bucket, name_of(one), b"ona")
    shelf.shelf().remove(name_of(two))
    for damaged in (one, two):
        with pytest.raises(Damaged):
            damaged.read()
    with scope.acting_as_system("test"):
        assert [one.damage.words.split()[-1] for one in keeping.look_through()] == ["altered.", "missing."]
    records.keep_originals([b"one", b"two"])
    with scope.acting_as_system("test"):
        assert keeping.look_through() == []


def test_what_is_disposed_of_leaves_the_bucket(bucket, acting, django_capture_on_commit_callbacks):
    kept = records.keep_originals([b"goes", b"stays"])
    with django_capture_on_commit_callbacks(execute=True):
        drop_unused({kept[0].pk})
    assert list(shelf.shelf().names("")) == [name_of(kept[1])]


def test_what_is_laid_aside_is_found_by_another_machine_and_taken_away(bucket, acting, cast):
    shelf.lay_aside(cast.homicide.pk, "spool", "mail.mbox", [b"From ", b"somebody"])
    with shelf.laid_aside(cast.homicide.pk, "spool") as files:
        assert [(file.name, file.read_bytes()) for file in files] == [("mail.mbox", b"From somebody")]
    shelf.clear(cast.homicide.pk, "spool")
    assert list(shelf.shelf().names("")) == []


def test_nothing_is_kept_where_the_pieces_break_off_d08(bucket, acting):
    def broken():
        yield b"begun"
        raise ConnectionResetError("the visitor left")

    with pytest.raises(ConnectionResetError):
        records.keep_original_in_pieces(broken())
    assert (list(shelf.shelf().names("")), Original.objects.count()) == ([], 0)


@pytest.fixture
def away(settings):
    """A store that is not there: nobody listens on its port."""
    settings.STORAGE_URL = f"s3://office?endpoint=http://127.0.0.1:{free_port()}"
    settings.STORAGE_KEY_ID = settings.STORAGE_SECRET = "test"


def test_without_the_store_nothing_is_kept_and_nothing_is_called_missing_d08(away, acting, settings):
    with pytest.raises(shelf.Away, match="does not answer"):
        records.keep_original(b"one")
    assert Original.objects.count() == 0
    settings.STORAGE_URL, url = "", settings.STORAGE_URL
    records.keep_original(b"one")
    settings.STORAGE_URL = url
    with scope.acting_as_system("test"), pytest.raises(shelf.Away):
        keeping.look_through()
    assert not Damage.objects.exists()
    with pytest.raises(CommandError, match="does not answer"):
        call_command("files")


def test_a_bucket_that_is_not_there_or_not_ours_is_said(bucket, acting, settings):
    settings.STORAGE_URL = bucket.replace("office-", "nobodys-")
    with pytest.raises(shelf.Away, match="NoSuchBucket"):
        records.keep_original(b"one")
    assert "NoSuchBucket" in shelf.shelf().fault()
    settings.STORAGE_URL = bucket
    assert shelf.shelf().fault() == ""
    assert list(shelf.shelf().names("")) == []


def test_a_page_says_that_the_store_does_not_answer_and_gives_back_what_was_typed_d08(away, cast, client):
    client.force_login(cast.pa)
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("calls.mbox", b"From a@b.example Mon Jan  5 09:00:00 2026\nSubject: x\n\nText\n")
    answer = client.post("/homicide/mail/imports/", {"file": file, "note": "please read these"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "does not answer. Nothing was saved" in page
    assert "please read these" in page
    assert "Choose them again" in page


def test_an_office_moves_from_the_folder_to_the_bucket_and_back_and_each_file_is_proved(
    store, acting, cast, settings, home, capsys
):
    kept = [*records.keep_originals(RAWS), records.keep_original(b"alone")]
    shelf.lay_aside(cast.homicide.pk, "spool", "mail.mbox", [b"waits"])
    folder = str(settings.FILES_DIR)
    settings.STORAGE_KEY_ID = settings.STORAGE_SECRET = "test"
    settings.STORAGE_URL = bucket = store.new_bucket()
    for said in (
        "42 files were copied and proved; 0 were there already",
        "0 files were copied and proved; 42 were",
    ):
        call_command("files", move_from=folder, office=cast.homicide.slug)
        assert said in capsys.readouterr().out
    for one in kept:
        one.refresh_from_db()
    assert [one.read() for one in kept] == [*RAWS, b"alone"]
    assert {one.pack for one in kept} == {""}
    settings.FILES_DIR = home / "another"
    assert [one.read() for one in kept] == [*RAWS, b"alone"]
    settings.STORAGE_URL = ""
    call_command("files", move_from=bucket)
    assert [one.read() for one in kept] == [*RAWS, b"alone"]
    assert (settings.FILES_DIR / f"incoming/{cast.homicide.pk}/spool/mail.mbox").read_bytes() == b"waits"


def test_what_is_not_good_in_the_folder_is_not_moved_and_said(store, acting, settings):
    kept = records.keep_originals(RAWS)
    place = packs.place_of(kept[3].office_id, kept[3].pack)
    with place.open("r+b") as file:
        file.seek(kept[3].offset)
        file.write(b"X")
    settings.STORAGE_KEY_ID = settings.STORAGE_SECRET = "test"
    settings.STORAGE_URL = store.new_bucket()
    with pytest.raises(CommandError, match=r"1 files could not be moved"):
        call_command("files", move_from=str(settings.FILES_DIR))
    kept[3].refresh_from_db()
    assert kept[3].pack
    assert len(list(shelf.shelf().names(""))) == len(RAWS) - 1


def test_a_move_to_the_place_itself_or_of_no_office_is_refused(settings, db):
    with pytest.raises(CommandError, match="is where the files are kept now"):
        call_command("files", move_from=str(settings.FILES_DIR))
    with pytest.raises(CommandError, match="There is no office nowhere"):
        call_command("files", move_from="/elsewhere", office="nowhere")


def test_a_move_is_a_line_of_the_trail(acting, cast):
    from privateoffice.foundations.audit.models import Entry

    _record_move(cast.homicide, 12)
    assert Entry.objects.filter(office_id=cast.homicide.pk, verb="keeping.move_files").count() == 1


def test_a_store_that_hangs_is_given_up(acting, settings, monkeypatch):
    from privateoffice.connectors.storage import bucket as module

    monkeypatch.setattr(module, "PIECE", 0.5)
    monkeypatch.setattr(module, "TRIES", 1)
    settings.STORAGE_KEY_ID = settings.STORAGE_SECRET = "test"
    with moto.running() as store:
        settings.STORAGE_URL = store.new_bucket()
        with store.frozen(), pytest.raises(shelf.Away, match="ReadTimeoutError"):
            records.keep_original(b"one")
        assert records.keep_original(b"one").read() == b"one"


def test_nothing_is_restored_over_files_in_a_bucket_g08(bucket, acting):
    shelf.shelf().put([b"one"], lambda: "1/ab/abc", near="1/ab")
    with pytest.raises(NotEmpty, match="There are files in the bucket already"):
        refuse_unless_empty()
