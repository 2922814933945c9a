"""What the house knows of its keeping: damaged files are found, named and mended (G06)."""

from types import SimpleNamespace

import pytest

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import making, services, tasks
from privateoffice.foundations.keeping.models import Backup, Damage
from privateoffice.foundations.keeping.services import backups, files
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records import shelf


@pytest.fixture
def kept(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return [records.keep_original(raw) for raw in (b"one", b"two")]


def look():
    with scope.acting_as_system("test"):
        return services.look_through()


def test_whole_files_are_found_whole(kept):
    assert look() == []


@pytest.mark.hostile("G06")
def test_a_flipped_and_a_missing_file_are_each_found_once_g06(kept):
    kept[0].path.write_bytes(b"ona")
    kept[1].path.unlink()
    for _ in range(2):
        assert [one.damage.words for one in look()] == [
            f"The file {kept[0].digest[:12]} was altered.",
            f"The file {kept[1].digest[:12]} is missing.",
        ]
    assert Damage.objects.count() == 2


def test_a_file_that_is_whole_again_is_damaged_no_more(kept, cast):
    kept[1].path.unlink()
    assert len(look()) == 1
    with scope.acting(cast.pa, office=cast.homicide):
        records.keep_original(b"two")  # the same paper came again
    assert look() == []
    assert Damage.objects.get().mended_at


def test_the_nightly_look_counts_what_is_damaged(kept):
    kept[0].path.unlink()
    with scope.acting_as_system("kept files"):
        assert tasks.look_through_files.call() == 1


def test_bytes_that_lie_there_altered_are_made_whole_when_they_come_again(kept, cast):
    kept[0].path.write_bytes(b"ona")
    with scope.acting(cast.pa, office=cast.homicide):
        records.keep_original(b"one")
    assert kept[0].read() == b"one"


def test_only_the_administrator_makes_a_backup(cast, tmp_path):
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises(Refused):
        services.back_up(tmp_path / "a.backup")
    assert list(tmp_path.glob("*.backup")) == []


@pytest.mark.hostile("D08")
def test_nothing_is_left_of_a_file_that_could_not_be_kept_d08(cast, monkeypatch):
    """D08: the disk fills while the file is written: no row, no draft, and it can be tried again."""

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("privateoffice.foundations.records.shelf.shelves.os.fsync", full)
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(OSError, match="No space"):
            records.keep_original(b"three")
        monkeypatch.undo()
        assert list(shelf.shelf().names("")) == []
        assert records.keep_original(b"three").read() == b"three"


def test_what_is_done_to_keep_the_house_stands_in_its_trail(cast, tmp_path):
    whole = {"tables": {"a": [3, ""], "b": [4, ""]}, "files": 2, "parts": "c" * 64}
    read = SimpleNamespace(header={"made_at": clock.now().isoformat()}, whole=whole)
    place = tmp_path / "a.backup"
    place.write_bytes(b"twelve bytes")
    with scope.acting_as_system("test"):
        services.note_restored(clock.now())
        assert services.try_backup(read).rows == 7
        backup = Backup.objects.create(began_at=clock.now(), file="a.backup")
        backups._record(backup, making.Made(clock.now(), rows=7, files=2), read, place)
        files._note({})
        files._record_mending(["d" * 64])
    assert (backup.size, services.standing().backup) == (12, backup)
    verbs = list(Entry.objects.filter(office_id=0).order_by("number").values_list("verb", flat=True))
    assert verbs == ["keeping.restore", "keeping.try_backup", "keeping.back_up", "keeping.mend"]
