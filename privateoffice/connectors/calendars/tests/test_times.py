"""Instants, whole days, lengths and time zones."""

import pytest

from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.calendars.tests.samples import calendar, one, words

OWN = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


@pytest.mark.hostile("B04")
@pytest.mark.parametrize(
    ("name", "at", "zone"),
    [
        ("Europe/London", "09:00", "Europe/London"),
        ("GMT Standard Time", "09:00", "Europe/London"),
        ('"W. Europe Standard Time"', "08:00", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/Europe/Paris", "08:00", "Europe/Paris"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "14:00", "America/New_York"),
        ('"Amsterdam, Belgrade, Berlin"', "08:00", "Europe/Amsterdam"),
        ('"(GMT +01:00)"', "08:00", "UTC+01:00"),
        ("America-Chicago", "15:00", "America/Chicago"),
    ],
)
def test_a_zone_is_found_by_many_names(name, at, zone):
    event = one(f"DTSTART;TZID={name}:20261112T090000")
    assert (event["starts_at"], event["zone"], event["needs_a_look"]) == (f"2026-11-12T{at}:00Z", zone, False)


@pytest.mark.hostile("B04")
@pytest.mark.parametrize("name", ["Narnia", "", '"', "17", "../../etc/passwd"])
def test_an_unknown_zone_is_shown_as_it_stands_with_a_warning(name):
    event = one(f"DTSTART;TZID={name}:20260712T090000")
    assert (event["starts_at"], event["needs_a_look"]) == ("2026-07-12T08:00:00Z", True)


@pytest.mark.hostile("B04")
@pytest.mark.parametrize(("day", "at"), [("20260712", "07:00"), ("20261112", "08:00")])
def test_a_files_own_rules_count_where_the_name_is_unknown(day, at):
    event = one(f"DTSTART;TZID= 1:{day}T090000", head=OWN.format(name=" 1"))
    assert (event["starts_at"][11:16], event["faults"]) == (at, [])


@pytest.mark.hostile("B04")
def test_a_zone_that_contradicts_the_known_one_is_told():
    event = one("DTSTART;TZID=Europe/London:20260712T090000", head=OWN.format(name="Europe/London"))
    assert event["starts_at"] == "2026-07-12T08:00:00Z"
    assert words(event) == [
        "The file gives Europe/London other clock changes than it has: the time may be out by an hour or more."
    ]


@pytest.mark.hostile("B05")
@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [("20260328T220000", "20260329T060000", 7), ("20261024T220000", "20261025T060000", 9)],
)
def test_a_duty_over_a_clock_change_has_its_true_hours(start, end, hours):
    event = one(f"DTSTART;TZID=Europe/London:{start}\nDTEND;TZID=Europe/London:{end}")
    assert int(event["ends_at"][11:13]) + 24 - int(event["starts_at"][11:13]) == hours


@pytest.mark.hostile("B05")
@pytest.mark.parametrize(
    ("start", "at"),
    [("20260329T013000", "2026-03-29T01:30:00Z"), ("20261025T013000", "2026-10-25T00:30:00Z")],
)
def test_half_past_one_on_the_night_of_the_change(start, at):
    assert one(f"DTSTART;TZID=Europe/London:{start}")["starts_at"] == at


@pytest.mark.hostile("B06")
@pytest.mark.parametrize(
    ("lines", "first", "last"),
    [
        ("DTSTART;VALUE=DATE:20261112", "2026-11-12", "2026-11-12"),
        ("DTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261112", "2026-11-12", "2026-11-12"),
        ("DTSTART;VALUE=DATE:20261112\nDTEND;VALUE=DATE:20261114", "2026-11-12", "2026-11-13"),
        ("DTSTART;VALUE=DATE:20261112\nDURATION:P3D", "2026-11-12", "2026-11-14"),
        (
            "DTSTART;TZID=Asia/Tokyo:20261112T000000\nDTEND;TZID=Asia/Tokyo:20261113T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "2026-11-12",
            "2026-11-12",
        ),
    ],
)
def test_whole_days_are_the_days_that_were_meant(lines, first, last):
    event = one(lines)
    assert (event["all_day"], event["first_day"], event["last_day"], event["faults"]) == (
        True,
        first,
        last,
        [],
    )


@pytest.mark.hostile("B06")
def test_floating_time_is_the_offices_own():
    event = one("DTSTART:20260712T090000")
    assert (event["floating"], event["starts_at"]) == (True, "2026-07-12T08:00:00Z")


@pytest.mark.hostile("B03")
@pytest.mark.parametrize(
    ("lines", "word"),
    [
        ("DTSTART:20261112T090000Z\nDTEND:20261112T080000Z", "The end is before the start"),
        ("DTSTART:20261112T090000Z\nDURATION:-PT1H", "The length is below nought"),
        ("DTSTART:20261112T090000Z\nDURATION:1 hour", "The length cannot be read"),
        ("DTSTART:20261112T090000Z\nRRULE:FREQ=DAILY;UNTIL=20261101T000000Z", "The repeats end before"),
        (
            "DTSTART:20261112T090000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "The repeat rule gives no date",
        ),
        ("DTSTART:20261112T090000Z\nRRULE:FREQ=SECONDLY", "This repeats very often"),
        (
            "DTSTART:20261112T090000Z\nRRULE:RSCALE=CHINESE;FREQ=YEARLY",
            "The repeat rule is for another calendar",
        ),
    ],
)
def test_times_that_make_no_sense_are_shown_once_with_the_reason(lines, word):
    event = one(lines)
    assert (event["starts_at"], event["needs_a_look"]) == ("2026-11-12T09:00:00Z", True)
    assert [fault["words"].startswith(word) for fault in event["faults"]] == [True]


def test_a_start_that_is_no_date_is_told_and_the_event_kept():
    event = one("DTSTART:tomorrow\nSUMMARY:Kept")
    assert (event["summary"], event["starts_at"]) == ("Kept", None)
    assert words(event) == ["DTSTART is not a date: tomorrow"]


def test_times_at_the_ends_of_the_calendar_break_nothing():
    found = events(
        calendar(
            "DTSTART;TZID=Asia/Tokyo:00010101T000000",
            "DTSTART;VALUE=DATE:99991231",
            "DTSTART:99991231T235959Z\nDURATION:P1D",
        )
    )
    assert [event["needs_a_look"] for event in found["events"]] == [True, True, True]
