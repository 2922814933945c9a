"""The register of hostile inputs and the tests agree: nothing is called tested that no test names."""

import ast

import pytest

from tests.hostile import marks


def test_every_row_that_is_called_tested_has_a_test():
    tested = {row for row, said in marks.register().items() if said["status"] == "tested"}
    assert sorted(tested - marks.marked().keys()) == []


def test_no_test_names_a_row_that_does_not_exist():
    unknown = {row: where for row, where in marks.marked().items() if row not in marks.register()}
    assert unknown == {}


def test_each_row_says_what_it_is_and_one_that_is_not_tested_what_it_waits_for():
    shapes = {"tested": {"title", "status"}, "not-yet": {"title", "status", "awaits"}}
    odd = [row for row, said in marks.register().items() if shapes.get(said["status"]) != said.keys()]
    empty = [row for row, said in marks.register().items() if not all(said.values())]
    assert (odd, empty) == ([], [])


def test_the_register_holds_the_whole_catalogue():
    """So many rows has each chapter: whoever drops one has to say so here."""
    chapters = [row[0] for row in marks.register()]
    counted = {chapter: chapters.count(chapter) for chapter in sorted(set(chapters))}
    assert counted == {"A": 28, "B": 21, "C": 20, "D": 16, "E": 13, "F": 10, "G": 10, "H": 7}


@pytest.mark.parametrize(
    ("source", "rows"),
    [
        ('@pytest.mark.hostile("A01", "B02")\ndef test_x(): ...', ["A01", "B02"]),
        ("@pytest.mark.hostile(ROW)\ndef test_x(): ...", ["ROW"]),
        ("@pytest.mark.slow\ndef test_x(): ...", []),
    ],
)
def test_marks_are_read_as_they_are_written(source, rows):
    (test,) = ast.parse(source).body
    assert marks.rows_of(test) == rows
