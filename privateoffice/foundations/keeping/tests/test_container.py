"""G08: a backup that is cut, altered, of another key, newer or foreign is refused with the reason."""

import gzip
import io
import json
import tarfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.keeping import container
from privateoffice.foundations.keeping.container.writing import FORMAT, HEADER, key_mark

KEY, ANOTHER = b"k" * 32, b"a" * 32
PARTS = {
    "rows/a/000000.jsonl": b'[1,"x"]\n' * 9000,
    "files/1/ab/cd": bytes(range(256)) * 700,
    "files/1/ab/none": b"",
}
LOCKS = {
    "plain": None,
    "key": container.by_key(KEY),
    "passphrase": container.by_passphrase("correct horse battery"),
}


@pytest.fixture(scope="module", params=LOCKS)
def made(request, tmp_path_factory):
    """A backup's bytes, and the lock that opens it."""
    place = tmp_path_factory.mktemp("backup") / "a.backup"
    write(place, LOCKS[request.param])
    return place.read_bytes(), LOCKS[request.param]


def write(place, lock=None, *, form=FORMAT, key=KEY):
    with container.writing(place, key=key, lock=lock) as out:
        out.add_said(HEADER, {"format": form, "key": key_mark(key)})
        for name, raw in PARTS.items():
            out.add(name, raw)
        out.seal({"files": 2})


def read(raw, lock=None, key=KEY):
    with container.reading(io.BytesIO(raw), key=key, lock=lock) as one:
        parts = {part.name: part.read() for part in one.parts()}
    return parts, one.whole


def test_what_was_written_is_read_again(made):
    raw, lock = made
    parts, whole = read(raw, lock)
    assert parts == PARTS
    assert whole["files"] == 2


@pytest.mark.hostile("G08")
@settings(max_examples=40)  # a sealed one takes a tenth of a second to open
@given(data=st.data())
def test_a_backup_cut_anywhere_is_refused(made, data):
    raw, lock = made
    end = data.draw(st.integers(0, len(raw) - 1))
    with pytest.raises(container.NotGood):
        read(raw[:end], lock)


@pytest.mark.hostile("G06", "G08")
@settings(max_examples=40)
@given(data=st.data())
def test_a_backup_with_one_bit_flipped_is_refused_or_says_the_same(made, data):
    """A few bits of the packing carry nothing; all others, and every bit of a sealed one, are proved."""
    raw, lock = made
    place, bit = data.draw(st.integers(0, len(raw) - 1)), data.draw(st.integers(0, 7))
    flipped = bytearray(raw)
    flipped[place] ^= 1 << bit
    try:
        parts, _ = read(bytes(flipped), lock)
    except container.NotGood:
        return
    assert lock is None
    assert parts == PARTS


@given(st.binary(max_size=2000))
@example(b"")
@example(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff")
@example(gzip.compress(b"hello", mtime=0))
@example(b"PRIVATE-OFFICE-SEALED 1\n{}\n")
def test_what_is_no_backup_is_refused(raw):
    with pytest.raises(container.NotGood):
        read(raw, LOCKS["key"])


def test_pieces_that_change_places_are_refused(tmp_path):
    place = tmp_path / "a.backup"
    with container.writing(place, key=KEY, lock=LOCKS["key"]) as out:
        out.add_said(
            HEADER,
            {
                "format": FORMAT,
                "key": key_mark(KEY),
                "pad": __import__("random").Random(1).randbytes(300_000).hex(),
            },
        )
        out.seal({})
    raw = place.read_bytes()
    head, size = raw.index(b"\n", 25) + 1, (1 << 16) + 16
    one, two = raw[head : head + size], raw[head + size : head + 2 * size]
    with pytest.raises(container.NotGood):
        read(raw[:head] + two + one + raw[head + 2 * size :], LOCKS["key"])


def test_the_reason_is_said(tmp_path):
    place = tmp_path / "a.backup"
    write(place)
    plain = place.read_bytes()
    with pytest.raises(container.OtherKey, match="put that office's key file in its place"):
        read(plain, key=ANOTHER)
    with pytest.raises(container.Foreign, match="no backup of Private Office"):
        read(b"PK\x03\x04 something else")
    with pytest.raises(container.Cut):
        read(plain[: len(plain) // 2])
    write(place, form=FORMAT + 1)
    with pytest.raises(container.Newer, match="newer version"):
        read(place.read_bytes())
    write(place, LOCKS["passphrase"])
    with pytest.raises(container.Sealed, match="passphrase"):
        read(place.read_bytes(), LOCKS["key"])
    with pytest.raises(container.WrongKey):
        read(place.read_bytes(), container.by_passphrase("wrong horse battery"))


def test_a_part_that_was_exchanged_under_its_own_checksums_breaks_the_seal(tmp_path):
    """Whoever has no key can pack the file anew, and is found out."""
    place = tmp_path / "a.backup"
    write(place)
    forged = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(gzip.decompress(place.read_bytes()))) as old,
        gzip.GzipFile(filename="", fileobj=forged, mode="wb", mtime=0, compresslevel=6) as packed,
        tarfile.open(fileobj=packed, mode="w|") as new,
    ):
        for member in old:
            raw = old.extractfile(member).read()
            if member.name == "files/1/ab/none":
                raw = b"forged"
            member.size = len(raw)
            new.addfile(member, io.BytesIO(raw))
    with pytest.raises(container.Altered):
        read(forged.getvalue())


def test_a_backup_opens_with_any_tar_and_its_list_is_one_that_sha256sum_reads(tmp_path):
    place = tmp_path / "a.backup"
    write(place)
    with tarfile.open(place) as tar:
        assert tar.getnames() == [HEADER, *PARTS, "parts.sha256", "seal.json"]
        listed = tar.extractfile("parts.sha256").read().decode().splitlines()
        assert json.loads(tar.extractfile(HEADER).read())["format"] == FORMAT
    assert [line.split("  ")[1] for line in listed] == [HEADER, *PARTS]


def test_a_backup_that_cannot_be_finished_leaves_nothing(tmp_path):
    place = tmp_path / "a.backup"
    with pytest.raises(OSError, match="unexpected end"):
        _write_of_too_little(place)
    assert list(tmp_path.iterdir()) == []


def _write_of_too_little(place):
    with container.writing(place, key=KEY) as out:
        out.add_file("files/1/ab/cd", io.BytesIO(b"four"), 5)
