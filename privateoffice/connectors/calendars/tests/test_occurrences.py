"""What happens in a window: repeats, exceptions, replaced instances, ceilings."""

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.calendars.occurrences import between, of_events, of_file
from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.calendars.tests.samples import NOVEMBER, calendar, starts

YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
WEEKLY = "UID:w\nDTSTART;TZID=Europe/London:20261105T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY"


@pytest.mark.hostile("B04", "B05")
def test_nine_stays_nine_across_both_changes():
    found = starts(calendar("DTSTART;TZID=Europe/London:20260323T090000\nRRULE:FREQ=WEEKLY"), *YEAR)
    hours = {one[5:10]: one[11:16] for one in found}
    assert (hours["03-23"], hours["03-30"], hours["10-19"], hours["10-26"]) == (
        "09:00",
        "08:00",
        "08:00",
        "09:00",
    )


@pytest.mark.hostile("B05")
def test_half_past_one_repeats_through_the_nights_of_the_change():
    found = starts(calendar("DTSTART;TZID=Europe/London:20260322T013000\nRRULE:FREQ=WEEKLY"), *YEAR)
    assert ["2026-03-29T01:30:00Z" in found, "2026-10-25T00:30:00Z" in found] == [True, True]
    assert len(found) == 41


@pytest.mark.hostile("B07")
def test_a_replaced_instance_is_shown_in_its_place_even_before_its_master():
    moved = "UID:w\nRECURRENCE-ID;TZID=Europe/London:20261112T090000\nDTSTART:20261113T140000Z"
    expected = [
        "2026-11-05T09:00:00Z",
        "2026-11-13T14:00:00Z",
        "2026-11-19T09:00:00Z",
        "2026-11-26T09:00:00Z",
    ]
    assert starts(calendar(moved, WEEKLY)) == starts(calendar(WEEKLY, moved)) == expected


@pytest.mark.hostile("B07")
def test_the_newest_replacement_wins_by_sequence_then_stamp():
    newer = "UID:w\nRECURRENCE-ID:20261112T090000Z\nSEQUENCE:2\nDTSTART:20261112T110000Z"
    older = "UID:w\nRECURRENCE-ID:20261112T090000Z\nSEQUENCE:1\nDTSTART:20261112T100000Z"
    expected = [
        "2026-11-05T09:00:00Z",
        "2026-11-12T11:00:00Z",
        "2026-11-19T09:00:00Z",
        "2026-11-26T09:00:00Z",
    ]
    assert starts(calendar(WEEKLY, newer, older)) == starts(calendar(WEEKLY, older, newer)) == expected


@pytest.mark.hostile("B07")
def test_an_orphan_is_shown_once_and_says_so():
    orphan = "UID:w\nRECURRENCE-ID:20261111T090000Z\nDTSTART:20261111T150000Z"
    found = between(events(calendar(WEEKLY, orphan))["events"], *NOVEMBER)["occurrences"]
    assert [(one["starts_at"][8:13], one["orphan"]) for one in found] == [
        ("05T09", False),
        ("11T15", True),
        ("12T09", False),
        ("19T09", False),
        ("26T09", False),
    ]


@pytest.mark.hostile("B07")
def test_this_and_all_that_follow_move():
    later = "UID:w\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20261119T090000"
    later += "\nDTSTART;TZID=Europe/London:20261120T110000"
    assert [one[8:13] for one in starts(calendar(WEEKLY, later))] == ["05T09", "12T09", "20T11", "27T11"]


@pytest.mark.parametrize(
    "line",
    ["EXDATE;TZID=Europe/London:20261112T090000", "EXDATE:20261112T090000Z", "EXDATE;VALUE=DATE:20261112"],
)
def test_an_exception_is_left_out_however_it_is_written(line):
    assert [one[8:10] for one in starts(calendar(f"{WEEKLY}\n{line}"))] == ["05", "19", "26"]


def test_dates_are_added_once():
    assert [
        one[8:10] for one in starts(calendar(f"{WEEKLY};COUNT=2\nRDATE:20261112T090000Z,20261113T090000Z"))
    ] == ["05", "12", "13"]


def test_whole_days_repeat_as_days():
    raw = calendar(
        "DTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026\nRRULE:FREQ=WEEKLY;UNTIL=20261115T000000Z\nEXDATE:20261108T000000Z"
    )
    found = between(events(raw)["events"], *NOVEMBER)["occurrences"]
    assert [(one["first_day"], one["last_day"]) for one in found] == [
        ("2026-11-01", "2026-11-01"),
        ("2026-11-15", "2026-11-15"),
    ]


@pytest.mark.hostile("B06")
def test_a_last_day_without_a_time_holds_the_whole_day():
    assert [one[8:10] for one in starts(calendar(f"{WEEKLY};UNTIL=20261112"))] == ["05", "12"]


@pytest.mark.hostile("B11")
def test_one_name_in_two_calendars_is_two_events():
    assert len(starts(calendar(WEEKLY) + calendar(WEEKLY))) == 8


def test_a_newer_sequence_of_the_whole_replaces_the_older():
    assert [
        one[11:13]
        for one in starts(calendar(f"{WEEKLY};COUNT=1\nSEQUENCE:1", WEEKLY.replace("T09", "T08") + "\nSEQUENCE:0"))
    ] == ["09"]


@pytest.mark.hostile("B02")
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=2147483647",
        "FREQ=MINUTELY;BYSECOND=" + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYHOUR={0};BYMINUTE={1};BYSECOND={1}".format(
            ",".join(map(str, range(24))), ",".join(map(str, range(60)))
        ),
        "FREQ=SECONDLY;BYMONTH=11;BYMONTHDAY=5,6;BYHOUR=9;COUNT=99999999",
    ],
)
def test_what_repeats_very_often_is_cut_and_crowds_nobody_out(rule):
    raw = calendar(f"UID:mad\nDTSTART:20200101T000000Z\nRRULE:{rule}", WEEKLY)
    begun = time.process_time()
    found = between(events(raw)["events"], *NOVEMBER)
    assert time.process_time() - begun < 5
    assert (found["very_often"], found["cut"], len(found["occurrences"]) <= 2_000) == (["mad"], True, True)
    assert sum(one["uid"] == "w" for one in found["occurrences"]) == 4


def test_the_child_gives_the_same_answers():
    raw, window = calendar(WEEKLY), ("2026-11-01T00:00:00+00:00", "2026-12-01T00:00:00+00:00")
    read = events(raw)["events"]
    kept = [{part: event[part] for part in event if part != "original"} for event in read]
    expected = between(read, *NOVEMBER)
    assert of_file(raw, *window) == of_events(json.dumps(kept).encode(), *window) == expected


_NUMBERS = st.lists(st.integers(-60, 60).map(str), min_size=1, max_size=8).map(",".join)
_PARTS = st.dictionaries(
    st.sampled_from(
        ["BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "BYSETPOS"]
    ),
    _NUMBERS,
    max_size=4,
)


@settings(max_examples=150, deadline=3_000)
@given(
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]),
    st.integers(1, 400),
    st.integers(1, 2**40) | st.none(),
    _PARTS,
    st.dates(datetime(1900, 1, 1).date(), datetime(2100, 1, 1).date()),
)
def test_any_rule_answers_in_time_and_in_order(frequency, interval, count, parts, day):
    rule = ";".join([f"FREQ={frequency}", f"INTERVAL={interval}", *(f"{k}={v}" for k, v in parts.items())])
    rule += f";COUNT={count}" if count else ""
    found = starts(calendar(f"DTSTART;TZID=Europe/London:{day:%Y%m%d}T013000\nRRULE:{rule}"), *YEAR)
    assert found == sorted(set(found))
    assert len(found) <= 2_000
