"""Messages are found in files of every kind, and each comes back byte for byte."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.connectors.mail import sources
from privateoffice.connectors.mail.sources import NOT_A_FILE, NOT_FOLLOWED, TOO_LARGE, messages_in
from privateoffice.connectors.mail.tests.letters import letter

FROM = b"From delphine@specialist-crime.example Mon Jan 26 09:30:00 2026\n"
ONE = b"From: a@example.com\nSubject: one\n\nFirst.\n"
TWO = b"From: b@example.com\nSubject: two\n\nSecond.\n"


def raws(path: Path) -> list[bytes | None]:
    return [found.raw for found in messages_in(path)]


def box(tmp_path: Path, content: bytes, name: str = "inbox.mbox") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_an_eml_file_is_one_message(tmp_path: Path):
    (found,) = messages_in(box(tmp_path, letter(), "a.eml"))
    assert (found.raw, found.place, found.format) == (letter(), "a.eml", "eml")


def test_an_mbox_is_cut_at_its_from_lines(tmp_path: Path):
    path = box(tmp_path, FROM + ONE + b"\n" + FROM + TWO + b"\n")
    assert [(one.raw, one.place, one.format) for one in messages_in(path)] == [
        (ONE, "inbox.mbox, message 1", "mbox"),
        (TWO, "inbox.mbox, message 2", "mbox"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"\nFrom Monday on the desk is in Room 4.\n",
        b"\n>From delphine@specialist-crime.example Mon Jan 26 09:30:00 2026\nSubject: quoted\n",
        b"\nFrom here: see below\nNote: nothing\n",
        b"word\nFrom Mon to Fri 09:30 we are here\nand there\n",
    ],
)
def test_words_in_a_text_do_not_cut_a_message(tmp_path: Path, text: bytes):
    assert raws(box(tmp_path, FROM + ONE + text + b"\n" + FROM + TWO)) == [ONE + text, TWO]


def test_a_missing_blank_line_does_not_join_two_messages(tmp_path: Path):
    assert raws(box(tmp_path, FROM + ONE + FROM + TWO)) == [ONE, TWO]


def test_line_ends_of_windows_are_kept(tmp_path: Path):
    one, two, line = (each.replace(b"\n", b"\r\n") for each in (ONE, TWO, FROM))
    assert raws(box(tmp_path, line + one + b"\r\n" + line + two + b"\r\n")) == [one, two]


def test_a_stated_length_covers_from_lines_in_the_text(tmp_path: Path):
    body = b"Forwarded:\n\n" + FROM + TWO
    counted = b"From: a@example.com\nContent-Length: %d\n\n" % len(body) + body
    assert raws(box(tmp_path, FROM + counted + b"\n" + FROM + TWO)) == [counted, TWO]


def test_a_wrong_length_hides_nothing(tmp_path: Path):
    counted = b"From: a@example.com\nContent-Length: 9999\n\nFirst.\n"
    assert raws(box(tmp_path, FROM + counted + b"\n" + FROM + TWO)) == [counted, TWO]


def test_what_stands_before_the_first_from_line_is_not_lost(tmp_path: Path):
    assert raws(box(tmp_path, ONE + b"\n" + FROM + TWO)) == [ONE, TWO]


def test_a_box_larger_than_the_pieces_it_is_read_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("privateoffice.connectors.mail.mbox._CHUNK", 17)
    bodies = [b"From: a@example.com\n\n" + b"x" * size + b"\n" for size in range(40)]
    assert raws(box(tmp_path, b"".join(FROM + body + b"\n" for body in bodies))) == bodies


@given(
    st.lists(
        st.binary(max_size=60).map(lambda raw: b"Subject: x\n\n" + raw.replace(b"From ", b"") + b"\n"), max_size=4
    )
)
def test_every_byte_of_a_box_is_in_a_message_or_between(
    tmp_path_factory: pytest.TempPathFactory, bodies: list[bytes]
):
    path = box(tmp_path_factory.mktemp("box"), b"".join(FROM + body + b"\n" for body in bodies))
    found = list(messages_in(path))
    assert [one.raw for one in found if one.format == "mbox"] == bodies
    assert [b"".join(one.pieces()) for one in found] == [one.raw for one in found]


def test_a_maildir_with_folders_in_both_manners(tmp_path: Path):
    for folder in (".", ".Sent.2026", "Archive/Old"):
        for name in ("cur", "new", "tmp"):
            (tmp_path / folder / name).mkdir(parents=True)
    (tmp_path / "cur" / "1.host:2,RS").write_bytes(ONE)
    (tmp_path / ".Sent.2026" / "new" / "2.host").write_bytes(TWO)
    (tmp_path / "Archive" / "Old" / "cur" / "3.host:2,").write_bytes(b"no header at all")
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1 N2\n")
    assert [(one.place, one.format, one.raw, one.flags) for one in messages_in(tmp_path)] == [
        (".Sent.2026/new/2.host", "maildir", TWO, ""),
        ("Archive/Old/cur/3.host:2,", "maildir", b"no header at all", ""),
        ("cur/1.host:2,RS", "maildir", ONE, "RS"),
    ]


def test_a_folder_of_any_mix_names_everything_in_it(tmp_path: Path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "deep" / "er" / "a.eml").write_bytes(ONE)
    (tmp_path / "box").write_bytes(FROM + TWO)
    (tmp_path / "item.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not whole")
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "plain.txt").write_bytes(b"Received: by hand\nSubject: x\n\n.")
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "link.eml").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe")
    assert [(one.place, one.format, one.trouble) for one in messages_in(tmp_path)] == [
        ("box, message 1", "mbox", ""),
        ("empty", "unknown", ""),
        ("item.msg", "msg", ""),
        ("link.eml", "unknown", NOT_FOLLOWED),
        ("notes.docx", "unknown", ""),
        ("pipe", "unknown", NOT_A_FILE),
        ("plain.txt", "eml", ""),
        ("deep/er/a.eml", "eml", ""),
    ]


def test_a_message_over_the_ceiling_is_named_and_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources, "MESSAGE_BYTES", 50)
    big = b"From: a@example.com\n\n" + b"x" * 60 + b"\n"
    first, second = messages_in(box(tmp_path, FROM + big + b"\n" + FROM + TWO))
    assert (first.raw, first.trouble, first.size) == (None, TOO_LARGE, len(big))
    assert b"".join(first.pieces()) == big
    assert second.raw == TWO


def test_nothing_at_the_path_is_said(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        list(messages_in(tmp_path / "none"))
