"""A message is put into a Maildir whole, and once for each key."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privateoffice.connectors.mail.maildir import deliver, name_for
from privateoffice.connectors.mail.sources import messages_in
from privateoffice.connectors.mail.tests.letters import letter


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_message_is_delivered_byte_for_byte(tmp_path: Path):
    name = deliver(tmp_path / "out", letter(), key="HOM-1")
    assert (name, files(tmp_path)) == ("HOM-1", ["out/new/HOM-1"])
    assert [(one.raw, one.format) for one in messages_in(tmp_path / "out")] == [(letter(), "maildir")]


def test_the_same_key_again_leaves_the_first(tmp_path: Path):
    deliver(tmp_path, b"first", key="k")
    deliver(tmp_path, b"second", key="k")
    assert files(tmp_path) == ["new/k"]
    assert (tmp_path / "new" / "k").read_bytes() == b"first"


def test_a_message_that_was_read_meanwhile_is_not_delivered_again(tmp_path: Path):
    deliver(tmp_path, b"first", key="k")
    (tmp_path / "new" / "k").rename(tmp_path / "cur" / "k:2,S")
    deliver(tmp_path, b"first", key="k")
    assert files(tmp_path) == ["cur/k:2,S"]


def test_many_at_once_with_one_key_leave_one_file(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: deliver(tmp_path, b"%d" % n, key="k"), range(24)))
    assert files(tmp_path) == ["new/k"]


@pytest.mark.parametrize("key", ["../../x", "a/b", "", ".hidden", "x" * 400, "k:2,S", "é", "a\nb"])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str):
    assert name_for(key).isalnum()
    deliver(tmp_path / "box", b"x", key=key)
    assert files(tmp_path) == [f"box/new/{name_for(key)}"]
