"""A large file is cut into small calendars that together say the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.calendars.slices import slices
from privateoffice.connectors.calendars.tests.samples import calendar
from privateoffice.connectors.calendars.tests.test_times import OWN
from privateoffice.foundations.quarantine.reader import Reader, Unreadable


def told(found: dict) -> list[tuple]:
    return [
        (
            e["line"],
            e["uid"],
            e["starts_at"],
            e["method"],
            e["original"],
            tuple(f["line"] for f in e["faults"]),
        )
        for e in found["events"]
    ]


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            ["DTSTART;TZID=Own:20261112T090000", "DTSTART:bad\nno property", "DTSTART:20261112T090000Z"]
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([b"\r\n", b"\n", b"\r"]),
    st.booleans(),
)
def test_slices_together_are_the_file(bodies, newline, twice):
    raw = (calendar(*bodies, head="METHOD:PUBLISH\n" + OWN.format(name="Own")) * (1 + twice)).replace(
        b"\r\n", newline
    )
    parts = [events(piece) for piece in slices(raw, most_bytes=300)]
    assert [one for part in parts for one in told(part)] == told(events(raw))
    assert [fault for part in parts for fault in part["faults"]] == []


def test_a_small_file_is_one_slice():
    assert list(slices(calendar("DTSTART:20261112T090000Z"))) == [calendar("DTSTART:20261112T090000Z")]


@pytest.mark.hostile("B19")
@pytest.mark.slow
def test_twenty_thousand_events_go_through_the_child_item_by_item():
    body = "DTSTART;TZID=Own:20261112T090000\nDURATION:PT1H\nSUMMARY:Number {}\nDESCRIPTION:" + "x" * 120
    raw = calendar(*(body.format(n) for n in range(20_000)), head=OWN.format(name="Own"))
    assert len(raw) > 5_000_000
    read = 0
    with Reader("privateoffice.connectors.calendars.parse:events", seconds=3, memory=200 * 1024 * 1024) as reader:
        for piece in slices(raw):
            try:
                read += reader.read(piece)["read"]
            except Unreadable as fault:
                pytest.fail(str(fault))
    assert read == 20_000
