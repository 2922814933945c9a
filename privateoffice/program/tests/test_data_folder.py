import errno
import os
import shutil
from collections import namedtuple

import pytest

from privateoffice.program import data_folder
from privateoffice.program.refusals import CannotStart


@pytest.fixture
def home(monkeypatch, tmp_path):
    """Where the data folder is to be; it is not there yet."""
    monkeypatch.setenv("PRIVATE_OFFICE_HOME", str(tmp_path / "office" / "var"))
    return tmp_path / "office" / "var"


def refusal():
    with pytest.raises(CannotStart) as refused:
        data_folder.make_ready()
    return str(refused.value)


def test_the_folder_is_made_for_its_owner_alone_and_left_empty(home):
    assert data_folder.make_ready() == home
    assert (home.stat().st_mode & 0o777, list(home.iterdir())) == (0o700, [])


def test_a_file_in_its_place_is_refused_and_left_alone(home):
    home.parent.mkdir()
    home.write_text("something else")
    assert refusal() == f"The data folder {home} cannot be used: it is a file, not a folder."
    assert home.read_text() == "something else"


def test_a_file_in_its_path_is_refused(home):
    home.parent.write_text("something else")
    assert refusal() == f"The data folder {home} cannot be used: a part of its path is a file."


@pytest.mark.parametrize(
    ("number", "reason"), [(errno.EROFS, "the disk is read-only"), (errno.ENOSPC, "the disk is full")]
)
def test_a_disk_that_refuses_to_be_written_is_named(home, monkeypatch, number, reason):
    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(data_folder.tempfile, "TemporaryFile", refuse)
    assert refusal() == f"The data folder {home} cannot be used: {reason}."


def test_a_disk_with_hardly_any_room_is_refused(home, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage(100, 99, 1))
    assert refusal().endswith("cannot be used: the disk is full, and 20 MB must be free.")
