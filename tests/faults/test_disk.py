"""Faults of the machine (G03, G06): a full disk, a read-only one, a damaged database. Said in one sentence."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from privateoffice.program.tests.houses import House

pytestmark = pytest.mark.slow


@contextmanager
def disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A real disk of its own in memory; the test is skipped where this machine mounts none for us."""
    place.mkdir()
    size = f"size={megabytes}m"
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", place], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def fill(place: Path, *, leave: int = 0) -> None:
    """Fill a disk to the last bytes, but for some."""
    with (place / "filling").open("wb") as file:
        free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
        file.write(bytes(max(free - leave, 0)))


def read_only(place: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults")
    made = House(folder, folder / "key")
    made.run("migrate", "-v0")
    made.run("office", "add", "homicide", "HOM", "Homicide")
    return made


@pytest.fixture(scope="module")
def backup(house):
    place = house.folder / "whole.backup"
    house.run("backup", place)
    return place


def one_sentence(said: str) -> str:
    assert len(said.strip().splitlines()) == 1, said
    return said


def test_an_office_on_a_full_or_read_only_disk_says_so_and_is_not_touched(house, tmp_path):
    with disk(tmp_path / "disk", 64) as place:
        on_it = House(place, house.key)
        fill(place)
        for words in (("run", "--empty"), ("jobs",)):
            assert "the disk is full" in one_sentence(on_it.run(*words, code=1))
        assert not (on_it.home / "office.sqlite3").exists()
        (place / "filling").unlink()
        read_only(place)
        assert "the disk is read-only" in one_sentence(on_it.run("run", "--empty", code=1))


def test_a_backup_on_a_full_or_read_only_disk_leaves_nothing_and_the_office_whole(house, tmp_path):
    with disk(tmp_path / "disk", 4) as place:
        fill(place, leave=8192)
        assert "No space left on device" in one_sentence(house.run("backup", place / "one.backup", code=1))
        assert [path.name for path in place.iterdir()] == ["filling"]
        read_only(place)
        assert "Read-only file system" in one_sentence(house.run("backup", place / "one.backup", code=1))
    assert house.run("audit", "verify") == "Every chain is whole.\n"


@pytest.mark.parametrize("spoil", ["the head", "the middle"])
def test_a_damaged_database_is_said_and_not_written_to(house, backup, tmp_path, spoil):
    broken = House(tmp_path / "broken", house.key)
    broken.run("restore", backup)
    place = broken.home / "office.sqlite3"
    raw = bytearray(place.read_bytes())
    begin = 0 if spoil == "the head" else 4096
    raw[begin : begin + 4096 * 40] = b"\xff" * 4096 * 40
    place.write_bytes(raw)
    for words in (("jobs",), ("backup", tmp_path / "of-broken.backup")):
        assert "database" in one_sentence(broken.run(*words, code=1))
    assert place.read_bytes() == bytes(raw)
    assert not (tmp_path / "of-broken.backup").exists()
