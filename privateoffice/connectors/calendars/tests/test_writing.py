"""What is written can be read again, by us and by others."""

from datetime import UTC, datetime

import icalendar
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.calendars.tests.samples import calendar, one
from privateoffice.connectors.calendars.tests.test_times import OWN
from privateoffice.connectors.calendars.values import clean
from privateoffice.connectors.calendars.writing import calendar_of

MADE_AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
_TEXT = st.text(max_size=200).map(lambda text: clean(text.encode("utf-8", "replace").decode()).strip())
_ZONES = st.sampled_from(["Europe/London", "America/New_York", "Asia/Kathmandu", "UTC"])
SAME = (
    "uid",
    "summary",
    "location",
    "description",
    "starts_at",
    "ends_at",
    "zone",
    "sequence",
    "rrules",
    "status",
    "faults",
)


@settings(max_examples=100, deadline=2_000)
@given(
    _TEXT,
    _TEXT,
    _TEXT,
    st.datetimes(datetime(1997, 1, 2), datetime(2090, 1, 1)),
    st.integers(0, 500_000),
    _ZONES,
)
def test_an_event_comes_back_as_it_went(summary, location, description, wall, seconds, zone):
    event = {
        "uid": "a@office.test",
        "summary": " ".join(summary.split()),
        "location": location,
        "description": description,
        "start": wall.replace(microsecond=0).isoformat(),
        "zone": zone,
        "length": {"days": 0, "seconds": seconds, "exact": True},
        "sequence": 3,
        "rrules": ["FREQ=WEEKLY;COUNT=3"],
        "status": "CONFIRMED",
    }
    raw = calendar_of([event], made_at=MADE_AT)
    first = events(raw)["events"][0]
    second = events(calendar_of([first]))["events"][0]
    assert {name: first[name] for name in SAME} == {name: second[name] for name in SAME}
    assert {name: first[name] for name in event} == event
    assert first["faults"] == []
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_a_diary_entry_needs_no_more_than_its_instants():
    raw = calendar_of(
        [
            {
                "uid": "a",
                "summary": "Board; part 1, \\ 2",
                "starts_at": "2026-07-12T08:00:00Z",
                "ends_at": "2026-07-12T09:00:00Z",
                "zone": "Europe/London",
            }
        ],
        name="Commander's diary",
        method="PUBLISH",
        made_at=MADE_AT,
    )
    found = events(raw)
    assert (found["calendar"]["name"], found["calendar"]["method"]) == ("Commander's diary", "PUBLISH")
    assert (found["events"][0]["summary"], found["events"][0]["starts_at"]) == (
        "Board; part 1, \\ 2",
        "2026-07-12T08:00:00Z",
    )
    assert b"DTSTART;TZID=Europe/London:20260712T090000\r\n" in raw
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n" in raw


def test_another_program_reads_it():
    event = one(
        'DTSTART;TZID=Own:20260712T090000\nORGANIZER;CN="A, ""B""":mailto:a@force.test\nSUMMARY:Ö' + "ö" * 90,
        head=OWN.format(name="Own"),
    )
    read = icalendar.Calendar.from_ical(calendar_of([event])).walk("VEVENT")[0]
    assert (read["DTSTART"].dt.astimezone(UTC), str(read["SUMMARY"])) == (
        datetime(2026, 7, 12, 7, tzinfo=UTC),
        "Ö" + "ö" * 90,
    )


def test_a_newline_in_a_field_starts_no_property():
    raw = calendar_of(
        [
            {
                "uid": "a\r\nX: 1",
                "summary": "b\r\nATTENDEE:c",
                "organizer": {"name": "d\r\nX:1", "address": "e\r\nX:1@f"},
            }
        ],
        made_at=MADE_AT,
    )
    lines = {
        line.partition(b":")[0].partition(b";")[0] for line in raw.split(b"\r\n") if not line.startswith(b" ")
    }
    assert lines == {
        b"",
        b"BEGIN",
        b"VERSION",
        b"PRODID",
        b"CALSCALE",
        b"UID",
        b"DTSTAMP",
        b"SUMMARY",
        b"ORGANIZER",
        b"END",
    }


def test_two_files_rules_of_one_name_stay_apart():
    east = OWN.format(name="Own").replace("+0100", "+0500").replace("+0200", "+0600")
    read = [one("DTSTART;TZID=Own:20260712T090000", head=head) for head in (OWN.format(name="Own"), east)]
    again = events(calendar_of(read))["events"]
    assert [event["starts_at"][11:13] for event in again] == ["07", "03"]


def test_whole_days_and_replacements_come_back():
    raw = calendar(
        "UID:d\nDTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261114\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20271112",
        "UID:d\nRECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20281112\nDTSTART;VALUE=DATE:20281113",
    )
    first = events(raw)["events"]
    names = ("all_day", "first_day", "last_day", "rrules", "exdates", "recurrence_id")
    second = events(calendar_of(first))["events"]
    assert [{n: e[n] for n in names} for e in first] == [{n: e[n] for n in names} for e in second]
