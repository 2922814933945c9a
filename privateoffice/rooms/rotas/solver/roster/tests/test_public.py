"""Reading the public format: all of it, and hostile files with the line where they go wrong."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.rooms.rotas.solver.roster.public import UnreadableInstance, read
from privateoffice.rooms.rotas.solver.roster.tests.questions import TEXT


def reading(folder, text):
    path = folder / "given.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def test_everything_is_read(tmp_path):
    instance = reading(tmp_path, TEXT)
    assert (instance.people, instance.duties, instance.days) == (("A", "B"), ("E", "N"), 7)
    assert instance.unit == 120
    assert instance.forbidden.tolist() == [[False, False], [True, False]]
    assert instance.frames.tolist() == [[1, 3, 1, 1, 8, 20]] * 2
    assert np.argwhere(instance.fixed_off).tolist() == [[0, 2]]
    assert instance.wishes[1, 0, 1] == -3
    assert instance.wishes[0, 4, 0] == 2
    assert instance.base.tolist() == [0, 3]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("E,480,", "E,abc,", "line 5: the length in minutes must be a whole number from 1 to 10080, not 'abc'"),
        ("7\n", "99999999999999999999\n", "line 3: the number of days must be a whole number from 1 to 1000"),
        ("B,E=7", "A,E=7", "line 9: the staff id 'A' is empty or stands twice"),
        ("N,600,E", "E,600,", "line 6: the duty id 'E' is empty or stands twice"),
        ("N,600,E", "N,600,Q", "line 6: no duty has the id 'Q'"),
        ("A,2\n", "A,9\n", "line 11: the day must be a whole number from 0 to 6, not '9'"),
        ("B,0,N,3", "B,0,N", "line 13: expected 4 fields, found 3"),
        ("B,0,N,3", "B,0,N,-3", "line 13: the weight must be a whole number"),
        ("0,N,1,100,1", "0,E,1,100,1", "the cover of E on day 0 stands twice"),
        ("SECTION_COVER", "SECTION_LUNCH", "line 16: an unknown section 'SECTION_LUNCH'"),
        ("2400,960,3,1,1,1\nB", "900,960,3,1,1,1\nB", "line 8: A must work at least 960 minutes and at most 900"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, old, new, why):
    assert old in TEXT
    with pytest.raises(UnreadableInstance, match=r"given\.txt") as fault:
        reading(tmp_path, TEXT.replace(old, new, 1))
    assert why in str(fault.value)


@pytest.mark.parametrize("text", ["", "#", "\n\n", "SECTION_HORIZON\n", b"\x00\x01", b"\xff\xfe\x00", TEXT[:200]])
def test_an_empty_cut_or_foreign_file_is_refused(tmp_path, text):
    with pytest.raises(UnreadableInstance):
        reading(tmp_path, text)


@given(st.integers(0, len(TEXT)), st.text(max_size=8))
def test_any_damage_is_read_or_refused(tmp_path_factory, at, more):
    with suppress(UnreadableInstance):
        assert reading(tmp_path_factory.mktemp("damaged"), TEXT[:at] + more + TEXT[at:]).staff
